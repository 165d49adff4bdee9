package dev.amorelay.machines;

import dev.amorelay.amocrm.AccountZones;
import dev.amorelay.clients.Invitations;
import dev.amorelay.clients.Invitations.Guest;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The manager of a won deal finds a one-time link to «Мой парк» in a note of it, where nobody of the client has a chat yet. */
@Component
public class OwnerInvitation {

    private static final String NOTE = "crm.note";

    private final JdbcTemplate jdbc;
    private final Invitations invitations;
    private final AccountZones zones;

    /**
     * @param jdbc the relay's database
     * @param invitations one-time links
     * @param zones by whose clock the last day is told
     */
    public OwnerInvitation(JdbcTemplate jdbc, Invitations invitations, AccountZones zones) {
        this.jdbc = jdbc;
        this.invitations = invitations;
        this.zones = zones;
    }

    /**
     * The note with the invitation, once a deal; none where the client has somebody in Telegram, or the Mini App's link is not set.
     *
     * @param sale a won deal with machines
     * @param account the configured name of its account
     * @return {@code {key, account, subject, payload}}, to be owed in the caller's commit
     */
    Optional<Map<String, Object>> of(Sale sale, String account) {
        if (sale.client() == null) {
            return Optional.empty();
        }
        Owner owner = new Owner(sale.client(), sale.accountId(), sale.deal(), account);
        return isWanted(owner) && !isOwed(key(owner)) ? Optional.of(note(owner)) : Optional.empty();
    }

    /**
     * Whom an invitation is for.
     *
     * @param client the buyer
     * @param accountId amoCRM's number of the deal's account
     * @param deal amoCRM's id of the deal whose manager hands the invitation on
     * @param account the configured name of the account
     */
    record Owner(UUID client, long accountId, String deal, String account) {
    }

    /**
     * The note, where it is not owed yet.
     *
     * @param owner whose
     * @return as {@link #of} gives it, one or none; empty where somebody of the client has an open chat, or the Mini App's link is not set
     */
    Optional<List<Map<String, Object>>> offer(Owner owner) {
        if (!isWanted(owner)) {
            return Optional.empty();
        }
        return Optional.of(isOwed(key(owner)) ? List.of() : List.of(note(owner)));
    }

    private boolean isWanted(Owner owner) {
        return invitations.arePossible() && !hasSomebody(owner);
    }

    private static String key(Owner owner) {
        return NOTE + ":invitation:" + owner.accountId() + ":" + owner.deal();
    }

    private Map<String, Object> note(Owner owner) {
        Invitations.Made made = invitations.invite(new Guest(owner.client(), "director", false, owner.accountId(), owner.deal()));
        String until = LocalDate.ofInstant(made.expires(), zones.of(owner.account())).toString();
        return Map.of("key", key(owner), "account", owner.account(), "subject", owner.deal(),
                "payload", Map.of("lead", Long.valueOf(owner.deal()), "note", "invitation", "link", made.link(), "until", until));
    }

    private boolean hasSomebody(Owner owner) {
        return Boolean.TRUE.equals(jdbc.queryForObject(
                "SELECT EXISTS (SELECT FROM telegram_users WHERE client_id = ? AND NOT chat_closed AND NOT staff)", Boolean.class, owner.client()));
    }

    /** Of two who ask at the same moment one owes nothing, and its invitation is told to nobody. */
    private boolean isOwed(String key) {
        return Boolean.TRUE.equals(jdbc.queryForObject("SELECT EXISTS (SELECT FROM outbox WHERE dedupe_key = ?)", Boolean.class, key));
    }
}
