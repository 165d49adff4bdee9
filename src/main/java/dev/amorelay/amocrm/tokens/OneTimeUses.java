package dev.amorelay.amocrm.tokens;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Remembers, for all nodes, what was used and must not count again. */
@Component
class OneTimeUses {

    private final JdbcTemplate jdbc;

    OneTimeUses(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** What counts once. */
    enum Kind {

        CODE("oauth-code"), STATE("oauth-state"), UNINSTALL("uninstall-notice");

        private final String text;

        Kind(String text) {
            this.text = text;
        }
    }

    /**
     * Uses something up.
     *
     * @param kind what it is
     * @param value the thing itself, of which a hash is kept
     * @return whether this is the first time; of several who ask at once one is told so
     */
    boolean claim(Kind kind, String value) {
        return jdbc.update("INSERT INTO one_time_uses (kind, hash) VALUES (?, ?) ON CONFLICT DO NOTHING", kind.text, hash(value)) == 1;
    }

    /** Gives back what was claimed and certainly not used. */
    void release(Kind kind, String value) {
        jdbc.update("DELETE FROM one_time_uses WHERE kind = ? AND hash = ?", kind.text, hash(value));
    }

    /** @return whether it was claimed before */
    boolean isUsed(Kind kind, String value) {
        return Boolean.TRUE.equals(jdbc.queryForObject("SELECT EXISTS (SELECT FROM one_time_uses WHERE kind = ? AND hash = ?)", Boolean.class,
                kind.text, hash(value)));
    }

    private static byte[] hash(String value) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
