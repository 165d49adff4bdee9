package dev.amorelay.chaos;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A relay: the real jar in a process of its own, with the settings that a production has. */
final class Node {

    private static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    /** Windows wide enough for thousands of leads in minutes. */
    static final String WIDE_LIMITS = "100/1s,6000/1m";
    static final String REAL_LIMITS = "7/1s,250/1m,7000/1h";
    static final String WEBHOOK_KEY = "chaos-key-0001";
    private static final Duration START = Duration.ofMinutes(10);

    private final String name;
    private final Path jar;
    private final List<String> java;
    private final Path folder;
    private final int port;
    private final Map<String, String> environment;
    private ChildProcess process;
    private Instant startedAt;

    Node(String name, Path jar, List<String> java, Path folder, int port, int management, PostgresServer database, Outside outside) {
        this.name = name;
        this.jar = jar;
        this.java = java;
        this.folder = folder;
        this.port = port;
        environment = new LinkedHashMap<>(Map.of("DATABASE_URL", database.url(), "DATABASE_USER", PostgresServer.USER,
                "DATABASE_PASSWORD", database.password(), "AMOCRM_BASE_URL", outside.url("/sandbox/amocrm"),
                "AMOCRM_ACCESS_TOKEN", "sandbox", "SMTP_HOST", "127.0.0.1", "SMTP_PORT", String.valueOf(outside.smtp()),
                "TELEGRAM_BOT_TOKEN", "1:sandbox", "TELEGRAM_BASE_URI", outside.url("/sandbox/telegram")));
        environment.putAll(Map.of("AMOCRM_PIPELINE_ID", "10226282", "AMOCRM_STATUS_ID", "80953554",
                "AMOCRM_PIPELINE_PARTS_ID", "10245926", "AMOCRM_RESPONSIBLE_USER_ID", "12380450",
                "AMOCRM_FIELD_SERIAL_ID", "712629", "AMOCRM_FIELD_MODEL_ID", "712631", "AMOCRM_FIELD_TELEGRAM_ID", "712633",
                "AMOCRM_FIELD_LEAD_UUID_ID", "712641", "MAIL_ORDERS_TO", "orders@example.com", "MAIL_FROM", "relay@example.com"));
        environment.putAll(Map.of("RELAY_ADMIN_PASSWORD", "chaos-password", "RELAY_WEBHOOK_KEY", WEBHOOK_KEY,
                "SERVER_PORT", String.valueOf(port), "SERVER_ADDRESS", "127.0.0.1",
                "MANAGEMENT_PORT", String.valueOf(management), "RELAY_DATA_DIR", folder.resolve(name).toString(),
                "AMOCRM_RATE_LIMITS", WIDE_LIMITS, "RELAY_ALLOW_ROOT", "true"));
        environment.putAll(Map.of("RELAY_INGEST_PER_ADDRESS", "none", "RELAY_INGEST_PER_PERSON", "none", "RELAY_INGEST_IN_ALL", "none"));
    }

    /** Takes effect with the next start. */
    void limits(String windows) {
        environment.put("AMOCRM_RATE_LIMITS", windows);
    }

    /** Starts the process; {@link #awaitOpen} waits until it serves. */
    void launch() {
        startedAt = Instant.now();
        process = ChildProcess.start(name, folder, folder.resolve(name + ".log"), environment,
                java(java, "-Xmx512m", "-XX:+ExitOnOutOfMemoryError", "-jar", jar.toString()));
    }

    /** The command that starts Java with these options and arguments. */
    static List<String> java(List<String> options, String... arguments) {
        return Stream.concat(Stream.concat(Stream.of(JAVA), options.stream()), Stream.of(arguments)).toList();
    }

    /** @return how long it took from its start until its doors were open */
    Duration awaitOpen() {
        boolean open = Pause.until(() -> !process.isAlive() || Http.answers("http://127.0.0.1:" + port + "/health"), START);
        if (!open || !process.isAlive()) {
            throw new IllegalStateException(name + " did not open its doors, see " + folder.resolve(name + ".log"));
        }
        return Duration.between(startedAt, Instant.now());
    }

    Instant startedAt() {
        return startedAt;
    }

    boolean isRunning() {
        return process != null && process.isAlive();
    }

    void kill() {
        process.kill();
    }

    void pause() {
        process.signal("STOP");
    }

    void wake() {
        process.signal("CONT");
    }

    void stop() {
        if (isRunning()) {
            process.signal("CONT");
            process.stop(Duration.ofSeconds(30));
        }
    }

    String door(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    @Override
    public String toString() {
        return name;
    }
}
