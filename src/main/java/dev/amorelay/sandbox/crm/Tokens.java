package dev.amorelay.sandbox.crm;

import dev.amorelay.sandbox.SandboxSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Codes and tokens that one account gave out. They are worth nothing outside the sandbox, so they lie as they are. */
public final class Tokens {

    /** The token that always works. */
    public static final String EVERLASTING = "sandbox";

    static final Duration CODE_LIFE = Duration.ofMinutes(20);
    static final Duration REFRESH_LIFE = Duration.ofDays(90);

    private final JdbcTemplate jdbc;
    private final String account;
    private final Duration accessLife;
    private final boolean isStrict;
    private final LongAdder refreshes = new LongAdder();

    /** The tokens of {@code account}. */
    public Tokens(DataSource dataSource, String account, SandboxSettings settings) {
        this.jdbc = new JdbcTemplate(dataSource);
        this.account = account;
        this.accessLife = Duration.ofSeconds(settings.accessTokenSeconds());
        this.isStrict = settings.oldRefreshToken() == SandboxSettings.OldRefreshToken.STRICT;
    }

    /** What kind of thing a token is. */
    enum Kind { CODE, ACCESS, REFRESH }

    /** How far a presented token got. */
    enum Use { TAKEN, SPENT, EXPIRED, UNKNOWN }

    /**
     * A pair as the token call answers it.
     *
     * @param access lives {@link #accessLife()}
     * @param refresh lives 3 months
     */
    record Pair(String access, String refresh) {
    }

    Duration accessLife() {
        return accessLife;
    }

    /** @return an authorization code: 20 minutes, one use */
    public String newCode(String redirectUri) {
        return issue(Kind.CODE, TokenText.code(), redirectUri, null, CODE_LIFE);
    }

    /** Gives out a new pair; {@code parent} is the refresh token that it is for, null for a code's first pair. */
    Pair newPair(String access, String redirectUri, String parent) {
        return new Pair(issue(Kind.ACCESS, access, redirectUri, parent, accessLife),
                issue(Kind.REFRESH, TokenText.refresh(), redirectUri, parent, REFRESH_LIFE));
    }

    /** Takes a code: of many who try at once, one gets TAKEN and the others SPENT. */
    Use takeCode(String code) {
        return take(Kind.CODE, code, " AND used_at IS NULL");
    }

    /**
     * Takes a refresh token. Where the setting is strict it works once. Else it works until one of the tokens that were
     * given for it is first used: an answer that got lost can be asked for again (facts §1.1, statement b).
     */
    Use takeRefresh(String token) {
        Use use = take(Kind.REFRESH, token, isStrict ? " AND used_at IS NULL" : " AND closed_at IS NULL");
        if (use == Use.TAKEN) {
            refreshes.increment();
            closeParent(token);
        }
        return use;
    }

    private Use take(Kind kind, String token, String free) {
        int taken = jdbc.update("UPDATE sandbox.tokens SET used_at = now() WHERE account = ? AND token = ? AND kind = ?"
                + " AND expires_at > now()" + free, account, token, kind.name());
        if (taken == 1) {
            return Use.TAKEN;
        }
        List<Boolean> used = jdbc.queryForList("SELECT used_at IS NOT NULL FROM sandbox.tokens"
                + " WHERE account = ? AND token = ? AND kind = ?", Boolean.class, account, token, kind.name());
        return used.isEmpty() ? Use.UNKNOWN : used.get(0) ? Use.SPENT : Use.EXPIRED;
    }

    /** @return the redirect address that the token was given for */
    Optional<String> redirectUri(Kind kind, String token) {
        return jdbc.queryForList("SELECT redirect_uri FROM sandbox.tokens WHERE account = ? AND token = ? AND kind = ?",
                String.class, account, token, kind.name()).stream().findFirst();
    }

    /** @return whether this is a refresh token of the account, spent or not */
    public boolean knows(String refreshToken) {
        return redirectUri(Kind.REFRESH, refreshToken).isPresent();
    }

    /** @return whether API calls with this token are let in */
    public boolean opens(String accessToken) {
        if (EVERLASTING.equals(accessToken)) {
            return true;
        }
        List<Map<String, Object>> found = jdbc.queryForList("SELECT used_at FROM sandbox.tokens"
                + " WHERE account = ? AND token = ? AND kind = ? AND expires_at > now()", account, accessToken, Kind.ACCESS.name());
        if (!found.isEmpty() && found.get(0).get("used_at") == null) {
            jdbc.update("UPDATE sandbox.tokens SET used_at = now() WHERE token = ?", accessToken);
            closeParent(accessToken);
        }
        return !found.isEmpty();
    }

    private void closeParent(String token) {
        jdbc.update("UPDATE sandbox.tokens SET closed_at = now() WHERE closed_at IS NULL"
                + " AND token = (SELECT parent FROM sandbox.tokens WHERE token = ?)", token);
    }

    /** Lets every access token expire now; refresh tokens stay. */
    public void expireAccess() {
        jdbc.update("UPDATE sandbox.tokens SET expires_at = now() WHERE account = ? AND kind = ?", account, Kind.ACCESS.name());
    }

    /** @return how many refreshes gave a new pair, since the start or the last reset */
    public long refreshes() {
        return refreshes.sum();
    }

    /** Counts refreshes from nothing. */
    public void resetRefreshes() {
        refreshes.reset();
    }

    private String issue(Kind kind, String token, String redirectUri, String parent, Duration life) {
        jdbc.update("INSERT INTO sandbox.tokens (account, token, kind, redirect_uri, parent, expires_at)"
                + " VALUES (?, ?, ?, ?, ?, now() + make_interval(secs => ?))", account, token, kind.name(), redirectUri, parent,
                (double) life.toSeconds());
        return token;
    }
}
