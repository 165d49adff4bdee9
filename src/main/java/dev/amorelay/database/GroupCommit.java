package dev.amorelay.database;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.dao.TransientDataAccessException;

/**
 * Lets requests that arrive together share one statement and one commit, each answered after it. A lone request finds
 * a writer idle and waits for nobody; while the writers are busy with a commit, whatever arrives becomes the next one.
 *
 * @param <T> what a request brings
 * @param <R> what it is told
 */
public final class GroupCommit<T, R> implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);

    /** Two: while one waits for the disk, the other takes in what has arrived. */
    private static final int WRITERS = 2;

    /** Once a commit is overdue, those behind it do not fill the doors with waiting until one ends well. */
    private static final Duration HASTE = Duration.ofMillis(100);

    private final Function<List<T>, List<R>> store;
    private final int most;
    private final Duration patience;
    private final BlockingQueue<Place<T, R>> queue = new LinkedBlockingQueue<>();
    /** The last in the queue: each writer that meets it leaves it to the next, and ends. */
    private final Place<T, R> end = new Place<>(null);
    private final List<Thread> writers;
    private volatile boolean overdue;
    private volatile boolean closed;

    /**
     * @param name of the writers' threads
     * @param most items in one statement
     * @param patience how long a request waits for its commit
     * @param store stores all items in one commit, or none, and tells the result of each in the same order; called by
     *         several threads, and again for each item alone when it fails for a reason that may lie in one of them
     */
    public GroupCommit(String name, int most, Duration patience, Function<List<T>, List<R>> store) {
        this.store = store;
        this.most = most;
        this.patience = patience;
        this.writers = IntStream.rangeClosed(1, WRITERS).mapToObj(number -> {
            Thread writer = new Thread(this::write, name + "-" + number);
            writer.setDaemon(true);
            writer.start();
            return writer;
        }).toList();
    }

    /**
     * Stores an item with those that arrive beside it.
     *
     * @param item what the request brings
     * @return its result, committed
     * @throws QueryTimeoutException when it was not committed in time; it may be yet. Others are told sooner from then on,
     *         until a commit ends well
     * @throws RuntimeException whatever the store threw for it
     */
    public R store(T item) {
        Place<T, R> place = new Place<>(item);
        if (closed) {
            throw new DataAccessResourceFailureException("going down");
        }
        queue.add(place);
        try {
            return place.await(overdue ? HASTE : patience);
        } catch (QueryTimeoutException e) {
            overdue = true;
            throw e;
        }
    }

    /** Stores what has arrived, and ends. */
    @Override
    public void close() {
        closed = true;
        queue.add(end);
        try {
            for (Thread writer : writers) {
                writer.join(patience.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write() {
        List<Place<T, R>> taken = new ArrayList<>(most);
        try {
            boolean open = true;
            while (open) {
                taken.add(queue.take());
                queue.drainTo(taken, most - 1);
                open = !taken.remove(end);
                // whoever has gone away was told that it is not stored
                taken.removeIf(place -> !place.take());
                together(taken);
                taken.clear();
            }
            queue.add(end);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void together(List<Place<T, R>> places) {
        if (places.isEmpty()) {
            return;
        }
        try {
            List<R> results = store.apply(places.stream().map(Place::item).toList());
            overdue = false;
            for (int i = 0; i < results.size(); i++) {
                places.get(i).succeed(results.get(i));
            }
        } catch (TransientDataAccessException | DataAccessResourceFailureException e) {
            places.forEach(place -> place.fail(e));
        } catch (RuntimeException e) {
            if (places.size() > 1) {
                LOG.warn("{} requests could not be stored together ({}), each is stored by itself", places.size(), e.getClass().getName());
                places.forEach(place -> together(List.of(place)));
            } else {
                places.get(0).fail(e);
            }
        } catch (Error e) {
            // an Error too: nobody may wait in vain, and the thread must live
            places.forEach(place -> place.fail(new IllegalStateException(e)));
        }
    }
}
