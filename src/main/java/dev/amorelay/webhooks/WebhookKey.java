package dev.amorelay.webhooks;

import dev.amorelay.doors.DoorKey;
import dev.amorelay.settings.AccountSettings;
import dev.amorelay.settings.RelaySettings;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.springframework.stereotype.Component;

/**
 * The secret last part of the webhook address: hooks are unsigned, so the address is all that protects them.
 * An account may have a key of its own, which also tells whose hook it is.
 */
@Component
public class WebhookKey implements DoorKey {

    /** Where webhooks come in; each also followed by a slash and a key. */
    public static final List<String> DOORS = List.of("/webhook/amocrm", "/api/amocrm/webhook", "/amocrm");

    /** Where a flow beside us hands events on, also followed by a slash and a key; below one of {@link #DOORS}, so it is looked for first. */
    private static final String RELAYED = "/amocrm/process-webhook";

    private final boolean plainWorks;
    private final List<byte[]> keys;

    /**
     * @param settings with the keys; without one for the default account the plain address works
     */
    public WebhookKey(RelaySettings settings) {
        this.plainWorks = settings.webhookKey() == null || settings.webhookKey().isBlank();
        this.keys = Stream.concat(Stream.of(settings.webhookKey() == null ? "" : settings.webhookKey()),
                        settings.accounts().values().stream().map(AccountSettings::webhookKey))
                .filter(key -> key != null && !key.isBlank()).map(WebhookKey::bytes).toList();
    }

    /**
     * Notes what a request's address says: variable {@code key}, what follows the door's address, empty for nothing. Whether it is one of
     * ours is asked before the body is read, long before a flow begins.
     *
     * @param request the request
     */
    public void read(Exchange request) {
        request.setVariable("key", in(request.getMessage().getHeader(Exchange.HTTP_PATH, String.class)));
    }

    @Override
    public boolean opens(String address) {
        return fits(in(address));
    }

    /** All keys are compared, each in constant time. */
    boolean fits(String given) {
        boolean opens = plainWorks;
        for (byte[] key : keys) {
            opens |= MessageDigest.isEqual(bytes(given), key);
        }
        return opens;
    }

    static String in(String path) {
        if (path.equals(RELAYED) || path.startsWith(RELAYED + "/")) {
            return path.length() == RELAYED.length() ? "" : path.substring(RELAYED.length() + 1);
        }
        for (String door : DOORS) {
            if (path.length() > door.length() && path.charAt(door.length()) == '/' && path.startsWith(door)) {
                return path.substring(door.length() + 1);
            }
        }
        return "";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
