package dev.amorelay.settings;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;

/** Makes the settings available to every package. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({RelaySettings.class, IngestSettings.class, IngestLimits.class, CaptchaSettings.class, WebhookSettings.class,
        SmtpSettings.class, DoorSettings.class, RouteSettings.class, ParkSettings.class, MaintenanceSettings.class})
class SettingsConfiguration {
}
