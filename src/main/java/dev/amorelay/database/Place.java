package dev.amorelay.database;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.dao.QueryTimeoutException;

/** A request's place in the queue of a {@link GroupCommit}: it belongs to a writer, or to a caller who has gone away. */
final class Place<T, R> {

    private final T item;
    private final AtomicBoolean taken = new AtomicBoolean();
    private final CompletableFuture<R> result = new CompletableFuture<>();

    Place(T item) {
        this.item = item;
    }

    T item() {
        return item;
    }

    /** @return whether the caller still waits; from now on it does not go away unheard */
    boolean take() {
        return taken.compareAndSet(false, true);
    }

    void succeed(R value) {
        result.complete(value);
    }

    void fail(RuntimeException failure) {
        result.completeExceptionally(failure);
    }

    R await(Duration patience) {
        try {
            return result.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            take();
            throw new QueryTimeoutException("not committed within " + patience.toMillis() + " ms");
        } catch (InterruptedException e) {
            take();
            Thread.currentThread().interrupt();
            throw new QueryTimeoutException("going down");
        }
    }
}
