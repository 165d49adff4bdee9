package dev.amorelay.bench;

import dev.amorelay.database.EmbeddedDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/**
 * From the start of the process to the first hook that is stored and acknowledged, with a database that runs already; and the
 * resident memory of the process, idle and under load. {@code bench/start} runs it.
 */
class StartBench {

    private static final int STARTS = Integer.getInteger("bench.rounds", 5);
    private static final String JAVA = System.getProperty("bench.java", Path.of(System.getProperty("java.home"), "bin", "java").toString());
    /** What a machine that has just started needs until nothing moves any more. */
    private static final long IDLE_SECONDS = 20;

    @Test
    void starts() throws Exception {
        Path folder = Files.createDirectories(Path.of("target/bench/start"));
        List<Double> seconds = new ArrayList<>();
        List<Long> idle = new ArrayList<>();
        long loaded = 0;
        try (EmbeddedDatabase database = EmbeddedDatabase.start(Files.createTempDirectory(folder.toAbsolutePath(), "db"))) {
            Map<String, String> address = Map.of("DATABASE_URL", database.jdbcUrl(), "DATABASE_USER", database.user(), "DATABASE_PASSWORD", database.password());
            for (int start = 0; start <= STARTS; start++) {
                try (Relay relay = Relay.start(JAVA, Relay.OPTIONS, Path.of(System.getProperty("bench.jar", "target/amo-relay.jar")), folder, address)) {
                    System.out.printf("start: %.2f s%s%n", relay.startSeconds(), start == 0 ? " (the first, with the tables made; not counted)" : "");
                    if (start > 0) {
                        seconds.add(relay.startSeconds());
                    }
                    if (start >= STARTS - 2) {
                        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(IDLE_SECONDS));
                        idle.add(relay.residentMegabytes());
                    }
                    if (start == STARTS) {
                        System.out.println("start: " + AckBench.hooks(relay).closed(32, 20));
                        loaded = relay.residentMegabytes();
                    }
                }
            }
        }
        System.out.printf("start: median %.2f s of %d, the slowest %.2f s; resident %d MB idle, %d MB after 20 s of load%n",
                seconds.stream().sorted().toList().get(seconds.size() / 2), seconds.size(), seconds.stream().max(Double::compare).orElseThrow(),
                idle.stream().max(Long::compare).orElseThrow(), loaded);
    }
}
