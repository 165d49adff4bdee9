package dev.amorelay.road;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** The limits of amoCRM on the real table: no sliding window is ever exceeded, as amoCRM sees the calls arrive. */
class CallBudgetIT extends RunningRelay {

    @Autowired
    private MeterRegistry metrics;

    private final String account = "test-" + UUID.randomUUID();

    private Map<String, Object> take(String sizes, String spans) {
        return jdbc.queryForMap("SELECT call_id, wait_ms FROM take_amocrm_call(?, ?::int[], ?::interval[], 1)", account, sizes, spans);
    }

    private void end(Object call) {
        jdbc.update("UPDATE amocrm_calls SET ends_at = clock_timestamp() WHERE id = ?", call);
    }

    @Test
    void eightCallersNeverExceedASlidingWindowHoweverLongTheWay() throws Exception {
        ConcurrentLinkedQueue<Long> arrivals = new ConcurrentLinkedQueue<>();
        ExecutorService callers = Executors.newFixedThreadPool(8);
        for (int caller = 0; caller < 8; caller++) {
            callers.submit(() -> {
                long stop = System.nanoTime() + TimeUnit.SECONDS.toNanos(4);
                while (System.nanoTime() < stop) {
                    Object call = take("{5,12}", "{200 ms,1 s}").get("call_id");
                    if (call != null) {
                        // the way there takes between nothing and 120 ms, and so does the way back
                        onTheWay();
                        arrivals.add(System.nanoTime());
                        onTheWay();
                        end(call);
                    }
                }
            });
        }
        callers.shutdown();
        assertThat(callers.awaitTermination(30, TimeUnit.SECONDS)).isTrue();

        long[] sorted = arrivals.stream().mapToLong(Long::longValue).sorted().toArray();
        assertThat(sorted).hasSizeBetween(20, 60);
        assertThat(mostWithin(sorted, 200)).isLessThanOrEqualTo(5);
        assertThat(mostWithin(sorted, 1000)).isLessThanOrEqualTo(12).isGreaterThan(6);
    }

    private static void onTheWay() {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(ThreadLocalRandom.current().nextInt(120)));
    }

    private static int mostWithin(long[] sorted, long millis) {
        int most = 0;
        for (int from = 0; from < sorted.length; from++) {
            long end = sorted[from] + TimeUnit.MILLISECONDS.toNanos(millis);
            int first = from;
            most = Math.max(most, (int) Arrays.stream(sorted).skip(first).takeWhile(arrival -> arrival < end).count());
        }
        return most;
    }

    @Test
    void aCallOnItsWayFillsTheWindowUntilItIsAnswered() {
        Object call = take("{1}", "{1 min}").get("call_id");
        assertThat(call).isNotNull();
        assertThat(take("{1}", "{1 min}")).containsEntry("call_id", null).containsEntry("wait_ms", 50L);

        end(call);

        assertThat((Long) take("{1}", "{1 min}").get("wait_ms")).isBetween(59_000L, 60_000L);
    }

    @Test
    void workThatCanWaitLeavesRoomForLiveWork() {
        List<Object> calls = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            calls.add(take("{10}", "{1 min}").get("call_id"));
        }
        assertThat(calls).doesNotContainNull();

        assertThat(jdbc.queryForMap("SELECT call_id FROM take_amocrm_call(?, '{10}', '{1 min}', 0.5)", account)).containsEntry("call_id", null);
        assertThat(take("{10}", "{1 min}").get("call_id")).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"fault\":\"drop_before\",\"count\":1}", "{\"fault\":\"error429\",\"count\":1}"})
    void noCallIsRepeatedBehindTheBudget(String fault) {
        String deal = String.valueOf(ThreadLocalRandom.current().nextLong(1_000_000_000L, 9_000_000_000L));
        postJson("/sandbox/api/faults", fault.replace("}", ",\"on\":\"GET leads\"}"));

        postForm("/webhook/amocrm", "leads[update][0][id]=" + deal + "&account[id]=31000001");

        soon().until(() -> jdbc.queryForObject("SELECT count(*) FROM amocrm_webhook_events WHERE amocrm_entity_id = ? AND processed",
                Long.class, deal) == 1);
        assertThat(jdbc.queryForObject("SELECT attempts FROM amocrm_webhook_events WHERE amocrm_entity_id = ?", Integer.class, deal))
                .as("the attempt that met the fault, and the next").isEqualTo(2);
    }

    @Test
    void aPauseHoldsBackEveryCall() {
        jdbc.update("INSERT INTO amocrm_accounts (name, paused_until) VALUES (?, now() + interval '30 s')", account);

        assertThat((Long) take("{10}", "{1 s}").get("wait_ms")).isBetween(29_000L, 30_000L);
    }

    @Test
    void whatIsLeftOfEachWindowIsAMetric() {
        // "1000/1s,60000/1m" in these tests
        Gauge minute = metrics.get("amocrm.budget.left").tags("account", "default", "window", "1 min").gauge();
        double before = minute.value();
        assertThat(before).isBetween(0.0, 60_000.0);
        List<Long> taken = jdbc.queryForList("INSERT INTO amocrm_calls (account, ends_at) SELECT 'default', clock_timestamp()"
                + " FROM generate_series(1, 500) RETURNING id", Long.class);
        try {
            // other work may call meanwhile, and older calls may leave the window
            assertThat(before - minute.value()).isBetween(400.0, 600.0);
            assertThat(metrics.get("amocrm.budget.left").tags("account", "default", "window", "1 s").gauge()).isNotNull();
        } finally {
            jdbc.update("DELETE FROM amocrm_calls WHERE id = ANY (?)", (Object) taken.toArray(Long[]::new));
        }
    }
}
