package dev.amorelay.security;

import dev.amorelay.settings.DoorSettings;
import dev.amorelay.settings.IngestSettings;
import dev.amorelay.settings.RelaySettings;
import dev.amorelay.settings.WebhookSettings;
import java.io.IOException;
import java.io.InputStream;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.autoconfigure.quartz.QuartzAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The security alone, with a door that answers what it read. No stereotype, so that the relay's own scan passes it over. */
@EnableAutoConfiguration(exclude = {DataSourceAutoConfiguration.class, FlywayAutoConfiguration.class, QuartzAutoConfiguration.class})
@EnableConfigurationProperties({RelaySettings.class, IngestSettings.class, WebhookSettings.class, DoorSettings.class})
@Import({AdminUser.class, DoorSecurity.class, HookSenders.class, ManagementSecurity.class, DoorFilters.class, BodyIntake.class,
        SecurityTestApplication.Echo.class})
class SecurityTestApplication {

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
