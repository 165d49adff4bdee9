package dev.amorelay.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amorelay.database.EmbeddedDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/**
 * Hostile requests of all kinds beside 30 honest ones a second: what honest senders and {@code /health} notice of it, whether anything
 * acknowledged is lost, and what becomes of the memory. Not a test: {@code bench/hostile} runs it and prints its lines.
 */
class HostileBench {

    private static final String KEY = "hostile-key-0001";
    private static final int REQUESTS = Integer.getInteger("bench.requests", 20_000);
    private static final int SECONDS = Integer.getInteger("bench.seconds", 30);
    private static final int RATE = 30;
    private static final int SENDERS = 16;
    private static final String JAVA = System.getProperty("bench.java", Path.of(System.getProperty("java.home"), "bin", "java").toString());

    @Test
    void honestSendersBesideHostileOnes() throws Exception {
        Path folder = Files.createDirectories(Path.of("target/bench/hostile"));
        List<String> worse = new ArrayList<>();
        try (EmbeddedDatabase database = EmbeddedDatabase.start(Files.createTempDirectory(folder.toAbsolutePath(), "db"));
                Relay relay = Relay.start(JAVA, Relay.OPTIONS, Path.of("target/amo-relay.jar"), folder, Map.of("DATABASE_URL", database.jdbcUrl(),
                        "DATABASE_USER", database.user(), "DATABASE_PASSWORD", database.password(), "RELAY_WEBHOOK_KEY", KEY));
                NormalTraffic normal = new NormalTraffic(relay.port(), KEY, RATE)) {
            pause(SECONDS);
            normal.met();
            pause(SECONDS);
            NormalTraffic.Met alone = normal.met();
            long memory = relay.residentMegabytes();
            System.out.printf("hostile: %-16s %s, %d MB resident%n", "nobody", alone, memory);
            Map<String, HostileKinds.Kind> kinds = chosen(new HostileKinds(relay.port(), KEY).all());
            for (Map.Entry<String, HostileKinds.Kind> kind : kinds.entrySet()) {
                send(kind.getValue(), REQUESTS / kinds.size());
                NormalTraffic.Met beside = normal.met();
                System.out.printf("hostile: %-16s %s, %d MB resident%n", kind.getKey(), beside, relay.residentMegabytes());
                if (beside.p99() > 2 * alone.p99() || beside.refused() > 0 || beside.healthMax() > 200 || beside.unhealthy() > 0) {
                    worse.add(kind.getKey());
                }
            }
            normal.close();
            pause(2);
            assertThat(count(database, "SELECT count(*) FROM leads WHERE message LIKE 'честная %'")).isGreaterThanOrEqualTo(normal.acknowledgedLeads());
            assertThat(count(database, "SELECT count(DISTINCT amocrm_entity_id) FROM amocrm_webhook_events WHERE amocrm_entity_id ~ '^7[0-9]{8}$'"))
                    .isGreaterThanOrEqualTo(normal.acknowledgedHooks());
            System.out.printf("hostile: %d leads and %d hooks acknowledged, none lost; %d MB resident before, %d after%n",
                    normal.acknowledgedLeads(), normal.acknowledgedHooks(), memory, relay.residentMegabytes());
        }
        assertThat(worse).as("kinds beside which honest senders waited twice as long, or were refused, or /health took more than 200 ms").isEmpty();
    }

    private static Map<String, HostileKinds.Kind> chosen(Map<String, HostileKinds.Kind> all) {
        String names = System.getProperty("bench.kinds", "all");
        if (names.equals("all")) {
            return all;
        }
        Map<String, HostileKinds.Kind> chosen = new LinkedHashMap<>();
        Arrays.stream(names.split(",")).forEach(name -> chosen.put(name, all.get(name)));
        assertThat(chosen.values()).as("of " + all.keySet()).doesNotContainNull();
        return chosen;
    }

    private static void send(HostileKinds.Kind kind, int requests) throws InterruptedException {
        ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
        AtomicLong next = new AtomicLong();
        for (int i = 0; i < SENDERS; i++) {
            senders.execute(() -> {
                for (long n = next.getAndIncrement(); n < requests; n = next.getAndIncrement()) {
                    try {
                        kind.send(n);
                    } catch (IOException refused) {
                        // as it should be
                    }
                }
            });
        }
        senders.shutdown();
        assertThat(senders.awaitTermination(20, TimeUnit.MINUTES)).isTrue();
    }

    private static long count(EmbeddedDatabase database, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
                Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static void pause(int seconds) {
        LockSupport.parkNanos(Duration.ofSeconds(seconds).toNanos());
    }
}
