package dev.amorelay.road;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.amorelay.database.EmbeddedDatabase;
import dev.amorelay.database.TemplateDatabase;
import dev.amorelay.json.Json;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A real PostgreSQL of its own process is stopped, frozen, killed, full or read-only under a living relay: both doors say
 * 503 within 1.5 s, what they answered with 2xx is there, and service resumes by itself.
 */
class DatabaseOutageIT {

    /** Where more waits for the processors than they can do, an answer takes longer than it is made in. */
    private static final Duration BUSY = Duration.ofSeconds(8);
    private static final Duration PROMISED = Duration.ofMillis(1500);
    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static Path data;
    private static EmbeddedDatabase database;
    private static StartedRelay relay;

    private record Answer(int status, String leadId, Duration took) {
    }

    @BeforeAll
    static void start() throws IOException {
        data = TemplateDatabase.directory();
        database = EmbeddedDatabase.start(data);
        relay = StartedRelay.onDatabase(database, "1000/1s,60000/1m");
        // doors that were never used have code to load
        lead();
        hook();
    }

    @AfterAll
    static void stop() throws IOException {
        relay.close();
        database.close();
    }

    private static Answer lead() {
        return timed(() -> relay.send("POST", "/ingest/leads", "application/json", "{\"source\":\"site\",\"name\":\"Обрыв "
                + NUMBERS.incrementAndGet() + "\",\"phone\":\"+79995550000\",\"message\":\"Тест\"}"));
    }

    private static Answer hook() {
        return timed(() -> relay.send("POST", "/webhook/amocrm", "application/x-www-form-urlencoded",
                "leads[update][0][id]=" + (900_000 + NUMBERS.incrementAndGet()) + "&account[id]=31000001"));
    }

    private static Answer timed(Supplier<HttpResponse<String>> call) {
        long begin = System.nanoTime();
        HttpResponse<String> answer = call.get();
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        return new Answer(answer.statusCode(), answer.statusCode() == 200 ? Json.read(answer.body()).path("lead_id").asText() : null, took);
    }

