package dev.amorelay.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import javax.sql.DataSource;
import org.apache.camel.component.sql.SqlComponent;
import org.apache.camel.spi.ComponentCustomizer;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What the doors store with: a small pool of their own, so that work cannot take their connections, and with limits so
 * short that a caller is told in time. Everything else asks for a plain DataSource and gets the large pool.
 */
@Configuration(proxyBeanMethods = false)
class DoorDatabase {

    /** In ms, the shortest that the pool allows; with {@link #CONNECTION_WAIT} less than {@link DoorDataSource#LIMIT}. */
    private static final int VALIDATION = 250;
    private static final int CONNECTION_WAIT = 850;
    private static final int CONNECTIONS = 6;
    /** To store megabytes takes longer, on a busy machine longer than the doors' limit. */
    private static final Duration LARGE_LIMIT = Duration.ofSeconds(5);

    @Bean(defaultCandidate = false, destroyMethod = "close")
    HikariDataSource doorPool(HikariDataSource dataSource) {
        return new HikariDataSource(inTime(dataSource, "doors", CONNECTIONS));
    }

    /** One of its own, that no flood at the doors can take. */
    @Bean(defaultCandidate = false, destroyMethod = "close")
    HikariDataSource healthPool(HikariDataSource dataSource) {
        return new HikariDataSource(inTime(dataSource, "health", 1));
    }

    @Bean(defaultCandidate = false)
    JdbcTemplate healthJdbc(@Qualifier("healthPool") HikariDataSource pool) {
        return new JdbcTemplate(new DoorDataSource(pool));
    }

    /**
     * Two for what is large: that it takes long, or too long, does not mean for anybody else that the database is out of reach. They are
     * opened when they are needed.
     */
    @Bean(defaultCandidate = false, destroyMethod = "close")
    HikariDataSource largePool(HikariDataSource dataSource) {
        HikariConfig config = inTime(dataSource, "large", 2);
        config.setMinimumIdle(0);
        config.setConnectionInitSql("SET statement_timeout = '5s'; " + dataSource.getConnectionInitSql());
        return new HikariDataSource(config);
    }

    @Bean(defaultCandidate = false)
    JdbcTemplate largeJdbc(@Qualifier("largePool") HikariDataSource pool) {
        return new JdbcTemplate(new DoorDataSource(pool, LARGE_LIMIT));
    }

    private static HikariConfig inTime(HikariDataSource dataSource, String name, int connections) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setJdbcUrl(dataSource.getJdbcUrl());
        config.setUsername(dataSource.getUsername());
        config.setPassword(dataSource.getPassword());
        config.setDataSourceProperties(dataSource.getDataSourceProperties());
        config.setKeepaliveTime(dataSource.getKeepaliveTime());
        config.setMaximumPoolSize(connections);
        config.setConnectionTimeout(CONNECTION_WAIT);
        config.setValidationTimeout(VALIDATION);
        // the driver's own test of a connection takes whole seconds, whatever it is given
        config.setConnectionTestQuery("SELECT 1");
        // the large pool has waited for the database at the start
        config.setInitializationFailTimeout(-1);
        // what nobody waits for any more ends on the server too
        config.setConnectionInitSql("SET statement_timeout = '2s'; " + dataSource.getConnectionInitSql());
        return config;
    }

    @Bean(defaultCandidate = false)
    DataSource doorDataSource(@Qualifier("doorPool") HikariDataSource pool) {
        return new DoorDataSource(pool);
    }

    @Bean(defaultCandidate = false)
    JdbcTemplate doorJdbc(@Qualifier("doorDataSource") DataSource doors) {
        return new JdbcTemplate(doors);
    }

    /** Where a statement of a route does not ask for the doors' own connections, it gets the large pool's. */
    @Bean
    ComponentCustomizer statementsOnTheLargePool(DataSource dataSource) {
        return ComponentCustomizer.forType(SqlComponent.class, component -> component.setDataSource(dataSource));
    }
}
