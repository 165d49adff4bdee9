package dev.amorelay.park;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.amocrm.Accounts;
import dev.amorelay.amocrm.KnownAccounts;
import dev.amorelay.amocrm.NoSuchAccount;
import dev.amorelay.clients.Invitations;
import dev.amorelay.clients.Invitations.Guest;
import dev.amorelay.clients.Invitations.Made;
import dev.amorelay.json.Json;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The admin makes one-time invitations. */
@Component
public class InvitationDoor {

    private static final Set<String> ROLES = Set.of("director", "engineer", "procurement");
    private static final String UUID_SHAPE = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";

    private final Invitations invitations;
    private final KnownAccounts accounts;
    private final JdbcTemplate jdbc;

    /**
     * @param invitations one-time links
     * @param accounts whose deal is named
     * @param jdbc the relay's database
     */
    public InvitationDoor(Invitations invitations, KnownAccounts accounts, JdbcTemplate jdbc) {
        this.invitations = invitations;
        this.accounts = accounts;
        this.jdbc = jdbc;
    }

    /**
     * Makes one.
     *
     * @param body {@code {client | deal [, account] | staff: true, role}}: the client's uuid, or amoCRM's id of one of its deals
     * @param contentType must be JSON: a foreign page cannot make a browser send that
     * @return {@code {link, expires_at}}
     * @throws BadInvitation 400 or 415 where the wish is not understood, 404 for an unknown client, deal or account, 409 without
     *     the Mini App's link
     */
    public String invite(@Body byte[] body, @Header(Exchange.CONTENT_TYPE) String contentType) {
        if (contentType == null || !contentType.toLowerCase(Locale.ROOT).startsWith("application/json")) {
            throw new BadInvitation(415, "тело должно быть JSON: задайте Content-Type: application/json");
        }
        JsonNode wish = parsed(body);
        if (!invitations.arePossible()) {
            throw new BadInvitation(409, "задайте TELEGRAM_MINI_APP_URL: с этой ссылки начинается приглашение");
        }
        Made made = invitations.invite(guest(wish));
        return Json.write(Json.object().put("link", made.link()).put("expires_at", made.expires().toString()));
    }

    private Guest guest(JsonNode wish) {
        boolean staff = wish.path("staff").asBoolean(false);
        String role = wish.path("role").asText(staff ? "engineer" : "director");
        if (!ROLES.contains(role)) {
            throw new BadInvitation(400, "роль: director, engineer или procurement");
        }
        long named = List.of("client", "deal").stream().filter(wish::hasNonNull).count();
        if (named + (staff ? 1 : 0) != 1) {
            throw new BadInvitation(400, "укажите одно из трёх: client, deal или staff: true");
        }
        if (staff) {
            return new Guest(null, role, true, null, null);
        }
        return wish.hasNonNull("client") ? ofClient(wish.path("client").asText(), role) : ofDeal(wish, role);
    }

    private Guest ofClient(String client, String role) {
        boolean isThere = client.matches(UUID_SHAPE) && Boolean.TRUE.equals(jdbc.queryForObject(
                "SELECT EXISTS (SELECT FROM clients WHERE id = ?)", Boolean.class, UUID.fromString(client)));
        if (!isThere) {
            throw new BadInvitation(404, "нет такого клиента");
        }
        return new Guest(UUID.fromString(client), role, false, null, null);
    }

    private Guest ofDeal(JsonNode wish, String role) {
        String deal = wish.path("deal").asText();
        long account;
        try {
            account = accounts.numberOf(Accounts.orDefault(wish.path("account").asText(null)));
        } catch (NoSuchAccount e) {
            throw new BadInvitation(404, "нет такого аккаунта");
        }
        return jdbc.queryForList("SELECT client_id FROM amocrm_deals WHERE account_id = ? AND amocrm_deal_id = ? AND client_id IS NOT NULL",
                        UUID.class, account, deal).stream().findFirst().map(client -> new Guest(client, role, false, account, deal))
                .orElseThrow(() -> new BadInvitation(404, "нет такой сделки, или у неё нет клиента"));
    }

    private static JsonNode parsed(byte[] body) {
        try {
            JsonNode wish = body == null ? Json.MAPPER.missingNode() : Json.MAPPER.readTree(body);
            if (wish.isObject()) {
                return wish;
            }
        } catch (IOException e) {
            // told below
        }
        throw new BadInvitation(400, "тело не разобрано как JSON-объект");
    }
}
