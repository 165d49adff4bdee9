package dev.amorelay.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.QueryTimeoutException;

class HealthProbeTest {

    private final AtomicInteger asked = new AtomicInteger();
    private volatile Runnable database = () -> { };
    private final HealthProbe probe = new HealthProbe(() -> {
        asked.incrementAndGet();
        database.run();
    });

    @AfterEach
    void close() {
        probe.destroy();
    }

    @Test
    void isWellWhileTheDatabaseStoresAndTellsWhatItSaysElse() {
        assertThatCode(probe::check).doesNotThrowAnyException();
        database = () -> {
            throw new DataAccessResourceFailureException("read-only");
        };
        Awaitility.await().untilAsserted(() -> assertThatThrownBy(probe::check).isInstanceOf(DataAccessResourceFailureException.class));
        database = () -> { };
        Awaitility.await().untilAsserted(() -> assertThatCode(probe::check).doesNotThrowAnyException());
    }

    @Test
    void aFloodOfQuestionsIsOneQuestion() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        database = () -> await(go);
        ExecutorService callers = Executors.newFixedThreadPool(100);
        try {
            List<CompletableFuture<Void>> answers = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                answers.add(CompletableFuture.runAsync(probe::check, callers));
            }
            // nobody fills the doors' threads with waiting
            Awaitility.await().until(() -> answers.stream().filter(CompletableFuture::isCompletedExceptionally).count() >= 84);
            go.countDown();
            assertThat(asked).hasValue(1);
        } finally {
            callers.shutdownNow();
        }
    }

    @Test
    void aFrozenDatabaseIsToldInTime() {
        database = () -> await(new CountDownLatch(1));
        assertThatThrownBy(probe::check).isInstanceOf(QueryTimeoutException.class);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
