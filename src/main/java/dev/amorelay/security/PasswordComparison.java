package dev.amorelay.security;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * bcrypt takes a tenth of a second of a core on purpose, and a guesser may ask for it as often as for anything: few are worked out at
 * once, and the others wait, so that the doors keep their cores. A program that brings its right password with each request is
 * compared once in five minutes.
 */
class PasswordComparison implements PasswordEncoder {

    private static final Duration REMEMBERED = Duration.ofMinutes(5);
    private static final int MOST_REMEMBERED = 100;
    /** bcrypt reads no more, and would take a longer password for equal with its beginning. */
    private static final int MOST_BYTES = 72;
    private static final String HMAC = "HmacSHA256";

    private final PasswordEncoder bcrypt;
    private final Semaphore room;
    private final Duration patience;
    private final Clock clock;
    private final SecretKeySpec key;
    private final Map<String, Instant> right = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    /**
     * @param bcrypt the slow one
     * @param atOnce how many are worked out at the same time
     * @param patience how long one waits for that
     */
    PasswordComparison(PasswordEncoder bcrypt, int atOnce, Duration patience, Clock clock) {
        this.bcrypt = bcrypt;
        this.room = new Semaphore(atOnce, true);
        this.patience = patience;
        this.clock = clock;
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        this.key = new SecretKeySpec(random, HMAC);
    }

    @Override
    public String encode(CharSequence password) {
        return bcrypt.encode(password);
    }

    /** @throws LoginBusy when its turn does not come in time */
    @Override
    public boolean matches(CharSequence password, String hash) {
        if (password == null || password.toString().getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            return false;
        }
        String print = print(password + "\n" + hash);
        if (isRemembered(print)) {
            return true;
        }
        boolean matches = worked(password, hash);
        if (matches) {
            synchronized (right) {
                right.put(print, clock.instant().plus(REMEMBERED));
            }
        }
        return matches;
    }

    private boolean worked(CharSequence password, String hash) {
        try {
            if (!room.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new LoginBusy();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LoginBusy();
        }
        try {
            return bcrypt.matches(password, hash);
        } finally {
            room.release();
        }
    }

    private boolean isRemembered(String print) {
        synchronized (right) {
            Instant until = right.get(print);
            if (until != null && !until.isAfter(clock.instant())) {
                right.remove(print);
                return false;
            }
            return until != null;
        }
    }

    /** Under a key that nobody knows and no restart survives: neither a dump of the memory nor a log tells a password by it. */
    private String print(String text) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
