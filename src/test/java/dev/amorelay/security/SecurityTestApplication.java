package dev.amorelay.security;

import com.zaxxer.hikari.HikariDataSource;
import dev.amorelay.database.EmbeddedDatabase;
import dev.amorelay.database.TemplateDatabase;
import dev.amorelay.doors.DoorHold;
import dev.amorelay.doors.OwnDoors;
import dev.amorelay.login.AdminHash;
import dev.amorelay.login.DeviceRepository;
import dev.amorelay.login.PeopleRepository;
import dev.amorelay.login.SessionRepository;
import dev.amorelay.settings.DoorSettings;
import dev.amorelay.settings.IngestSettings;
import dev.amorelay.settings.RelaySettings;
import dev.amorelay.settings.WebhookSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.autoconfigure.quartz.QuartzAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.util.ReflectionTestUtils;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The security and who may log in, with a door that answers what it read. No stereotype, so that the relay's own scan passes it over. */
@EnableAutoConfiguration(exclude = {DataSourceAutoConfiguration.class, FlywayAutoConfiguration.class, QuartzAutoConfiguration.class})
@EnableConfigurationProperties({RelaySettings.class, IngestSettings.class, WebhookSettings.class, DoorSettings.class})
@Import({AdminUser.class, AdminHash.class, DoorSecurity.class, HookSenders.class, ManagementSecurity.class, DoorFilters.class,
        BodyIntake.class, ForwardedAddress.class, LoginCookies.class, LoginSessions.class, PeopleRepository.class, SessionRepository.class, DeviceRepository.class,
        DoorHold.class, OwnDoors.class, SecurityTestApplication.Echo.class})
class SecurityTestApplication {

    private static EmbeddedDatabase database;

    /** One for all contexts of these tests; it goes with the process. */
    private static synchronized EmbeddedDatabase database() {
        if (database == null) {
            database = EmbeddedDatabase.start(TemplateDatabase.directory());
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                try {
                    database.close();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }));
        }
        return database;
    }

    /** All tests come from one address, and none of them waits for what the one before has guessed. */
    static void noGuessesYet(LoginThrottle throttle) {
        ((Map<?, ?>) ReflectionTestUtils.getField(throttle, "paidOff")).clear();
    }

    @Bean(destroyMethod = "close")
    HikariDataSource dataSource() {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(database().jdbcUrl());
        pool.setUsername(database().user());
        pool.setPassword(database().password());
        pool.setMaximumPoolSize(4);
        return pool;
    }

    /** Answers with the body, byte for byte, unless a filter ate it. */
    @TestComponent
    @RestController
    static class Echo {

        @RequestMapping({"/ingest/**", "/api/**", "/webhook/**", "/amocrm/**", "/console/**", "/sandbox/**", "/health", "/other"})
        byte[] echo(InputStream body) throws IOException {
            return body.readAllBytes();
        }
    }
}
