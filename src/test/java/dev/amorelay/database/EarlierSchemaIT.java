package dev.amorelay.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Databases that earlier versions have left are taken over, with all that stands in them. {@code db/v16.sql} and {@code db/v31.sql} are
 * dumps ({@code pg_dump --inserts --no-owner}) of databases after V16 and V31, with rows in nearly every table.
 */
class EarlierSchemaIT extends RealTables {

    /** Everything that makes up the tables and what belongs to them, but for Flyway's own; columns in their order. */
    private static final String SHAPE = """
            SELECT format('column %s.%s %s %s %s %s %s', attrelid::regclass, attname, format_type(atttypid, atttypmod), attnotnull,
                          pg_get_expr(adbin, adrelid), attidentity, attstorage)
                   || ' after ' || coalesce(lag(attname) OVER (PARTITION BY attrelid ORDER BY attnum), '')
            FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
            WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND attnum > 0 AND NOT attisdropped AND relname !~ '^flyway'
            UNION ALL SELECT format('constraint %s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
            FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND conrelid::regclass::text !~ '^flyway'
            UNION ALL SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename !~ '^flyway'
            UNION ALL SELECT 'function ' || pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
            UNION ALL SELECT 'trigger ' || pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
            UNION ALL SELECT format('sequence %s %s %s %s', sequencename, increment_by, max_value, cycle) FROM pg_sequences
            WHERE schemaname = 'public'
            ORDER BY 1""";

    private HikariDataSource before;
    private JdbcTemplate then;

    @AfterEach
    void drop() {
        before.close();
        jdbc.execute("DROP DATABASE before WITH (FORCE)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"v16", "v31"})
    void itIsAsOneOfTodayAndNothingIsLost(String dump) throws Exception {
        load(dump);
        Map<String, Long> rows = rows();
        assertThat(rows.values()).as("rows of the dump").filteredOn(many -> many > 0).hasSizeGreaterThan(30);

        start();

        assertThat(then.queryForList(SHAPE, String.class)).isEqualTo(jdbc.queryForList(SHAPE, String.class));
        assertThat(rows()).containsAllEntriesOf(rows);
        assertThat(history()).startsWith("4").doesNotContain("1", "16", "31");
        start();
        assertThat(rows()).containsAllEntriesOf(rows);
        // what waited goes on, and numbers go on where they were
        assertThat(then.queryForList("SELECT subject_id FROM claim_outbox('crm.lead', 'default', 10, interval '10 s', interval '0 s')", String.class))
                .containsExactly("10000000-0000-4000-8000-000000000002");
        assertThat(then.queryForList("SELECT amocrm_entity_id FROM claim_webhook_events('default', 10, interval '10 s')", String.class))
                .containsExactly("7001");
        assertThat(then.queryForObject("INSERT INTO outbox (kind, dedupe_key, subject_id) VALUES ('x', 'x', 'x') RETURNING id", Long.class))
                .isGreaterThan(then.queryForObject("SELECT max(id) FROM outbox WHERE kind <> 'x'", Long.class));
        assertThat(then.queryForObject("SELECT nextval('lease_numbers')", Long.class)).isGreaterThan(3);
    }

    @Test
    void whatTheYearsBetweenHaveMendedIsMended() throws Exception {
        load("v16");
        start();
        assertThat(then.queryForList("SELECT name || ' ' || coalesce(time_zone, '-') FROM amocrm_accounts ORDER BY 1", String.class))
                .containsExactly("default -", "east Asia/Vladivostok");
        assertThat(then.queryForList("SELECT phones::text FROM amocrm_contacts ORDER BY contact_id", String.class))
                .containsExactly("{+79000000001}", "{}");
        assertThat(then.queryForList("SELECT chat_closed_why FROM telegram_users WHERE chat_closed", String.class)).containsExactly("blocked");
        assertThat(then.queryForList("SELECT kind FROM database_owner", String.class)).containsExactly("live");
        assertThat(then.queryForList("SELECT id FROM outbox WHERE dead_by_refusal(kind, last_error, dead_since)", Long.class)).hasSize(1);
    }

    @Test
    void itMayDieAnywhere() throws Exception {
        load("v16");
        Flyway.configure().dataSource(before).locations("classpath:db/upgrade").target("22").load().migrate();
        start();
        List<String> shape = then.queryForList(SHAPE, String.class);
        // between putting the old history aside and beginning the new one
        then.execute("DROP TABLE flyway_schema_history");
        start();
        assertThat(then.queryForList(SHAPE, String.class)).isEqualTo(shape).isEqualTo(jdbc.queryForList(SHAPE, String.class));
    }

    @Test
    void ofTwoNodesThatStartAtOnceOneTakesItOver() throws Exception {
        load("v31");
        ExecutorService nodes = Executors.newFixedThreadPool(2);
        try {
            List<Future<?>> both = List.of(nodes.submit(this::startNode), nodes.submit(this::startNode));
            for (Future<?> one : both) {
                one.get(5, TimeUnit.MINUTES);
            }
        } finally {
            nodes.shutdownNow();
        }
        assertThat(then.queryForList(SHAPE, String.class)).isEqualTo(jdbc.queryForList(SHAPE, String.class));
        assertThat(history()).containsOnlyOnce("4");
    }

    @Test
    void oneOfTodayIsLeftAlone() throws Exception {
        create();
        start();
        assertThat(history()).startsWith("1", "2", "3", "4");
        assertThat(then.queryForObject("SELECT to_regclass('flyway_schema_history_before') IS NULL", Boolean.class)).isTrue();
    }

    private Void startNode() throws SQLException {
        start();
        return null;
    }

    /** As a start of the relay migrates. */
    private void start() throws SQLException {
        Flyway flyway = Flyway.configure().dataSource(before).load();
        new EarlierSchema(flyway.getConfiguration()).takeOver();
        flyway.migrate();
    }

    private void load(String dump) throws IOException, SQLException {
        create();
        // a connection of its own: the dump leaves it without a search path
        try (Connection connection = DriverManager.getConnection(before.getJdbcUrl(), before.getUsername(), before.getPassword());
                Statement statement = connection.createStatement()) {
            statement.execute(new ClassPathResource("db/" + dump + ".sql").getContentAsString(StandardCharsets.UTF_8));
        }
    }

    private void create() {
        jdbc.execute("CREATE DATABASE before");
        before = new HikariDataSource();
        before.setJdbcUrl(pool.getJdbcUrl().replaceFirst("/[^/]*$", "/before"));
        before.setUsername(pool.getUsername());
        before.setPassword(pool.getPassword());
        before.setMaximumPoolSize(8);
        then = new JdbcTemplate(before);
    }

    private Map<String, Long> rows() {
        Map<String, Long> rows = new TreeMap<>();
        then.queryForList("SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename !~ '^flyway' AND tablename <> 'database_owner'",
                String.class).forEach(table -> rows.put(table, then.queryForObject("SELECT count(*) FROM " + table, Long.class)));
        return rows;
    }

    private List<String> history() {
        return then.queryForList("SELECT version FROM flyway_schema_history WHERE version IS NOT NULL ORDER BY installed_rank", String.class);
    }
}
