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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
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
    /** So long each kind lasts at least, with more requests where they are answered quickly: a p99 of few is the worst of them. */
    private static final int LEAST_SECONDS = Integer.getInteger("bench.least", 10);
    private static final int RATE = 30;
    /** Of what a process takes that serves honest senders alone; the rest is the heap's, which grows before it is swept. */
    private static final double FLAT = 1.25;
    private static final String JAVA = System.getProperty("bench.java", Path.of(System.getProperty("java.home"), "bin", "java").toString());
    private static final String LEADS = "SELECT substr(message, 9)::bigint FROM leads WHERE message ~ '^честная [0-9]+$'";
    private static final String HOOKS = "SELECT amocrm_entity_id::bigint - 700000000 FROM amocrm_webhook_events WHERE amocrm_entity_id ~ '^7[0-9]{8}$'";

    private final Path folder = Path.of("target/bench/hostile");
    private final List<String> worse = new ArrayList<>();
    private Path data;
    private EmbeddedDatabase database;

    /** Without Maven, see {@code bench/hostile}. */
    public static void main(String[] none) throws Exception {
        new HostileBench().honestSendersBesideHostileOnes();
    }

    @Test
    void honestSendersBesideHostileOnes() throws Exception {
        Files.createDirectories(folder);
        data = Files.createTempDirectory(folder.toAbsolutePath(), "db");
        database = EmbeddedDatabase.start(data);
        NormalTraffic normal;
        try (Relay relay = Relay.start(JAVA, Relay.OPTIONS, Path.of("target/amo-relay.jar"), folder, Map.of("DATABASE_URL", database.jdbcUrl(),
                "DATABASE_USER", database.user(), "DATABASE_PASSWORD", database.password(), "RELAY_WEBHOOK_KEY", KEY))) {
            normal = new NormalTraffic(relay.port(), KEY, RATE);
            try {
                beside(relay, normal);
            } finally {
                normal.close();
            }
        }
        try {
            Set<Long> lost = lost(normal);
            System.out.printf("hostile: %d leads and %d hooks acknowledged, %s%n", normal.acknowledgedLeads().size(), normal.acknowledgedHooks().size(),
                    lost.isEmpty() ? "none lost" : lost.size() + " LOST, the first is " + lost.iterator().next());
            assertThat(lost).isEmpty();
        } finally {
            database.close();
        }
        assertThat(worse).as("beside these honest senders waited twice as long, or were refused, or /health took more than 200 ms, or the memory grew").isEmpty();
    }

    private void beside(Relay relay, NormalTraffic normal) throws Exception {
        Map<String, HostileKinds.Kind> kinds = chosen(new HostileKinds(relay.port(), KEY).all());
        pause(SECONDS);
        normal.met();
        pause(SECONDS);
        NormalTraffic.Met alone = normal.met();
        long memory = relay.residentMegabytes();
        System.out.printf("hostile: %-16s %s, %d MB resident%n", "nobody", alone, memory);
        long sent = 0;
        for (Map.Entry<String, HostileKinds.Kind> kind : kinds.entrySet()) {
            Map<Integer, Long> answers = send(kind.getValue(), Math.max(1, REQUESTS / kinds.size()));
            sent += answers.values().stream().mapToLong(count -> count).sum();
            NormalTraffic.Met beside = normal.met();
            System.out.printf("hostile: %-16s %s, %d MB resident; answered %s%n", kind.getKey(), beside, relay.residentMegabytes(), answers);
            if (beside.p99() > 2 * alone.p99() || !beside.refused().isEmpty() || beside.healthMax() > 200 || beside.unhealthy() > 0) {
                worse.add(kind.getKey());
            }
        }
        pause(2);
        long after = relay.residentMegabytes();
        System.out.printf("hostile: %d requests; %d MB resident before, %d after%n", sent, memory, after);
        if (after > memory * FLAT) {
            worse.add("memory");
        }
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

    /** @return how many were answered with which status, 0 = with none */
    private static Map<Integer, Long> send(HostileKinds.Kind kind, int requests) throws InterruptedException {
        ExecutorService senders = Executors.newFixedThreadPool(kind.senders());
        Map<Integer, Long> answers = new ConcurrentHashMap<>();
        AtomicLong next = new AtomicLong();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LEAST_SECONDS);
        for (int i = 0; i < kind.senders(); i++) {
            senders.execute(() -> {
                for (long n = next.getAndIncrement(); n * kind.each() < requests || System.nanoTime() < end; n = next.getAndIncrement()) {
                    int status;
                    try {
                        status = kind.sending().send(n);
                    } catch (IOException refused) {
                        // as it should be
                        status = 0;
                    }
                    answers.merge(status, (long) kind.each(), Long::sum);
                }
            });
        }
        senders.shutdown();
        assertThat(senders.awaitTermination(20, TimeUnit.MINUTES)).isTrue();
        return new TreeMap<>(answers);
    }

    /** @return the numbers of what was acknowledged and is not there */
    private Set<Long> lost(NormalTraffic normal) throws IOException, SQLException {
        Set<Long> lost = new HashSet<>(normal.acknowledgedLeads());
        lost.removeAll(numbers(LEADS));
        Set<Long> lostHooks = new HashSet<>(normal.acknowledgedHooks());
        lostHooks.removeAll(numbers(HOOKS));
        lost.addAll(lostHooks);
        return lost;
    }

    private Set<Long> numbers(String sql) throws IOException, SQLException {
        try {
            return read(sql);
        } catch (SQLException down) {
            // what is committed is there when it has come up again
            System.out.printf("hostile: the database had to be started again (%s)%n", down.getSQLState());
            database.close();
            database = EmbeddedDatabase.start(data);
            return read(sql);
        }
    }

    private Set<Long> read(String sql) throws SQLException {
        Set<Long> numbers = new HashSet<>();
        try (Connection connection = DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
                Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                numbers.add(rows.getLong(1));
            }
        }
        return numbers;
    }

    private static void pause(int seconds) {
        LockSupport.parkNanos(Duration.ofSeconds(seconds).toNanos());
    }
}
