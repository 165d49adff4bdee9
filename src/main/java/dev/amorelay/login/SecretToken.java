package dev.amorelay.login;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/** What a cookie holds: 256 random bits, of which the database knows a hash. */
final class SecretToken {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 32;

    private SecretToken() {
    }

    /** @return 43 letters, digits, {@code -} and {@code _} */
    static String make() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** @return whether a text can be one at all: what cannot costs no look into the database */
    static boolean isOne(String text) {
        return text != null && text.matches("[A-Za-z0-9_-]{43}");
    }

    /** @return SHA-256; so many random bits need no slow hash */
    static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
