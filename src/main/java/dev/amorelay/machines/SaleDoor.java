package dev.amorelay.machines;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.amocrm.Account;
import dev.amorelay.amocrm.Accounts;
import dev.amorelay.amocrm.CustomFields;
import dev.amorelay.amocrm.NoSuchAccount;
import dev.amorelay.deals.SerialNumbers;
import dev.amorelay.delivery.FlowEvents;
import dev.amorelay.doors.AdminAnswer;
import dev.amorelay.json.Json;
import dev.amorelay.json.StoredJson;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The admin's answer to a question about a serial number: a machine that was sold again is given to the deal that it was sold by, whoever
 * it stands with, also where it stands with no deal or with one of another account.
 */
@Component
public class SaleDoor {

    private final JdbcTemplate jdbc;
    private final Accounts accounts;
    private final FlowEvents events;

    SaleDoor(JdbcTemplate jdbc, Accounts accounts, FlowEvents events) {
        this.jdbc = jdbc;
        this.accounts = accounts;
        this.events = events;
    }

    /**
     * Gives the machine to a won deal that names its serial number, and tells the flow, in one commit.
     *
     * @param body {@code {"serial":"105","deal":532,"account":"default"}}; without an account the default one
     * @param contentType must be JSON: a foreign page cannot make a browser send that
     * @return {@code {"serial","deal","changed"}}; 404 for a machine, a deal or an account that is not known, 400, 415 or 422 otherwise
     */
    @Transactional
    public AdminAnswer give(@Body byte[] body, @Header(Exchange.CONTENT_TYPE) String contentType) {
        if (contentType == null || !contentType.toLowerCase(Locale.ROOT).startsWith("application/json")) {
            return AdminAnswer.problem(415, "тело должно быть JSON: задайте Content-Type: application/json");
        }
        JsonNode wish;
        try {
            wish = body == null ? Json.MAPPER.missingNode() : Json.MAPPER.readTree(body);
        } catch (IOException e) {
            return AdminAnswer.problem(400, "тело не разобрано как JSON");
        }
        Account account;
        try {
            account = accounts.named(wish.path("account").asText(null));
        } catch (NoSuchAccount e) {
            return AdminAnswer.problem(404, "такого аккаунта нет в настройках");
        }
        return give(Json.storable(wish.path("serial").asText()), Json.storable(wish.path("deal").asText()), account);
    }

    private AdminAnswer give(String serial, String deal, Account account) {
        List<Map<String, Object>> sales = jdbc.queryForList("""
                SELECT account_id, status_id, coalesce(custom_fields, '[]')::text AS fields FROM amocrm_deals
                WHERE amocrm_deal_id = ? AND NOT deleted AND account_id = (SELECT account_id FROM amocrm_accounts WHERE name = ?)""",
                deal, account.name());
        if (sales.isEmpty()) {
            return AdminAnswer.problem(404, "такой сделки в аккаунте нет");
        }
        Map<String, Object> sale = sales.get(0);
        if (((Number) sale.get("status_id")).longValue() != account.settings().statusSuccess()) {
            return AdminAnswer.problem(422, "сделка не выиграна: станок по ней ещё не продан");
        }
        JsonNode fields = StoredJson.orMissing((String) sale.get("fields"), "the fields of deal " + deal);
        if (!SerialNumbers.of(CustomFields.texts(fields, account.settings().field().serialId())).contains(serial)) {
            return AdminAnswer.problem(422, "в сделке нет этого серийного номера: впишите его так же, как у станка");
        }
        long accountId = ((Number) sale.get("account_id")).longValue();
        List<Map<String, Object>> machines = jdbc.queryForList(
                "SELECT id::text, account_id, amocrm_deal_id FROM machine_instances WHERE serial_number = ? FOR UPDATE", serial);
        if (machines.isEmpty()) {
            return AdminAnswer.problem(404, "станка с таким серийным номером нет");
        }
        Map<String, Object> machine = machines.get(0);
        boolean isIts = deal.equals(machine.get("amocrm_deal_id")) && Long.valueOf(accountId).equals(machine.get("account_id"));
        return AdminAnswer.ok(Json.object().put("serial", serial).put("deal", Long.parseLong(deal))
                .put("changed", !isIts && isGiven((String) machine.get("id"), accountId, deal, account)));
    }

    /** Asked twice before the machine has moved, the second one changes nothing. */
    private boolean isGiven(String machine, long accountId, String deal, Account account) {
        List<Long> at = jdbc.queryForList("""
                UPDATE machine_instances SET given_account_id = ?, given_deal_id = ?, updated_at = now()
                WHERE id = ?::uuid AND (given_account_id, given_deal_id) IS DISTINCT FROM (?::bigint, ?::text)
                RETURNING (extract(epoch FROM updated_at) * 1000000)::bigint""", Long.class, accountId, deal, machine, accountId, deal);
        at.forEach(moment -> events.tell("machines.sale.given", Map.of("machine", machine, "account", account.name(), "account_id", accountId,
                "deal", deal, "moment", moment)));
        return !at.isEmpty();
    }
}
