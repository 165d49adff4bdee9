package dev.amorelay.login;

import dev.amorelay.settings.RelaySettings;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;

/**
 * The hash of {@code RELAY_ADMIN_PASSWORD}. It takes a tenth of a second of a core on purpose, so it is worked out once, when
 * somebody asks for it, and an earlier start's is taken over.
 */
@Component
public class AdminHash {

    private final BCryptPasswordEncoder bcrypt = new BCryptPasswordEncoder();
    private final @Nullable String password;
    private @Nullable String hash;

    /** @param settings with the password; without one there is no admin */
    public AdminHash(RelaySettings settings) {
        this.password = StringUtils.hasText(settings.adminPassword()) ? settings.adminPassword().trim() : null;
    }

    /** Whether there is an admin. */
    boolean isSet() {
        return password != null;
    }

    /** @return bcrypt's, 60 characters; null without a password */
    public synchronized @Nullable String value() {
        if (hash == null && password != null) {
            hash = bcrypt.encode(password);
        }
        return hash;
    }

    /**
     * Takes over the hash of an earlier start, if it is the same password's.
     *
     * @param earlier bcrypt's
     * @return whether it is
     */
    synchronized boolean isThatOf(String earlier) {
        boolean same = password != null && bcrypt.matches(password, earlier);
        if (same) {
            hash = earlier;
        }
        return same;
    }
}
