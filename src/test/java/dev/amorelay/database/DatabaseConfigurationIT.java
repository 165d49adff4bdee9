package dev.amorelay.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.amorelay.settings.RelaySettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcClientAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcTemplateAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The pool as the application gets it, with every migration run. */
class DatabaseConfigurationIT {

    @TempDir
    Path dataDir;

    private ApplicationContextRunner application() {
        return new ApplicationContextRunner()
                .withInitializer(new ConfigDataApplicationContextInitializer())
                .withPropertyValues("relay.data-dir=" + dataDir)
                .withUserConfiguration(DatabaseConfiguration.class, Settings.class)
                .withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class, FlywayAutoConfiguration.class,
                        JdbcTemplateAutoConfiguration.class, JdbcClientAutoConfiguration.class));
    }

    @Test
    void startsTheServerInsideWithTheConfiguredPool() {
        TemplateDatabase.copyTo(dataDir);
        application().run(context -> {
            HikariDataSource pool = context.getBean(HikariDataSource.class);
            assertThat(pool.getMaximumPoolSize()).isEqualTo(20);
            assertThat(pool.getConnectionTimeout()).isEqualTo(1200);
            assertThat(pool.getKeepaliveTime()).isEqualTo(60_000);
            assertThat(pool.isAutoCommit()).isTrue();
            JdbcClient database = context.getBean(JdbcClient.class);
            StringWriter trace = new StringWriter();
            assertThatThrownBy(() -> context.getBean(JdbcTemplate.class).batchUpdate(
                    "INSERT INTO telegram_users (tg_id, company_name, role) VALUES (?, ?, 'nobody')",
                    List.<Object[]>of(new Object[] {1L, "Иванов"})))
                    .satisfies(error -> error.printStackTrace(new PrintWriter(trace)));
            assertThat(trace.toString()).contains("telegram_users_role_check").doesNotContain("Иванов");
            assertThat(database.sql("SHOW application_name").query(String.class).single()).isEqualTo("amo-relay");
            assertThat(database.sql("SELECT count(*) FROM information_schema.tables WHERE table_name LIKE 'qrtz\\_%'")
                    .query(Integer.class).single()).isEqualTo(11);
        });
        assertThat(dataDir.resolve("postgres/postmaster.pid")).as("the server is stopped with the application").doesNotExist();
    }

    @Test
    void theSlimJarNeedsAnAddress() {
        application().withClassLoader(new FilteredClassLoader(EmbeddedPostgres.class)).run(context -> assertThat(context).getFailure()
                .hasRootCauseInstanceOf(DatabaseStartFailed.class).rootCause().hasMessageStartingWith("DATABASE_URL is missing"));
        assertThat(dataDir.resolve("postgres")).doesNotExist();
    }

    @Test
    void usesTheServerThatIsNamed() throws IOException {
        try (EmbeddedDatabase other = EmbeddedDatabase.start(TemplateDatabase.directory())) {
            application().withPropertyValues("spring.datasource.url=" + other.jdbcUrl(), "spring.datasource.username=" + other.user(),
                    "spring.datasource.password=" + other.password()).run(context -> {
                        assertThat(context).doesNotHaveBean(EmbeddedDatabase.class);
                        assertThat(context.getBean(HikariDataSource.class).getMaximumPoolSize()).isEqualTo(20);
                        assertThat(context.getBean(JdbcClient.class).sql("SHOW port").query(String.class).single())
                                .isEqualTo(other.jdbcUrl().replaceAll(".*:(\\d+)/.*", "$1"));
                    });
        }
        assertThat(dataDir.resolve("postgres")).doesNotExist();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(RelaySettings.class)
    static class Settings {
    }
}
