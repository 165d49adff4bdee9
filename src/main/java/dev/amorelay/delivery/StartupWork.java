package dev.amorelay.delivery;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * What each start has to do by itself once the doors are open, and what it owes thereby. While some of it is left, states of
 * accounts and of their webhooks may still change without anybody's doing. Once over it is over until the next start.
 */
@Component
public class StartupWork {

    private static final String OWED = """
            SELECT kind || ' of ' || account FROM outbox
            WHERE kind = ANY (?) AND status IN ('pending', 'failed') ORDER BY id""";

    private final JdbcTemplate jdbc;
    private final Set<String> tasks = ConcurrentHashMap.newKeySet();
    private final Set<String> kinds = ConcurrentHashMap.newKeySet();
    private volatile boolean over;

    /** @param jdbc the relay's database */
    public StartupWork(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * To be called before the start is over, that is, by a constructor.
     *
     * @param task what is done at each start, as health tells it
     * @param owed kinds of the effects that it may owe
     */
    public void expect(String task, String... owed) {
        tasks.add(task);
        kinds.addAll(List.of(owed));
    }

    /**
     * Notes that a task is done, well or not: at once, or with the commit of the transaction around it. Further calls are ignored.
     *
     * @param task as it was expected
     */
    public void done(String task) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            tasks.remove(task);
        } else if (tasks.contains(task)) {
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    tasks.remove(task);
                }
            });
        }
    }

    /**
     * What is left of it.
     *
     * @return tasks, and effects as {@code kind of account}; empty = the start is over
     */
    public List<String> left() {
        if (over) {
            return List.of();
        }
        // the tasks first: what one owes is committed before it is done
        List<String> undone = tasks.stream().sorted().toList();
        List<String> left = Stream.concat(undone.stream(),
                jdbc.queryForList(OWED, String.class, (Object) kinds.toArray(String[]::new)).stream()).toList();
        over = left.isEmpty();
        return left;
    }
}
