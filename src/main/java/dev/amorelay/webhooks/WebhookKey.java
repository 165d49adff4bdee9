package dev.amorelay.webhooks;

import dev.amorelay.settings.AccountSettings;
import dev.amorelay.settings.RelaySettings;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.springframework.stereotype.Component;

/**
 * The secret last part of the webhook address: hooks are unsigned, so the address is all that protects them.
 * An account may have a key of its own, which also tells whose hook it is.
 */
@Component
public class WebhookKey {

    /** Where webhooks come in; each also followed by a slash and a key. */
    public static final List<String> DOORS = List.of("/webhook/amocrm", "/api/amocrm/webhook", "/amocrm");

    private final boolean plainWorks;
    private final List<String> keys;

    /**
     * @param settings with the keys; without one for the default account the plain address works
     */
    public WebhookKey(RelaySettings settings) {
        this.plainWorks = settings.webhookKey() == null || settings.webhookKey().isBlank();
        this.keys = Stream.concat(Stream.of(settings.webhookKey() == null ? "" : settings.webhookKey()),
                        settings.accounts().values().stream().map(AccountSettings::webhookKey))
                .filter(key -> key != null && !key.isBlank()).toList();
    }

    /**
     * Whether a request came to the right address.
     *
     * @param path the request's path, for example {@code /webhook/amocrm/s3cret}
     * @return true for a door's address followed by a key; where the default account has none, whatever follows the address
     */
    public boolean opens(@Header(Exchange.HTTP_PATH) String path) {
        boolean opens = plainWorks;
        for (String key : keys) {
            opens |= MessageDigest.isEqual(bytes(in(path)), bytes(key));
        }
        return opens;
    }

    /**
     * What follows the door's address.
     *
     * @param path the request's path
     * @return the key that was given; empty for none
     */
    public String in(@Header(Exchange.HTTP_PATH) String path) {
        return DOORS.stream().filter(door -> path.startsWith(door + "/"))
                .map(door -> path.substring(door.length() + 1)).findFirst().orElse("");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
