package dev.amorelay.park;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tells whether Telegram has signed something for this bot, and when. As Telegram says: the key is HMAC-SHA256 of the bot's
 * token under {@code WebAppData}; {@code hash} is the HMAC under that key of all other fields.
 */
public final class InitDataCheck {

    /** How far Telegram's clock and ours may differ. */
    static final Duration CLOCKS = Duration.ofSeconds(30);
    private static final String HMAC = "HmacSHA256";

    private final byte[] key;
    private final Clock clock;

    /**
     * @param botToken the token BotFather gave; without one nothing is believed
     * @param clock ours
     */
    public InitDataCheck(String botToken, Clock clock) {
        // with an empty token anybody could sign
        this.key = botToken == null || botToken.isBlank() ? null
                : hmac("WebAppData".getBytes(StandardCharsets.UTF_8), botToken.strip());
        this.clock = clock;
    }

    /**
     * Checks what somebody brings.
     *
     * @param raw a query string
     * @param oldest how long ago it may have been signed
     * @return what Telegram has signed
     * @throws NotSignedIn when it has not, or too long ago, or in the future
     */
    public InitData check(String raw, Duration oldest) {
        InitData data = InitData.read(raw);
        if (key == null) {
            throw NotSignedIn.unsigned("TELEGRAM_BOT_TOKEN is not set");
        }
        String told = data.fields().getOrDefault("hash", "");
        if (!told.matches("[0-9a-f]{64}") || !MessageDigest.isEqual(HexFormat.of().parseHex(told), hmac(key, data.signed()))) {
            throw NotSignedIn.unsigned("not signed by Telegram for this bot");
        }
        Duration age = Duration.between(data.signedAt(), Instant.now(clock));
        if (age.compareTo(CLOCKS.negated()) < 0) {
            throw NotSignedIn.unsigned("signed in the future");
        }
        if (age.compareTo(oldest) > 0) {
            throw NotSignedIn.stale();
        }
        return data;
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
