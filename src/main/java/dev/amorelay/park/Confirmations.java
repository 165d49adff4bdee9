package dev.amorelay.park;

import dev.amorelay.delivery.FlowEvents;
import dev.amorelay.settings.RelaySettings;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Proofs anew of who is at the door, where the init data are old: desktop and Apple clients keep them, and opening the Mini App once more
 * brings the same. The bot sends a code into the person's own chat, or Telegram signs the person's contact anew; either counts once, and
 * the page shows a ticket of its own from then on.
 */
@Component
public class Confirmations {

    private static final Duration LIFE = Duration.ofMinutes(10);
    private static final int MOST_TRIES = 5;
    private static final int MOST_AN_HOUR = 5;
    /** Somebody who has stolen init data may guess for as long as they count: of a million codes that is one chance in 1,600. */
    private static final int MOST_TRIES_A_DAY = 20;
    private static final int CODES = 1_000_000;
    private static final String HMAC = "HmacSHA256";

    private final JdbcTemplate jdbc;
    private final FlowEvents events;
    private final String botToken;

    /**
     * @param jdbc the relay's database
     * @param events tells the flow that sends codes
     * @param relay with the bot's token, without which nobody can make a code
     */
    public Confirmations(JdbcTemplate jdbc, FlowEvents events, RelaySettings relay) {
        this.jdbc = jdbc;
        this.events = events;
        this.botToken = relay.telegram().botToken();
    }

    /**
     * Whether somebody has proved lately who it is.
     *
     * @param person Telegram's id
     * @param ticket what the page shows; null for none
     * @param oldest how long ago it may have been
     * @return whether that ticket was confirmed since
     */
    boolean isConfirmed(long person, @Nullable String ticket, Duration oldest) {
        return ticket != null && !ticket.isBlank() && Boolean.TRUE.equals(jdbc.queryForObject("""
                SELECT EXISTS (SELECT FROM park_confirmations
                               WHERE tg_id = ? AND ticket = ? AND confirmed_at > now() - make_interval(secs => ?))""", Boolean.class,
                person, hash(ticket), oldest.toSeconds()));
    }

    /**
     * Tells the flow that the person wants a code, in one commit; nothing while one is on its way or can still be used,
     * after too many, or where too many were guessed.
     *
     * @param person Telegram's id, which is the chat's too
     */
    @Transactional
    public void ask(long person) {
        lock(person);
        UUID id = UUID.randomUUID();
        int news = jdbc.update("""
                INSERT INTO park_confirmations (id, tg_id, expires_at)
                SELECT ?, ?, now() + make_interval(secs => ?)
                WHERE NOT EXISTS (SELECT FROM park_confirmations WHERE tg_id = ? AND proof IS NULL AND confirmed_at IS NULL
                                  AND expires_at > now() AND tries < ?)
                  AND (SELECT count(*) FROM park_confirmations WHERE tg_id = ? AND proof IS NULL
                       AND created_at > now() - interval '1 hour') < ?
                  AND (SELECT coalesce(sum(tries), 0) FROM park_confirmations WHERE tg_id = ?
                       AND created_at > now() - interval '1 day') < ?""",
                id, person, LIFE.toSeconds(), person, MOST_TRIES, person, MOST_AN_HOUR, person, MOST_TRIES_A_DAY);
        if (news == 1) {
            events.tell("park.confirm.wanted", Map.of("chat", person, "confirmation", id.toString()));
        }
    }

    /**
     * Confirms a ticket by the code that the bot has sent. The same ticket may come again with it, since the answer can be lost.
     *
     * @param person Telegram's id, who is signed in
     * @param code six digits
     * @param ticket what the page shows from now on
     * @return false for a wrong or old code, one that another ticket has used, and any after too many wrong ones
     */
    @Transactional
    public boolean byCode(long person, String code, String ticket) {
        lock(person);
        byte[] shown = hash(ticket);
        List<Map<String, Object>> sent = jdbc.queryForList("""
                SELECT id, ticket FROM park_confirmations newest
                WHERE tg_id = ? AND proof IS NULL AND expires_at > now() AND tries < ? AND (ticket = ? OR NOT EXISTS (
                          SELECT FROM park_confirmations other WHERE other.tg_id = newest.tg_id AND proof IS NULL AND other.created_at > newest.created_at))
                      AND (SELECT sum(tries) FROM park_confirmations WHERE tg_id = ? AND created_at > now() - interval '1 day') < ?
                ORDER BY created_at DESC""", person, MOST_TRIES, shown, person, MOST_TRIES_A_DAY);
        Optional<Map<String, Object>> meant = sent.stream().filter(one -> isCode(code, (UUID) one.get("id"))).findFirst();
        if (meant.isEmpty()) {
            sent.stream().findFirst().ifPresent(one -> jdbc.update("UPDATE park_confirmations SET tries = tries + 1 WHERE id = ?", one.get("id")));
            return false;
        }
        byte[] before = (byte[]) meant.get().get("ticket");
        if (before != null) {
            return MessageDigest.isEqual(before, shown);
        }
        return jdbc.update("UPDATE park_confirmations SET confirmed_at = now(), ticket = ? WHERE id = ?", shown, meant.get().get("id")) == 1;
    }

    private boolean isCode(String typed, UUID id) {
        return MessageDigest.isEqual(code(id).getBytes(StandardCharsets.UTF_8), typed.getBytes(StandardCharsets.UTF_8));
    }

    /** One after another: whoever guesses at the same time on many connections has no more tries than others. */
    private void lock(long person) {
        jdbc.query("SELECT pg_advisory_xact_lock(hashtextextended('park confirmation', ?))", row -> { }, person);
    }

    /**
     * Confirms a ticket by a contact that Telegram has signed just now.
     *
     * @param person Telegram's id, whose contact it is
     * @param contact the signed answer
     * @param signedAt when Telegram signed it
     * @param ticket what the page shows from now on
     * @return false where another ticket has used it
     */
    @Transactional
    public boolean byContact(long person, InitData contact, Instant signedAt, String ticket) {
        byte[] proof = hash(contact.signed());
        jdbc.update("""
                INSERT INTO park_confirmations (id, tg_id, proof, expires_at, confirmed_at, ticket) VALUES (?, ?, ?, now(), to_timestamp(?), ?)
                ON CONFLICT (proof) DO NOTHING""", UUID.randomUUID(), person, proof, signedAt.getEpochSecond(), hash(ticket));
        return Boolean.TRUE.equals(jdbc.queryForObject("SELECT ticket = ? FROM park_confirmations WHERE proof = ?", Boolean.class, hash(ticket), proof));
    }

    /**
     * Begins a code's time, just before it is sent: it may have waited for Telegram.
     *
     * @return whether it can still be used
     */
    boolean begin(UUID id) {
        return jdbc.update("""
                UPDATE park_confirmations SET expires_at = now() + make_interval(secs => ?)
                WHERE id = ? AND confirmed_at IS NULL AND expires_at > now() AND tries < ?""", LIFE.toSeconds(), id, MOST_TRIES) == 1;
    }

    /** @return the code of a confirmation: six digits that only who knows the bot's token can tell */
    String code(UUID id) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(("ParkCode " + botToken).getBytes(StandardCharsets.UTF_8), HMAC));
            byte[] hash = mac.doFinal(id.toString().getBytes(StandardCharsets.UTF_8));
            long number = (hash[0] & 0x7FL) << 24 | (hash[1] & 0xFFL) << 16 | (hash[2] & 0xFFL) << 8 | hash[3] & 0xFFL;
            return String.format("%06d", number % CODES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] hash(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
