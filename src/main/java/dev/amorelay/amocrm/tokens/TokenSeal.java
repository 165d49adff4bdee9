package dev.amorelay.amocrm.tokens;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Encrypts tokens for the database: AES-256-GCM, a random nonce each time. */
final class TokenSeal {

    private static final String VERSION = "v1:";
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SecretKeySpec key;

    /**
     * @param clientSecret the integration's secret, of which the key is made
     */
    TokenSeal(String clientSecret) {
        this.key = new SecretKeySpec(SecretKeys.derive(clientSecret, "oauth tokens v1"), "AES");
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
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, place).doFinal(token.getBytes(StandardCharsets.UTF_8));
            byte[] whole = Arrays.copyOf(nonce, NONCE + sealed.length);
            System.arraycopy(sealed, 0, whole, NONCE, sealed.length);
            return VERSION + Base64.getEncoder().encodeToString(whole);
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
        if (!sealed.startsWith(VERSION)) {
            return Optional.empty();
        }
        try {
            byte[] whole = Base64.getDecoder().decode(sealed.substring(VERSION.length()));
            if (whole.length <= NONCE) {
                return Optional.empty();
            }
            byte[] token = cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(whole, NONCE), place)
                    .doFinal(whole, NONCE, whole.length - NONCE);
            return Optional.of(new String(token, StandardCharsets.UTF_8));
        } catch (AEADBadTagException | IllegalArgumentException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String place) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
