package dev.amorelay.database;

import com.zaxxer.hikari.HikariDataSource;
import dev.amorelay.settings.RelaySettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.flyway.FlywayConfigurationCustomizer;
import org.springframework.boot.autoconfigure.flyway.FlywayMigrationStrategy;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/** The pool of connections: to the server inside the process, unless DATABASE_URL names another. */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseConfiguration.class);

    /** A migration of a full table may take longer than anything else is given. */
    @Bean
    FlywayConfigurationCustomizer unhurriedMigrations(DataSource dataSource) {
        return flyway -> flyway.dataSource(new DelegatingDataSource(dataSource) {
            @Override
            public Connection getConnection() throws SQLException {
                Connection connection = super.getConnection();
                connection.setNetworkTimeout(Runnable::run, 0);
                return connection;
            }
        });
    }

    /** The property is for nodes of a test that share a sandbox's database. */
    @Bean
    FlywayMigrationStrategy ownDatabaseOnly(DataSource dataSource, Environment environment) {
        String usual = environment.acceptsProfiles(Profiles.of("sandbox")) ? DatabaseOwner.SANDBOX : DatabaseOwner.LIVE;
        DatabaseOwner owner = new DatabaseOwner(dataSource, environment.getProperty("relay.database-owner", usual));
        return flyway -> {
            owner.check();
            try {
                new EarlierSchema(flyway.getConfiguration()).takeOver();
            } catch (SQLException e) {
                throw new DatabaseStartFailed("The database does not answer while its tables are brought up to date.", e);
            }
            flyway.migrate();
            owner.take();
        };
    }

    /** No DATABASE_URL. */
    @Configuration(proxyBeanMethods = false)
    @Conditional(NoAddress.class)
    static class Embedded {

        private static final String SERVER = "io.zonky.test.db.postgres.embedded.EmbeddedPostgres";

        // the pool depends on it, so it is closed after the pool, and the pool after everything that stores
        @Bean(destroyMethod = "close")
        EmbeddedDatabase embeddedDatabase(RelaySettings settings) {
            if (!ClassUtils.isPresent(SERVER, null)) {
                throw new DatabaseStartFailed("DATABASE_URL is missing: this is the slim jar, which brings no PostgreSQL.");
            }
            return EmbeddedDatabase.start(Path.of(settings.dataDir()));
        }

        @Bean(destroyMethod = "close")
        @ConfigurationProperties("spring.datasource.hikari")
        HikariDataSource dataSource(EmbeddedDatabase database) {
            HikariDataSource pool = new HikariDataSource();
            pool.setJdbcUrl(database.jdbcUrl());
            pool.setUsername(database.user());
            pool.setPassword(database.password());
            return pool;
        }
    }

    /** DATABASE_URL is given: Spring Boot makes the pool, with the same settings. */
    @Configuration(proxyBeanMethods = false)
    @Conditional(HasAddress.class)
    static class External {

        External(@Value("${spring.datasource.url}") String url) {
            // what follows the question mark may hold a password
            LOG.info("Database: {}", url.split("\\?", 2)[0].replaceFirst("//[^/@]*@", "//"));
        }
    }

    static class HasAddress implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return StringUtils.hasText(context.getEnvironment().getProperty("spring.datasource.url"));
        }
    }

    static class NoAddress extends HasAddress {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return !super.matches(context, metadata);
        }
    }
}
