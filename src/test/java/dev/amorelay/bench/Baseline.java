package dev.amorelay.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What PostgreSQL does without us: pgbench with the same rows, one statement a commit, in the same server. It comes with
 * PostgreSQL's client packages (Debian: postgresql-client, postgresql-contrib).
 */
final class Baseline {

    private static final Pattern RATE = Pattern.compile("tps = ([0-9.]+)");

    private final String host;
    private final int port;
    private final String password;
    private final Path script;

    /**
     * @param sql one statement as pgbench reads it
     */
    Baseline(int port, String password, Path folder, String sql) throws IOException {
        this.host = "127.0.0.1";
        this.port = port;
        this.password = password;
        this.script = Files.writeString(Files.createTempFile(folder, "statement", ".sql"), sql);
    }

    /** Whether pgbench is here. */
    static boolean isThere() {
        try {
            return new ProcessBuilder("pgbench", "--version").redirectErrorStream(true).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Runs it.
     *
     * @param clients connections
     * @param seconds how long
     * @return statements committed a second
     */
    double perSecond(int clients, int seconds) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(List.of("pgbench", "-n", "-M", "prepared", "-c", String.valueOf(clients),
                "-j", String.valueOf(Math.min(clients, 2)), "-T", String.valueOf(seconds), "-f", script.toString(),
                "-h", host, "-p", String.valueOf(port), "-U", "postgres", "relay")).redirectErrorStream(true);
        builder.environment().put("PGPASSWORD", password);
        Process process = builder.start();
        String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Matcher rate = RATE.matcher(told);
        if (process.waitFor() != 0 || !rate.find()) {
            throw new IllegalStateException("pgbench: " + told);
        }
        return Double.parseDouble(rate.group(1));
    }
}
