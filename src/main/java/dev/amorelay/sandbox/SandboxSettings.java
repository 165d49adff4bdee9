package dev.amorelay.sandbox;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.annotation.Profile;

/**
 * Settings of the sandbox; all have defaults that work.
 *
 * @param smtpPort port of the mail server on the loopback address; 0 = any free one
 * @param clientId the only integration that {@code oauth2/access_token} knows
 * @param clientSecret its secret
 * @param hookRetries pauses before the second, third, … delivery of a webhook; amoCRM's minutes made seconds
 */
@Profile("sandbox")
@ConfigurationProperties("sandbox")
public record SandboxSettings(
        @DefaultValue("3025") int smtpPort,
        @DefaultValue("00000000-0000-4000-8000-000000000001") String clientId,
        @DefaultValue("sandbox-secret") String clientSecret,
        @DefaultValue({"1s", "5s", "15s"}) List<Duration> hookRetries) {
}
