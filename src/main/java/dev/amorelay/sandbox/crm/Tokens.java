package dev.amorelay.sandbox.crm;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Codes and tokens that the account gave out. They are worth nothing outside the sandbox, so they lie as they are. */
public final class Tokens {

    /** The token that always works. */
    public static final String EVERLASTING = "sandbox";

    static final Duration CODE_LIFE = Duration.ofMinutes(20);
    static final Duration ACCESS_LIFE = Duration.ofHours(24);
    static final Duration REFRESH_LIFE = Duration.ofDays(90);

    private final JdbcTemplate jdbc;

    /** @param dataSource the relay's database */
    public Tokens(DataSource dataSource) {
        this.jdbc = new JdbcTemplate(dataSource);
    }

    /** What kind of thing a token is. */
    enum Kind { CODE, ACCESS, REFRESH }

    /** How far a presented token got. */
    enum Use { TAKEN, SPENT, EXPIRED, UNKNOWN }

    /**
     * A pair as the token call answers it.
     *
     * @param access lives 24 h
     * @param refresh lives 3 months, works once
     */
    record Pair(String access, String refresh) {
    }

    /** @return an authorization code: 20 minutes, one use */
    public String newCode(String redirectUri) {
        return issue(Kind.CODE, redirectUri, CODE_LIFE);
    }

    /** @return a new pair */
    Pair newPair(String redirectUri) {
        return new Pair(issue(Kind.ACCESS, redirectUri, ACCESS_LIFE), issue(Kind.REFRESH, redirectUri, REFRESH_LIFE));
    }

    /** Takes a code or refresh token: of many who try at once, one gets TAKEN and the others SPENT. */
    Use take(Kind kind, String token) {
        int taken = jdbc.update("UPDATE sandbox.tokens SET used_at = now()"
                + " WHERE token = ? AND kind = ? AND used_at IS NULL AND expires_at > now()", token, kind.name());
        if (taken == 1) {
            return Use.TAKEN;
        }
        List<Boolean> used = jdbc.queryForList("SELECT used_at IS NOT NULL FROM sandbox.tokens WHERE token = ? AND kind = ?",
                Boolean.class, token, kind.name());
        return used.isEmpty() ? Use.UNKNOWN : used.get(0) ? Use.SPENT : Use.EXPIRED;
    }

    /** @return the redirect address that the token was given for */
    Optional<String> redirectUri(Kind kind, String token) {
        return jdbc.queryForList("SELECT redirect_uri FROM sandbox.tokens WHERE token = ? AND kind = ?", String.class,
                token, kind.name()).stream().findFirst();
    }

    /** @return whether API calls with this token are let in */
    public boolean opens(String accessToken) {
        return EVERLASTING.equals(accessToken) || Boolean.TRUE.equals(jdbc.queryForObject(
                "SELECT EXISTS (SELECT FROM sandbox.tokens WHERE token = ? AND kind = ? AND expires_at > now())",
                Boolean.class, accessToken, Kind.ACCESS.name()));
    }

    /** Lets every access token expire now; refresh tokens stay. */
    public void expireAccess() {
        jdbc.update("UPDATE sandbox.tokens SET expires_at = now() WHERE kind = ?", Kind.ACCESS.name());
    }

    private String issue(Kind kind, String redirectUri, Duration life) {
        String token = "sbx-" + kind.name().toLowerCase(Locale.ROOT) + "-" + UUID.randomUUID();
        jdbc.update("INSERT INTO sandbox.tokens (token, kind, redirect_uri, expires_at)"
                + " VALUES (?, ?, ?, now() + make_interval(secs => ?))", token, kind.name(), redirectUri, (double) life.toSeconds());
        return token;
    }
}
