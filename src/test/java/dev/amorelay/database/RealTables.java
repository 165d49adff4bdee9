package dev.amorelay.database;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Path;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The real tables in a PostgreSQL of the test class's own, without the relay. */
public abstract class RealTables {

    /** Fewer than the threads of the tests that try who holds one for too long. */
    private static final int CONNECTIONS = 8;

    protected static HikariDataSource pool;
    protected static JdbcTemplate jdbc;
    protected static TransactionTemplate transaction;

    @TempDir
    protected static Path data;
    private static EmbeddedDatabase database;

    @BeforeAll
    protected static void startDatabase() {
        database = EmbeddedDatabase.start(TemplateDatabase.copyTo(data));
        pool = new HikariDataSource();
        pool.setJdbcUrl(database.jdbcUrl());
        pool.setUsername(database.user());
        pool.setPassword(database.password());
        pool.setMaximumPoolSize(CONNECTIONS);
        Flyway.configure().dataSource(pool).load().migrate();
        jdbc = new JdbcTemplate(pool);
        transaction = new TransactionTemplate(new JdbcTransactionManager(pool));
    }

    @AfterAll
    protected static void stopDatabase() throws IOException {
        pool.close();
        database.close();
    }
}
