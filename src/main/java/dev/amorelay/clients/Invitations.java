package dev.amorelay.clients;

import dev.amorelay.settings.ParkSettings;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * One-time links that bring a person in Telegram to a client, or one of the supplier's own engineers to the supplier. The
 * table knows only the hash of what a link carries: who reads the table can use none.
 */
@Component
public class Invitations {

    private static final Logger LOG = LoggerFactory.getLogger(Invitations.class);
    private static final int TOKEN_BYTES = 24;
    /** What the Mini App's link carries: {@code https://t.me/<bot>/<app>?startapp=inv_<token>}. */
    private static final String START = "?startapp=inv_";

    private final JdbcTemplate jdbc;
    private final ParkSettings settings;
    private final SecureRandom random = new SecureRandom();

    /**
     * @param jdbc the relay's database
     * @param settings the Mini App's link, and how long an invitation can be used
     */
    public Invitations(JdbcTemplate jdbc, ParkSettings settings) {
        this.jdbc = jdbc;
        this.settings = settings;
    }

    /**
     * Whom an invitation is for.
     *
     * @param client the client; null for the supplier's own engineers
     * @param role director, engineer or procurement
     * @param staff whether it makes the person one of the supplier's own engineers
     * @param account amoCRM's number of the account whose deal's note holds the link; null for none
     * @param deal that deal; null for none
     */
    public record Guest(@Nullable UUID client, String role, boolean staff, @Nullable Long account, @Nullable String deal) {
    }

    /**
     * An invitation that was made.
     *
     * @param link to be given to the person; a secret
     * @param expires when it can no longer be used
     */
    public record Made(String link, Instant expires) {
    }

    /** What became of an invitation. */
    public enum Use { ACCEPTED, UNKNOWN, USED_UP }

    /** @return whether the Mini App's link is known, without which nobody can be invited */
    public boolean arePossible() {
        return !settings.miniAppUrl().isBlank();
    }

    /**
     * Makes an invitation, in the caller's commit where there is one.
     *
     * @param guest whom it is for
     * @return the link; nobody can tell it again
     */
    public Made invite(Guest guest) {
        byte[] secret = new byte[TOKEN_BYTES];
        random.nextBytes(secret);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        Instant expires = Instant.now().plus(Duration.ofDays(settings.invitationDays()));
        jdbc.update("""
                INSERT INTO invitations (token_hash, client_id, role, staff, account_id, amocrm_deal_id, expires_at)
                VALUES (?, ?, ?, ?, ?, ?, ?)""", hash(token), guest.client(), guest.role(), guest.staff(), guest.account(), guest.deal(),
                Timestamp.from(expires));
        return new Made(settings.miniAppUrl().strip() + START + token, expires);
    }

    /**
     * Uses an invitation: one person, once, in one commit. The same person may come again with it, since the answer to the
     * first time may have been lost. Somebody who belongs to another client moves: the invitation is the manager's word.
     *
     * @param token what the link carries
     * @param telegramId Telegram's id of the person, who is signed in
     * @return whether the person is linked now
     */
    @Transactional
    public Use use(String token, long telegramId) {
        // of two who come at once the second waits here for the first, and finds it used
        List<Map<String, Object>> fresh = jdbc.queryForList("""
                UPDATE invitations SET used_at = now(), used_by = ?
                WHERE token_hash = ? AND used_at IS NULL AND expires_at > now()
                RETURNING client_id, role, staff""", telegramId, hash(token));
        if (fresh.isEmpty()) {
            return again(token, telegramId);
        }
        Map<String, Object> guest = fresh.get(0);
        UUID client = (UUID) guest.get("client_id");
        UUID before = jdbc.queryForList("SELECT client_id FROM telegram_users WHERE tg_id = ? AND client_id IS NOT NULL FOR UPDATE",
                UUID.class, telegramId).stream().findFirst().orElse(null);
        jdbc.update("""
                UPDATE telegram_users SET client_id = coalesce(?, client_id), role = ?, staff = staff OR ?, linked_by = 'invitation',
                       linked_at = now(), is_verified = true
                WHERE tg_id = ?""", client, guest.get("role"), guest.get("staff"), telegramId);
        if (before != null && client != null && !before.equals(client)) {
            LOG.info("a person in Telegram has moved from client {} to client {} by invitation", before, client);
        }
        return Use.ACCEPTED;
    }

    private Use again(String token, long telegramId) {
        Optional<Boolean> own = jdbc.query("SELECT used_by = ? AS own FROM invitations WHERE token_hash = ?",
                (row, number) -> row.getBoolean("own"), telegramId, hash(token)).stream().findFirst();
        return own.map(isOwn -> isOwn ? Use.ACCEPTED : Use.USED_UP).orElse(Use.UNKNOWN);
    }

    private static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
