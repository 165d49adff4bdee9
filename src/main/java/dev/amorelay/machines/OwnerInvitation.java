package dev.amorelay.machines;

import dev.amorelay.clients.Invitations;
import dev.amorelay.clients.Invitations.Guest;
import dev.amorelay.delivery.Outbox;
import dev.amorelay.json.Json;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The manager of a won deal finds a one-time link to «Мой парк» in a note of it, where nobody of the client has a chat yet. */
@Component
public class OwnerInvitation {

    private static final String NOTE = "crm.note";
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd.MM.yyyy");

    private final JdbcTemplate jdbc;
    private final Invitations invitations;
    private final Outbox outbox;

    /**
     * @param jdbc the relay's database
     * @param invitations one-time links
     * @param outbox where the note is owed
     */
    public OwnerInvitation(JdbcTemplate jdbc, Invitations invitations, Outbox outbox) {
        this.jdbc = jdbc;
        this.invitations = invitations;
        this.outbox = outbox;
    }

    /**
     * Owes the note, once a deal, in the caller's commit; nothing where the client has somebody in Telegram, or the Mini
     * App's link is not set.
     *
     * @param sale a won deal with machines
     * @param account the configured name of its account
     */
    void offer(Sale sale, String account) {
        String key = NOTE + ":invitation:" + sale.accountId() + ":" + sale.deal();
        if (sale.client() == null || !invitations.arePossible() || hasSomebody(sale) || isOwed(key)) {
            return;
        }
        Invitations.Made made = invitations.invite(new Guest(sale.client(), "director", false, sale.accountId(), sale.deal()));
        String until = LocalDate.ofInstant(made.expires(), ZoneId.of("Europe/Moscow")).format(DAY);
        outbox.owe(NOTE, account, key, sale.deal(), Json.object().put("lead", Long.parseLong(sale.deal()))
                .put("text", "🔗 ПРИГЛАШЕНИЕ В «МОЙ ПАРК»:\nУ клиента ещё нет чата в Telegram. Отправьте ему эту ссылку, она сработает один раз, до "
                        + until + ":\n" + made.link()));
    }

    private boolean hasSomebody(Sale sale) {
        return Boolean.TRUE.equals(jdbc.queryForObject("SELECT EXISTS (SELECT FROM telegram_users WHERE client_id = ?)",
                Boolean.class, sale.client()));
    }

    /** Of two who ask at the same moment one owes nothing, and its invitation is told to nobody. */
    private boolean isOwed(String key) {
        return Boolean.TRUE.equals(jdbc.queryForObject("SELECT EXISTS (SELECT FROM outbox WHERE dedupe_key = ?)", Boolean.class, key));
    }
}
