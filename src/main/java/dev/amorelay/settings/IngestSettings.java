package dev.amorelay.settings;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The doors that take leads.
 *
 * @param maxBody longest request body; a longer one is answered with 413
 * @param maxPhoto longest photo of a service request; Telegram takes 10 MB
 * @param corsOrigins sites whose pages may post leads from a browser, like {@code https://example.com}; empty = none
 */
@ConfigurationProperties("relay.ingest")
public record IngestSettings(@DefaultValue("1MB") DataSize maxBody, @DefaultValue("10MB") DataSize maxPhoto,
                             @DefaultValue List<String> corsOrigins) {
}
