package dev.amorelay.settings;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The doors that take amoCRM's webhooks.
 *
 * @param maxBody longest request body; a longer one is answered with 413
 * @param allowedIps client addresses and networks that may post; empty = all
 */
@ConfigurationProperties("relay.webhooks")
public record WebhookSettings(@DefaultValue("2MB") DataSize maxBody, @DefaultValue List<String> allowedIps) {
}