    private static void refusedInTime(Answer answer) {
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.took()).isLessThan(promised());
    }

    private static Duration promised() {
        return Machine.isStarved() ? BUSY : PROMISED;
    }

    private static void bothRefuseInTime() {
        for (int i = 0; i < 4; i++) {
            refusedInTime(lead());
            refusedInTime(hook());
        }
    }

    private static void bothServeAgain() {
        Awaitility.await().atMost(Duration.ofSeconds(180)).pollInterval(Duration.ofMillis(200))
                .until(() -> lead().status() == 200 && hook().status() == 204);
    }

    private static long server() throws IOException {
        return Long.parseLong(Files.readAllLines(data.resolve("postgres/postmaster.pid")).get(0).trim());
    }

    private static void signalAll(String signal) throws Exception {
        ProcessHandle postmaster = ProcessHandle.of(server()).orElseThrow();
        List<String> command = new ArrayList<>(List.of("kill", "-" + signal, String.valueOf(postmaster.pid())));
        postmaster.descendants().forEach(one -> command.add(String.valueOf(one.pid())));
        // a backend that ends meanwhile makes kill complain
        new ProcessBuilder("sh", "-c", String.join(" ", command)).start().waitFor();
    }

    @Test
    void frozen() throws Exception {
        bothServeAgain();
        // connections that have rested a while are tested before they are used, which costs time of its own
        Awaitility.await().pollDelay(Duration.ofSeconds(2)).until(() -> true);
        signalAll("STOP");
        try {
            bothRefuseInTime();
        } finally {
            signalAll("CONT");
        }
        bothServeAgain();
    }

    @Test
    void frozenUnderLoadNobodyWaitsInAQueue() throws Exception {
        bothServeAgain();
        ConcurrentLinkedQueue<Answer> answers = new ConcurrentLinkedQueue<>();
        ExecutorService callers = Executors.newFixedThreadPool(32);
        signalAll("STOP");
        try {
            List<Future<?>> calls = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                boolean even = i % 2 == 0;
                calls.add(callers.submit(() -> answers.add(even ? lead() : hook())));
            }
            for (Future<?> call : calls) {
                call.get();
            }
        } finally {
            callers.shutdown();
            signalAll("CONT");
        }
        assertThat(answers).hasSize(300).allSatisfy(DatabaseOutageIT::refusedInTime);
        bothServeAgain();
    }

    @Test
    void stoppedAndStartedAgain() throws Exception {
        bothServeAgain();
        Answer before = lead();
        int port = Integer.parseInt(database.jdbcUrl().replaceAll(".*:(\\d+)/.*", "$1"));
        database.close();
        try {
            bothRefuseInTime();
        } finally {
            database = EmbeddedDatabase.start(data, port);
        }
        bothServeAgain();
        assertThat(stored(before)).isEqualTo(1);
    }

    @Test
    void killedServerIsStartedAgainByItself() throws Exception {
        bothServeAgain();
        Answer before = lead();
        ProcessHandle postmaster = ProcessHandle.of(server()).orElseThrow();
        postmaster.destroyForcibly();
        Awaitility.await().until(() -> !postmaster.isAlive());

        bothServeAgain();

        assertThat(server()).isNotEqualTo(postmaster.pid());
        assertThat(stored(before)).isEqualTo(1);
    }

    @Test
    void backendsKilledAtEveryMoment() throws Exception {
        bothServeAgain();
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            onOwnConnection("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
            answers.add(lead());
            answers.add(hook());
        }
        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.status()).isIn(200, 204, 503);
            assertThat(answer.took()).isLessThan(promised());
        });
        bothServeAgain();
        assertThat(answers.stream().filter(answer -> answer.leadId() != null)).allSatisfy(answer -> assertThat(stored(answer)).isEqualTo(1));
    }

    @Test
    void theWorkersPoolExhaustedTheDoorsServe() throws Exception {
        bothServeAgain();
        holding(relay.bean(HikariDataSource.class, "dataSource"), () -> {
            Answer lead = lead();
            assertThat(lead.status()).isEqualTo(200);
            assertThat(lead.took()).isLessThan(promised());
            assertThat(hook().status()).isEqualTo(204);
        });
    }

    @Test
    void theDoorsPoolExhausted() throws Exception {
        bothServeAgain();
        holding(relay.bean(HikariDataSource.class, "doorPool"), DatabaseOutageIT::bothRefuseInTime);
        bothServeAgain();
    }

    /** Takes every connection as any user of the pool does: whoever else waits meanwhile waits no longer than ever. */
    private static void holding(HikariDataSource pool, Runnable meanwhile) throws Exception {
        List<Connection> held = new ArrayList<>();
        try {
            Awaitility.await().atMost(Duration.ofSeconds(60)).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(10))
                    .ignoreExceptionsInstanceOf(SQLTransientConnectionException.class).until(() -> {
                        held.add(pool.getConnection());
                        return held.size() == pool.getMaximumPoolSize();
                    });
            meanwhile.run();
        } finally {
            for (Connection one : held) {
                one.close();
            }
        }
    }

    @Test
    void readOnly() throws Exception {
        bothServeAgain();
        onOwnConnection("ALTER SYSTEM SET default_transaction_read_only = on", "SELECT pg_reload_conf()");
        try {
            Awaitility.await().until(() -> hook().status() == 503);
            bothRefuseInTime();
            assertThat(relay.send("GET", "/health", "text/plain", "").statusCode()).isEqualTo(503);
        } finally {
            onOwnConnection("SET default_transaction_read_only = off", "ALTER SYSTEM RESET default_transaction_read_only",
                    "SELECT pg_reload_conf()");
        }
        bothServeAgain();
    }

    @Test
    void diskFull() throws Exception {
        bothServeAgain();
        onOwnConnection("""
                CREATE FUNCTION disk_full() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$""",
                "CREATE TRIGGER full_leads BEFORE INSERT ON leads EXECUTE FUNCTION disk_full()",
                "CREATE TRIGGER full_events BEFORE INSERT ON amocrm_webhook_events EXECUTE FUNCTION disk_full()");
        try {
            bothRefuseInTime();
        } finally {
            onOwnConnection("DROP TRIGGER full_leads ON leads", "DROP TRIGGER full_events ON amocrm_webhook_events",
                    "DROP FUNCTION disk_full");
        }
        bothServeAgain();
    }

    @Test
    void aRowSomebodyHoldsKeepsACallerNoLonger() throws Exception {
        bothServeAgain();
        try (Connection other = connect()) {
            other.setAutoCommit(false);
            other.createStatement().execute("LOCK TABLE leads, amocrm_webhook_events IN ACCESS EXCLUSIVE MODE");
            bothRefuseInTime();
            other.rollback();
        }
        bothServeAgain();
    }

    private static void onOwnConnection(String... statements) throws SQLException {
        try (Connection own = connect()) {
            for (String statement : statements) {
                own.createStatement().execute(statement);
            }
        }
    }

    private static long stored(Answer lead) throws SQLException {
        try (Connection own = connect(); PreparedStatement count = own.prepareStatement("SELECT count(*) FROM leads WHERE id = ?::uuid")) {
            count.setString(1, lead.leadId());
            try (ResultSet rows = count.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    private static Connection connect() throws SQLException {
        return DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
    }
}
