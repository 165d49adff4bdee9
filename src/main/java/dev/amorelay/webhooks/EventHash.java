package dev.amorelay.webhooks;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What two deliveries of one event have in common: SHA-256 over account, entity type, action, entity id and the entity's own
 * fields in canonical order. Never over headers or the time of arrival, which differ between amoCRM's repeats. The same words
 * that are certainly no repeat make an event of their own, whose stored hash goes over this one and how often they were told
 * ({@code store_webhook_events} in the migrations).
 *
 * <p>Keys are sorted, arrays keep their order, and each text goes in with its length before it, so that neighbouring
 * fields cannot run together. The fields are taken as amoCRM sent them: what the relay adds to a payload
 * ({@code entity} of a note, {@code type} of an outgoing message, {@code details}) is not among them.
 */
public final class EventHash {

    private static final int PIECE = 16 * 1024;

    private EventHash() {
    }

    /**
     * The hash of an event.
     *
     * @param accountId amoCRM's number of the account, or null
     * @param entityType for example {@code lead}
     * @param action for example {@code status}
     * @param entityId or null
     * @param fields the entity's own decoded fields
     * @return 64 lower-case hexadecimal digits
     */
    public static String of(@Nullable Long accountId, String entityType, String action, @Nullable String entityId, JsonNode fields) {
        StringBuilder canonical = new StringBuilder(1024);
        text(canonical, accountId == null ? null : accountId.toString());
        text(canonical, entityType);
        text(canonical, action);
        text(canonical, entityId);
        node(canonical, fields);
        return sha256(canonical);
    }

    /**
     * The hash of a body that was not understood.
     *
     * @param raw the body as text
     * @return 64 lower-case hexadecimal digits
     */
    public static String ofRaw(String raw) {
        StringBuilder before = new StringBuilder(32);
        text(before, HookEvent.UNPARSED);
        before.append(raw.length()).append('=');
        return sha256(before, raw);
    }

    private static void node(StringBuilder canonical, JsonNode node) {
        if (node.isObject()) {
            List<String> keys = new ArrayList<>(node.size());
            node.fieldNames().forEachRemaining(keys::add);
            Collections.sort(keys);
            canonical.append('{').append(keys.size()).append(':');
            for (String key : keys) {
                text(canonical, key);
                node(canonical, node.get(key));
            }
        } else if (node.isArray()) {
            canonical.append('[').append(node.size()).append(':');
            for (JsonNode item : node) {
                node(canonical, item);
            }
        } else {
            text(canonical, node.isNull() || node.isMissingNode() ? null : node.asText());
        }
    }

    private static void text(StringBuilder canonical, String text) {
        if (text == null) {
            canonical.append('-');
        } else {
            canonical.append(text.length()).append('=').append(text);
        }
    }

    /** Piece by piece: a text of megabytes is not copied as a whole. */
    private static String sha256(CharSequence... texts) {
        MessageDigest digest = digest();
        for (CharSequence text : texts) {
            for (int begin = 0, end; begin < text.length(); begin = end) {
                end = Math.min(begin + PIECE, text.length());
                // the halves of a pair stay together
                end += end < text.length() && Character.isHighSurrogate(text.charAt(end - 1)) ? 1 : 0;
                digest.update(text.subSequence(begin, end).toString().getBytes(StandardCharsets.UTF_8));
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
