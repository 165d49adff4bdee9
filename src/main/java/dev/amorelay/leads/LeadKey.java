package dev.amorelay.leads;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What makes a repeated post the same lead. */
@Component
public class LeadKey {

    /**
     * Makes the key of a post.
     *
     * @param idempotencyKeyHeader the caller's {@code Idempotency-Key}; null or blank when there is none
     * @param body the bytes as they came
     * @param client who posted: an address; null when unknown
     * @param person whom the lead names, by phone, e-mail or Telegram: a caller that uses one key for everybody loses nobody
     * @return SHA-256, hex: of header and person, where there is a header, else of client and body. A header never
     *     gives the key of a body
     */
    public String of(@Nullable String idempotencyKeyHeader, byte[] body, @Nullable String client, String person) {
        MessageDigest digest = sha256();
        if (idempotencyKeyHeader != null && !idempotencyKeyHeader.isBlank()) {
            part(digest, "header");
            part(digest, idempotencyKeyHeader.strip());
            part(digest, person);
        } else {
            part(digest, "body");
            part(digest, client == null ? "" : client.strip());
            digest.update(body);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Its length goes before each part, so that no two lists of parts read alike. */
    private static void part(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
