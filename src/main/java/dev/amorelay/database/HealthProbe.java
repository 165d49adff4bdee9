package dev.amorelay.database;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Whether the database can store. It is asked on a thread and a connection of its own, once for all who want to know at the same time,
 * so that neither a flood at the doors nor one of such questions holds up the answer.
 */
@Component("healthProbe")
public class HealthProbe implements DisposableBean {

    /** So long an answer is as good as new. */
    private static final Duration FRESH = Duration.ofMillis(200);
    /** Who waits for longer is told the last answer, where it was a good one, for so long. */
    private static final Duration PATIENCE = Duration.ofMillis(120);
    private static final Duration STILL_GOOD = Duration.ofSeconds(1);
    /** Callers are promised an answer within 1.5 s. */
    private static final Duration LIMIT = Duration.ofMillis(1300);
    private static final int MOST_WAITING = 16;

    private final Runnable question;
    private final Semaphore waiting = new Semaphore(MOST_WAITING);
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread own = new Thread(task, "health-probe");
        own.setDaemon(true);
        return own;
    });
    private CompletableFuture<Void> look = CompletableFuture.failedFuture(new QueryTimeoutException("not asked yet"));
    private volatile long lookedAt = System.nanoTime() - STILL_GOOD.toNanos();
    private volatile long goodAt = lookedAt;

    /**
     * @param health a connection that nobody else takes
     */
    @Autowired
    public HealthProbe(@Qualifier("healthJdbc") JdbcTemplate health) {
        // fails on a read-only or full database too, where a mere read would succeed
        this(() -> health.queryForObject(SqlFile.read("health/can-store.sql"), Long.class));
    }

    HealthProbe(Runnable question) {
        this.question = question;
    }

    /**
     * Asks, or tells what was found out a moment ago.
     *
     * @throws RuntimeException when the database cannot store, whatever it said, or has not answered in time
     */
    public void check() {
        CompletableFuture<Void> asked = ask();
        if (asked.isDone()) {
            told(asked, Duration.ZERO);
            return;
        }
        if (!waiting.tryAcquire()) {
            stillGood();
            return;
        }
        try {
            told(asked, PATIENCE);
        } catch (QueryTimeoutException e) {
            if (!isStillGood()) {
                told(asked, LIMIT.minus(PATIENCE));
            }
        } finally {
            waiting.release();
        }
    }

    private synchronized CompletableFuture<Void> ask() {
        if (look.isDone() && System.nanoTime() - lookedAt > FRESH.toNanos()) {
            look = CompletableFuture.runAsync(question, thread).whenComplete((nothing, failure) -> {
                lookedAt = System.nanoTime();
                if (failure == null) {
                    goodAt = lookedAt;
                }
            });
        }
        return look;
    }

    private boolean isStillGood() {
        return System.nanoTime() - goodAt < STILL_GOOD.toNanos();
    }

    private void stillGood() {
        if (!isStillGood()) {
            throw new QueryTimeoutException("the database has not answered for a while");
        }
    }

    private static void told(CompletableFuture<Void> asked, Duration patience) {
        try {
            asked.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw new QueryTimeoutException("the database has not answered in time");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new QueryTimeoutException("going down");
        }
    }

    @Override
    public void destroy() {
        thread.shutdownNow();
    }
}
