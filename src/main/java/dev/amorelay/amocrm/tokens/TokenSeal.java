package dev.amorelay.amocrm.tokens;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts tokens for the database: AES-256-GCM, a random nonce each time. By the first of the relay's own keys (RELAY_TOKEN_KEYS),
 * where there are any, else by one made of the integration's secret; opened by any of them.
 */
final class TokenSeal {

    private static final String BY_CLIENT_SECRET = "v1:";
    private static final String BY_OWN_KEY = "v2:";
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SecretKeySpec ofClientSecret;
    private final List<SecretKeySpec> own;

    /**
     * @param clientSecret the integration's secret, of which the key is made
     */
    TokenSeal(String clientSecret) {
        this(clientSecret, List.of());
    }

    /**
     * @param clientSecret the integration's secret
     * @param ownKeys the relay's own keys, the newest first; empty = the one made of the integration's secret
     */
    TokenSeal(String clientSecret, List<String> ownKeys) {
        this.ofClientSecret = new SecretKeySpec(SecretKeys.derive(clientSecret, "oauth tokens v1"), "AES");
        this.own = ownKeys.stream().map(key -> new SecretKeySpec(SecretKeys.derive(key, "oauth tokens v2"), "AES")).toList();
    }

    /**
     * Encrypts.
     *
     * @param token in plain
     * @param place where it is stored, for example {@code default/access}; it opens only there
     * @return text for the database
     */
    String seal(String token, String place) {
        byte[] nonce = new byte[NONCE];
        RANDOM.nextBytes(nonce);
        SecretKeySpec key = own.isEmpty() ? ofClientSecret : own.get(0);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key, nonce, place).doFinal(token.getBytes(StandardCharsets.UTF_8));
            byte[] whole = Arrays.copyOf(nonce, NONCE + sealed.length);
            System.arraycopy(sealed, 0, whole, NONCE, sealed.length);
            return (own.isEmpty() ? BY_CLIENT_SECRET : BY_OWN_KEY) + Base64.getEncoder().encodeToString(whole);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Decrypts.
     *
     * @param sealed text from the database
     * @param place where it was stored
     * @return the token; empty when it was sealed with another secret, for another place, or was changed
     */
    Optional<String> open(String sealed, String place) {
        List<SecretKeySpec> keys = sealed.startsWith(BY_OWN_KEY) ? own : sealed.startsWith(BY_CLIENT_SECRET) ? List.of(ofClientSecret) : List.of();
        return keys.stream().map(key -> open(key, sealed.substring(BY_OWN_KEY.length()), place)).flatMap(Optional::stream).findFirst();
    }

    /** @return whether it is sealed as {@link #seal} would do it now */
    boolean isCurrent(String sealed, String place) {
        return own.isEmpty() ? sealed.startsWith(BY_CLIENT_SECRET)
                : sealed.startsWith(BY_OWN_KEY) && open(own.get(0), sealed.substring(BY_OWN_KEY.length()), place).isPresent();
    }

    private static Optional<String> open(SecretKeySpec key, String sealed, String place) {
        try {
            byte[] whole = Base64.getDecoder().decode(sealed);
            if (whole.length <= NONCE) {
                return Optional.empty();
            }
            byte[] token = cipher(Cipher.DECRYPT_MODE, key, Arrays.copyOf(whole, NONCE), place).doFinal(whole, NONCE, whole.length - NONCE);
            return Optional.of(new String(token, StandardCharsets.UTF_8));
        } catch (AEADBadTagException | IllegalArgumentException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Cipher cipher(int mode, SecretKeySpec key, byte[] nonce, String place) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
