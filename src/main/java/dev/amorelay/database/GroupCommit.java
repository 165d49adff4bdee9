package dev.amorelay.database;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.dao.TransientDataAccessException;

/**
 * Lets requests that arrive together share one statement and one commit, each answered after it. A lone request stores itself,
 * on its own thread, and waits for nobody. While two commits are under way, whatever arrives waits for a writer, which makes
 * the next one of it. What is large is stored alone, one at a time, beside those turns: whoever is small waits for no large one.
 *
 * @param <T> what a request brings
 * @param <R> what it is told
 */
public final class GroupCommit<T, R> implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);

    /** Two: while one waits for the disk, the other takes in what has arrived. */
    private static final int TURNS = 2;

    /** Once a commit is overdue, those behind it do not fill the doors with waiting until one ends well. */
    private static final Duration HASTE = Duration.ofMillis(100);

    private final Function<List<T>, List<R>> store;
    private final int most;
    private final Duration patience;
    private final Predicate<T> large;
    private final Semaphore largeTurn = new Semaphore(1, true);
    private final Queue<Place<T, R>> queue = new ConcurrentLinkedQueue<>();
    /** Whoever commits holds one. */
    private final Semaphore turns = new Semaphore(TURNS);
    /** Turns that are meant for a writer. */
    private final Semaphore handed = new Semaphore(0);
    private final List<Thread> writers;
    private volatile boolean overdue;
    private volatile boolean closed;

    /**
     * @param name of the writers' threads
     * @param most items in one statement
     * @param patience how long a request waits for a writer's commit; its own takes as long as the store lets it
     * @param store stores all items in one commit, or none, and tells the result of each in the same order; called by
     *         several threads, and again for each item alone when it fails for a reason that may lie in one of them
     */
    public GroupCommit(String name, int most, Duration patience, Function<List<T>, List<R>> store) {
        this(name, most, patience, item -> false, store);
    }

    /**
     * The same, where some items are large.
     *
     * @param name of the writers' threads
     * @param most items in one statement
     * @param patience how long a request waits for a writer's commit, or for its turn where it is large
     * @param large whether an item is stored alone
     * @param store as above
     */
    public GroupCommit(String name, int most, Duration patience, Predicate<T> large, Function<List<T>, List<R>> store) {
        this.store = store;
        this.large = large;
        this.most = most;
        this.patience = patience;
        this.writers = IntStream.rangeClosed(1, TURNS).mapToObj(number -> {
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
        if (closed) {
            throw new DataAccessResourceFailureException("going down");
        }
        Place<T, R> place = new Place<>(item);
        if (large.test(item)) {
            return alone(place);
        }
        if (queue.isEmpty() && turns.tryAcquire()) {
            try {
                together(List.of(place));
            } finally {
                handTurnOn();
            }
        } else {
            queue.add(place);
            callWriter();
        }
        try {
            return place.await(overdue ? HASTE : patience);
        } catch (QueryTimeoutException e) {
            overdue = true;
            throw e;
        }
    }

    private R alone(Place<T, R> place) {
        try {
            if (!largeTurn.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new QueryTimeoutException("another large request is being stored");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new QueryTimeoutException("going down");
        }
        try {
            together(List.of(place));
        } finally {
            largeTurn.release();
        }
        return place.await(patience);
    }

    /** Takes no more, stores what has arrived, and ends. Closed once more it does nothing: its turns are over. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            largeTurn.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
            turns.tryAcquire(TURNS, patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        writers.forEach(Thread::interrupt);
    }

    /** A turn that was used goes to a writer while somebody waits, else to whoever comes next. */
    private void handTurnOn() {
        turns.release();
        callWriter();
    }

    private void callWriter() {
        if (!queue.isEmpty() && turns.tryAcquire()) {
            handed.release();
        }
    }

    private void write() {
        try {
            while (true) {
                handed.acquire();
                try {
                    for (List<Place<T, R>> arrived = arrived(); !arrived.isEmpty(); arrived = arrived()) {
                        together(arrived);
                    }
                } finally {
                    handTurnOn();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Place<T, R>> arrived() {
        List<Place<T, R>> taken = new ArrayList<>();
        while (taken.size() < most) {
            Place<T, R> next = queue.poll();
            if (next == null) {
                break;
            }
            // whoever has gone away was told that it is not stored
            if (next.take()) {
                taken.add(next);
            }
        }
        return taken;
    }

    private void together(List<Place<T, R>> places) {
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
