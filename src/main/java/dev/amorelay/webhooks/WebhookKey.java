package dev.amorelay.webhooks;

import dev.amorelay.settings.RelaySettings;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.springframework.stereotype.Component;

/** The secret last part of the webhook address: hooks are unsigned, so the address is all that protects them. */
@Component
public class WebhookKey {

    private static final List<String> DOORS = List.of("/webhook/amocrm", "/api/amocrm/webhook", "/amocrm");

    private final String key;

    /**
     * @param settings with the key, empty when the plain address works
     */
    public WebhookKey(RelaySettings settings) {
        this.key = settings.webhookKey() == null ? "" : settings.webhookKey();
    }

    /**
     * Whether a request came to the right address.
     *
     * @param path the request's path, for example {@code /webhook/amocrm/s3cret}
     * @return true for a door's address followed by the key; where no key is set, whatever follows the address
     */
    public boolean opens(@Header(Exchange.HTTP_PATH) String path) {
        if (key.isEmpty()) {
            return true;
        }
        for (String door : DOORS) {
            if (path.equals(door)) {
                return same("");
            }
            if (path.startsWith(door + "/")) {
                return same(path.substring(door.length() + 1));
            }
        }
        return false;
    }

    private boolean same(String given) {
        return MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), key.getBytes(StandardCharsets.UTF_8));
    }
}
