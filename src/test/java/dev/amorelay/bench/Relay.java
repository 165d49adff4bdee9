package dev.amorelay.bench;

import dev.amorelay.AmoRelayApplication;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The packaged relay in a process of its own, with the settings of a production whose CRM, mail and Telegram are down. */
final class Relay implements AutoCloseable {

    /** How the README says to run it. */
    static final List<String> OPTIONS = List.of(System.getenv().getOrDefault("OPTIONS_OF_RELAY",
            "-XX:+UseSerialGC -Xms64m -XX:NewSize=48m -Xmx512m -XX:+ExitOnOutOfMemoryError").split(" "));

    /** In place of the jar, where nothing was packaged. */
    private static final String CLASSES = System.getProperty("bench.classes");

    private final Process process;
    private final int port;
    private final double startSeconds;

    private Relay(Process process, int port, double startSeconds) {
        this.process = process;
        this.port = port;
        this.startSeconds = startSeconds;
    }

    /**
     * Starts it and waits until its doors are open.
     *
     * @param java the program, of the JDK that is measured
     * @param folder for its log
     * @param database what {@code DATABASE_URL}, {@code DATABASE_USER} and {@code DATABASE_PASSWORD} are to be
     */
    static Relay start(String java, List<String> options, Path jar, Path folder, Map<String, String> database) throws IOException {
        int port = free();
        Map<String, String> settings = new HashMap<>(database);
        // port 9 answers nothing: everything outside is down, and the workers are busy finding that out
        settings.putAll(Map.of("AMOCRM_BASE_URL", "http://127.0.0.1:9", "AMOCRM_ACCESS_TOKEN", "bench-token", "AMOCRM_PIPELINE_ID", "1",
                "AMOCRM_STATUS_ID", "2", "AMOCRM_RESPONSIBLE_USER_ID", "3", "AMOCRM_PIPELINE_PARTS_ID", "4", "AMOCRM_FIELD_SERIAL_ID", "5",
                "SMTP_HOST", "127.0.0.1", "SMTP_PORT", "9", "RELAY_WEBHOOK_ALLOWED_IPS", "127.0.0.1"));
        settings.putAll(Map.of("RELAY_INGEST_PER_ADDRESS", "none", "RELAY_INGEST_PER_PERSON", "none", "RELAY_INGEST_IN_ALL", "none"));
        settings.putAll(Map.of("MAIL_FROM", "relay@example.com", "MAIL_ORDERS_TO", "orders@example.com", "TELEGRAM_BOT_TOKEN", "1:bench",
                "TELEGRAM_BASE_URI", "http://127.0.0.1:9", "RELAY_ALLOW_ROOT", "true", "RELAY_ADMIN_PASSWORD", "bench-password", "RELAY_DATA_DIR", folder.toString(),
                "SERVER_PORT", String.valueOf(port), "SERVER_ADDRESS", "127.0.0.1", "MANAGEMENT_PORT", String.valueOf(free())));
        List<String> command = new java.util.ArrayList<>(List.of(java));
        command.addAll(options);
        command.addAll(CLASSES == null ? List.of("-jar", jar.toAbsolutePath().toString()) : List.of("-cp", CLASSES, AmoRelayApplication.class.getName()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(Files.createDirectories(folder).resolve("relay.log").toFile());
        builder.environment().putAll(settings);
        long begin = System.nanoTime();
        Process process = builder.start();
        while (!isOpen(port, settings.get("RELAY_WEBHOOK_KEY"))) {
            if (!process.isAlive() || System.nanoTime() - begin > TimeUnit.MINUTES.toNanos(2)) {
                process.destroyForcibly();
                throw new IllegalStateException("the relay did not start, see " + folder.resolve("relay.log"));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        return new Relay(process, port, (System.nanoTime() - begin) / 1e9);
    }

    private static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** A hook is what it is asked for: the start is over with the first one that is stored. */
    private static boolean isOpen(int port, String key) {
        try {
            HttpURLConnection connection = (HttpURLConnection) URI.create("http://127.0.0.1:" + port + "/webhook/amocrm"
                    + (key == null ? "" : "/" + key)).toURL().openConnection();
            connection.setRequestMethod("POST");
            connection.setRequestProperty("Content-Type", "application/x-www-form-urlencoded");
            connection.setDoOutput(true);
            connection.getOutputStream().write("leads[update][0][id]=1&account[id]=31000001".getBytes());
            return connection.getResponseCode() == 204;
        } catch (IOException e) {
            return false;
        }
    }

    int port() {
        return port;
    }

    /** @return seconds from the start of the process to the first hook that was stored and acknowledged */
    double startSeconds() {
        return startSeconds;
    }

    /** @return resident memory of the process in MB; 0 where the system does not tell */
    long residentMegabytes() throws IOException {
        Path status = Path.of("/proc", String.valueOf(process.pid()), "status");
        if (!Files.exists(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream().filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024).findFirst().orElse(0);
    }

    /** @return processor time of the process so far, in microseconds */
    long processorMicros() {
        return process.info().totalCpuDuration().map(time -> time.toNanos() / 1000).orElse(0L);
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
