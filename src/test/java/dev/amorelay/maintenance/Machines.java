package dev.amorelay.maintenance;

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
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The real tables, empty before each test. */
abstract class Machines {

    static JdbcTemplate jdbc;
    static TransactionTemplate transaction;

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
        pool.setMaximumPoolSize(6);
        Flyway.configure().dataSource(pool).load().migrate();
        jdbc = new JdbcTemplate(pool);
        transaction = new TransactionTemplate(new JdbcTransactionManager(pool));
    }

    @AfterAll
    static void stopDatabase() throws IOException {
        pool.close();
        database.close();
    }

    @BeforeEach
    void emptyTables() {
        jdbc.execute("TRUNCATE machine_instances, amocrm_accounts, amocrm_deals, clients, telegram_users, outbox, deal_maintenance_dates,"
                + " model_consumables, deal_metadata_mappings CASCADE");
    }
}
