package dev.amorelay.amocrm.tokens;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keys made of the integration's client secret (HKDF-SHA256, RFC 5869). So there is no further secret to keep, and
 * none to lose: whoever has the client secret can use the tokens anyway, and a new client secret revokes all
 * tokens at amoCRM's side, so what cannot be read any more is worth nothing any more. The client secret is long and
 * random, hence no slow derivation as for passwords.
 */
final class SecretKeys {

    private static final String HMAC = "HmacSHA256";
    private static final byte[] SALT = "dev.amorelay".getBytes(StandardCharsets.UTF_8);

    private SecretKeys() {
    }

    /**
     * A key for one purpose.
     *
     * @param clientSecret the integration's secret
     * @param purpose what it is for: another purpose gives an unrelated key
     * @return 32 bytes
     */
    static byte[] derive(String clientSecret, String purpose) {
        byte[] extracted = hmac(SALT, clientSecret.getBytes(StandardCharsets.UTF_8));
        byte[] info = purpose.getBytes(StandardCharsets.UTF_8);
        byte[] block = Arrays.copyOf(info, info.length + 1);
        block[info.length] = 1;
        return hmac(extracted, block);
    }

    /** @return HMAC-SHA256 */
    static byte[] hmac(byte[] key, byte[] message) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
