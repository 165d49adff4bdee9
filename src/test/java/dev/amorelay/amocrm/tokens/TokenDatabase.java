package dev.amorelay.amocrm.tokens;

import com.zaxxer.hikari.HikariDataSource;
import dev.amorelay.database.EmbeddedDatabase;
import java.io.IOException;
import java.nio.file.Path;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/** The real tables, empty before each test. */
abstract class TokenDatabase {

    static JdbcTemplate jdbc;

    @TempDir
    static Path data;
    private static EmbeddedDatabase database;
    private static HikariDataSource pool;

    @BeforeAll
    static void startDatabase() {
        database = EmbeddedDatabase.start(data);
        pool = new HikariDataSource();
        pool.setJdbcUrl(database.jdbcUrl());
        pool.setUsername(database.user());
        pool.setPassword(database.password());
        // fewer connections than threads: a refresh that held one open would starve the others
        pool.setMaximumPoolSize(8);
        Flyway.configure().dataSource(pool).load().migrate();
        jdbc = new JdbcTemplate(pool);
    }

    @AfterAll
    static void stopDatabase() throws IOException {
        pool.close();
        database.close();
    }

    @BeforeEach
    void emptyTables() {
        jdbc.execute("TRUNCATE oauth_tokens, amocrm_accounts, amocrm_calls");
    }
}
