package dev.amorelay.road;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Array;
import java.sql.Timestamp;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.ConnectionCallback;

/** The limits of amoCRM on the real table: no sliding window is ever exceeded. */
class CallBudgetIT extends RunningRelay {

    private final String account = "test-" + UUID.randomUUID();

    private long take(Integer[] sizes, String[] spans) {
        return jdbc.execute((ConnectionCallback<Long>) connection -> {
            Array sizeArray = connection.createArrayOf("int4", sizes);
            Array spanArray = connection.createArrayOf("interval", spans);
            try (var statement = connection.prepareStatement("SELECT take_amocrm_call(?, ?, ?, 1)")) {
                statement.setString(1, account);
                statement.setArray(2, sizeArray);
                statement.setArray(3, spanArray);
                try (var rows = statement.executeQuery()) {
                    rows.next();
                    return rows.getLong(1);
                }
            }
        });
    }

    @Test
    void fourThreadsNeverExceedASlidingWindow() throws Exception {
        Integer[] sizes = {5, 12};
        String[] spans = {"200 ms", "1 s"};
        ExecutorService callers = Executors.newFixedThreadPool(4);
        for (int caller = 0; caller < 4; caller++) {
            callers.submit(() -> {
                long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(3);
                while (System.nanoTime() < end) {
                    take(sizes, spans);
                }
            });
        }
        callers.shutdown();
        assertThat(callers.awaitTermination(20, TimeUnit.SECONDS)).isTrue();

        List<Timestamp> calls = jdbc.queryForList("SELECT at FROM amocrm_calls WHERE account = ? ORDER BY at", Timestamp.class, account);
        assertThat(calls).hasSizeBetween(24, 48);
        assertThat(mostWithin(calls, 200_000_000)).isEqualTo(5);
        assertThat(mostWithin(calls, 1_000_000_000)).isEqualTo(12);
    }

    @Test
    void aFullWindowTellsHowLongToWait() {
        Integer[] sizes = {1};
        String[] spans = {"1 min"};

        assertThat(take(sizes, spans)).isZero();
        assertThat(take(sizes, spans)).isBetween(59_000L, 60_000L);
    }

    private static int mostWithin(List<Timestamp> calls, long nanos) {
        int most = 0;
        for (int from = 0; from < calls.size(); from++) {
            int to = from;
            while (to < calls.size() && nanosBetween(calls.get(from), calls.get(to)) < nanos) {
                to++;
            }
            most = Math.max(most, to - from);
        }
        return most;
    }

    private static long nanosBetween(Timestamp from, Timestamp to) {
        return java.time.Duration.between(from.toInstant(), to.toInstant()).toNanos();
    }
}
