package dev.amorelay.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded server: durable, kept over restarts and kills, one relay a directory. */
class EmbeddedDatabaseIT {

    @TempDir
    Path dataDir;

    /** The directory as an earlier first start has left it: to make one takes seconds of a processor. */
    private Path made() {
        return TemplateDatabase.copyTo(dataDir);
    }

    @Test
    void keepsWhatWasStoredOverRestart() throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(dataDir)) {
            execute(database, "CREATE TABLE kept (word text)");
            execute(database, "INSERT INTO kept VALUES ('Заявка 🏭')");
        }
        try (EmbeddedDatabase database = EmbeddedDatabase.start(dataDir)) {
            assertThat(value(database, "SELECT word FROM kept")).isEqualTo("Заявка 🏭");
        }
    }

    @Test
    void isDurableAndSpeaksUtf8() throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(made())) {
            assertThat(value(database, "SHOW fsync")).isEqualTo("on");
            assertThat(value(database, "SHOW synchronous_commit")).isEqualTo("on");
            assertThat(value(database, "SHOW full_page_writes")).isEqualTo("on");
            assertThat(value(database, "SHOW server_encoding")).isEqualTo("UTF8");
            assertThat(value(database, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(value(database, "SELECT lower('ЗАЯВКА')")).isEqualTo("заявка");
        }
    }

    @Test
    void letsNobodyInWithoutThePassword() throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(made())) {
            assertThatThrownBy(() -> DriverManager.getConnection(database.jdbcUrl(), database.user(), "guess"))
                    .isInstanceOfSatisfying(SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
        }
    }

    @Test
    void tellsTheSecondRelayOfADirectory() throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(made())) {
            assertThatThrownBy(() -> EmbeddedDatabase.start(dataDir))
                    .isInstanceOf(DatabaseStartFailed.class)
                    .hasMessageContaining("Another amo-relay uses").hasMessageContaining(dataDir.toString());
            assertThat(value(database, "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void takesOverWhatAKilledRelayLeft() throws Exception {
        made();
        Process relay = child();
        assertThatThrownBy(() -> EmbeddedDatabase.start(dataDir)).hasMessageContaining("Another amo-relay uses");
        long server = serverPid();
        relay.destroyForcibly();
        assertThat(relay.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(ProcessHandle.of(server)).as("the server outlives the relay").isPresent();

        try (EmbeddedDatabase database = EmbeddedDatabase.start(dataDir)) {
            assertThat(value(database, "SELECT word FROM kept")).isEqualTo("before the kill");
            assertThat(serverPid()).isNotEqualTo(server);
        }
    }

    @Test
    void startsTheServerAgainThatDiesUnderIt() throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(made())) {
            execute(database, "CREATE TABLE kept (word text)");
            execute(database, "INSERT INTO kept VALUES ('committed')");
            ProcessHandle server = ProcessHandle.of(serverPid()).orElseThrow();

            server.destroyForcibly();

            await().atMost(60, TimeUnit.SECONDS).ignoreExceptions().until(() -> serverPid() != server.pid()
                    && value(database, "SELECT word FROM kept").equals("committed"));
        }
        assertThat(pidFile()).as("stopped for good").doesNotExist();
    }

    @Test
    void removesAPidFileWhoseServerIsGone() throws Exception {
        EmbeddedDatabase.start(made()).close();
        // our own process lives, but is no PostgreSQL: a number used again after a reboot
        Files.writeString(pidFile(), ProcessHandle.current().pid() + "\n" + dataDir.resolve("postgres") + "\n");
        try (EmbeddedDatabase database = EmbeddedDatabase.start(dataDir)) {
            assertThat(value(database, "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void startsAfreshOverAHalfMadeDatabase() throws Exception {
        Path halfMade = Files.createDirectories(dataDir.resolve("postgres.new"));
        Files.writeString(halfMade.resolve("PG_VERSION"), "18");
        try (EmbeddedDatabase database = EmbeddedDatabase.start(dataDir)) {
            assertThat(value(database, "SELECT current_database()")).isEqualTo("relay");
        }
        assertThat(halfMade).doesNotExist();
    }

    private Process child() throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(java, "-cp", classPath(), EmbeddedDatabaseChild.class.getName(), dataDir.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        BufferedReader output = new BufferedReader(new InputStreamReader(process.getInputStream()));
        String line = output.readLine();
        while (line != null && !line.equals(EmbeddedDatabaseChild.READY)) {
            line = output.readLine();
        }
        assertThat(line).as("the child's last word").isEqualTo(EmbeddedDatabaseChild.READY);
        return process;
    }

    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")).replace("\n", File.pathSeparator);
    }

    private Path pidFile() {
        return dataDir.resolve("postgres/postmaster.pid");
    }

    private long serverPid() throws IOException {
        return Long.parseLong(Files.readAllLines(pidFile()).get(0).trim());
    }

    static void execute(EmbeddedDatabase database, String sql) throws SQLException {
        try (Connection connection = connect(database); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String value(EmbeddedDatabase database, String sql) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }

    private static Connection connect(EmbeddedDatabase database) throws SQLException {
        return DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
    }
}
