package dev.amorelay.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amorelay.database.EmbeddedDatabase;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Whether the door and the workers get slower as the table of events grows: hooks acknowledged a second and the claim of a
 * batch, each beside so many stored events and 100,000 waiting ones. {@code bench/growth} runs it.
 */
class GrowthBench {

    private static final int CONNECTIONS = 32;
    private static final int WAITING = Integer.getInteger("bench.waiting", 100_000);
    private static final int SECONDS = Integer.getInteger("bench.seconds", 8);
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 3);
    private static final String JAVA = System.getProperty("bench.java", Path.of(System.getProperty("java.home"), "bin", "java").toString());
    private static final List<Integer> SIZES = Arrays.stream(System.getProperty("bench.sizes", "10000,1000000,10000000").split(","))
            .map(Integer::valueOf).toList();

    @Test
    void growth() throws Exception {
        Path folder = Files.createDirectories(Path.of("target/bench/growth"));
        List<String> table = new ArrayList<>();
        try (EmbeddedDatabase database = EmbeddedDatabase.start(Files.createTempDirectory(folder.toAbsolutePath(), "db"));
                StoredEvents events = new StoredEvents(database)) {
            int port = URI.create(database.jdbcUrl().substring("jdbc:".length())).getPort();
            Baseline baseline = new Baseline(port, database.password(), folder, AckBench.HOOK_ROW);
            double first = 0;
            for (int size : SIZES) {
                long begin = System.nanoTime();
                events.fill(size);
                events.waiting(WAITING);
                System.out.printf("growth: %,d stored, %,d waiting, filled in %.0f s: %s%n", size, WAITING, (System.nanoTime() - begin) / 1e9, events.size());
                double claim = events.claim();
                double alone = Baseline.isThere() ? median(repeat(() -> baseline.perSecond(CONNECTIONS, SECONDS))) : Double.NaN;
                events.waiting(WAITING);
                double acknowledged = acknowledged(database, folder);
                first = first == 0 ? acknowledged : first;
                table.add("| %,d | %.0f | %.0f | %.2f | %.2f | %.1f | %s |".formatted(size, alone, acknowledged, acknowledged / alone,
                        acknowledged / first, claim, events.size()));
                System.out.println("growth: " + table.get(table.size() - 1));
            }
        }
        System.out.println("growth: | stored | pgbench, /s | relay, /s | ratio | against the smallest | claim of 200, p95, ms | table |");
        table.forEach(line -> System.out.println("growth: " + line));
    }

    private static double acknowledged(EmbeddedDatabase database, Path folder) throws Exception {
        try (Relay relay = Relay.start(JAVA, Relay.OPTIONS, Path.of("target/amo-relay.jar"), folder, Map.of("DATABASE_URL", database.jdbcUrl(),
                "DATABASE_USER", database.user(), "DATABASE_PASSWORD", database.password()))) {
            Load load = AckBench.hooks(relay);
            load.closed(CONNECTIONS, 4 * SECONDS);
            return median(repeat(() -> {
                Load.Outcome outcome = load.closed(CONNECTIONS, SECONDS);
                System.out.println("growth: " + outcome);
                assertThat(outcome.refused()).isZero();
                return outcome.perSecond();
            }));
        }
    }

    private interface Measurement {

        double take() throws Exception;
    }

    private static List<Double> repeat(Measurement measurement) throws Exception {
        List<Double> values = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            values.add(measurement.take());
        }
        return values;
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
