package dev.amorelay.work;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.stereotype.Component;

/**
 * Which kinds of work cannot be claimed, though the database is there: everything behind what is in the way stands still, and no door
 * notices. A line in the log after half a minute, and once more each hour; health and metrics ask {@link #lasting}.
 */
@Component
public class ClaimWatch {

    /** So long a claim may fail before it is more than a moment's trouble. */
    static final Duration LONG = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(ClaimWatch.class);
    private static final Duration AGAIN = Duration.ofHours(1);

    private final Map<String, Trouble> troubles = new ConcurrentHashMap<>();

    /**
     * Claims of one kind that fail.
     *
     * @param since when the first of them failed
     * @param toldAt when the log was told last; null for not yet
     * @param times how many have failed in a row
     * @param cause the last one's
     */
    public record Trouble(Instant since, @Nullable Instant toldAt, long times, String cause) {
    }

    /** A claim went well. */
    void succeeded(String kind, String account) {
        Trouble past = troubles.isEmpty() ? null : troubles.remove(name(kind, account));
        if (past != null && past.toldAt() != null) {
            LOG.info("{} can be claimed again, after {} s", name(kind, account), Duration.between(past.since(), Instant.now()).toSeconds());
        }
    }

    /** A claim failed. */
    void failed(String kind, String account, Throwable failure) {
        failed(kind, account, failure, Instant.now());
    }

    void failed(String kind, String account, Throwable failure, Instant now) {
        if (failure instanceof TransientDataAccessException || failure instanceof DataAccessResourceFailureException) {
            // the database is away: others tell so
            return;
        }
        troubles.compute(name(kind, account), (name, before) -> {
            Instant since = before == null ? now : before.since();
            Instant told = before == null ? null : before.toldAt();
            long times = before == null ? 1 : before.times() + 1;
            // the message of a row that cannot be read may quote it
            String cause = failure.getClass().getSimpleName();
            boolean due = Duration.between(since, now).compareTo(LONG) >= 0 && (told == null || Duration.between(told, now).compareTo(AGAIN) >= 0);
            if (due) {
                LOG.error("{} cannot be claimed for {} s, {} times in a row: everything of it stands still", name,
                        Duration.between(since, now).toSeconds(), times, failure);
            }
            return new Trouble(since, due ? now : told, times, cause);
        });
    }

    /**
     * What is more than a moment's trouble.
     *
     * @param now the moment
     * @return what cannot be claimed for long, by kind and account
     */
    public Map<String, Trouble> lasting(Instant now) {
        Map<String, Trouble> lasting = new TreeMap<>();
        troubles.forEach((name, trouble) -> {
            if (Duration.between(trouble.since(), now).compareTo(LONG) >= 0) {
                lasting.put(name, trouble);
            }
        });
        return lasting;
    }

    private static String name(String kind, String account) {
        return account.isEmpty() ? kind : kind + " of " + account;
    }
}
