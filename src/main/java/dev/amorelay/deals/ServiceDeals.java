package dev.amorelay.deals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.amocrm.Account;
import dev.amorelay.amocrm.Accounts;
import dev.amorelay.amocrm.CustomFields;
import dev.amorelay.database.SqlFile;
import dev.amorelay.delivery.Effect;
import dev.amorelay.json.Json;
import dev.amorelay.json.StoredJson;
import dev.amorelay.work.Later;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.camel.Variable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * The deals of service requests: won, they sell nothing. Such a deal is known by its id; while the answer to its creation is
 * still missing, by our lead's uuid in its marker field.
 */
@Component
public class ServiceDeals {

    private final JdbcTemplate jdbc;
    private final Accounts accounts;
    private final String ofDeals = SqlFile.read("service/of-deals.sql");
    private final String mayBe = SqlFile.read("service/may-be-deal.sql");

    /**
     * @param jdbc the relay's database
     * @param accounts whose marker fields these are
     */
    public ServiceDeals(JdbcTemplate jdbc, Accounts accounts) {
        this.jdbc = jdbc;
        this.accounts = accounts;
    }

    /**
     * Those that belong to service requests.
     *
     * @param account the deals' account
     * @param deals as API v4 shows them, {@code id} and {@code custom_fields_values}
     * @return amoCRM's ids
     */
    public Set<Long> among(Account account, Collection<JsonNode> deals) {
        return new HashSet<>(requests(account, deals).values());
    }

    /**
     * The requests that deals belong to.
     *
     * @param account the deals' account
     * @param deals as API v4 shows them, {@code id} and {@code custom_fields_values}
     * @return amoCRM's id of the deal by our uuid of the request
     */
    public Map<UUID, Long> requests(Account account, Collection<JsonNode> deals) {
        Map<UUID, Long> requests = new HashMap<>();
        jdbc.query(ofDeals, row -> {
            requests.put(row.getObject("id", UUID.class), row.getLong("deal"));
        }, deals.stream().map(deal -> deal.path("id").asText()).toArray(String[]::new),
                deals.stream().map(deal -> marker(account, deal)).toArray(UUID[]::new), account.name());
        return requests;
    }

    /**
     * Whether a registration is owed for the deal of a service request.
     *
     * @param effect {@code machine.register}, its subject the deal's id
     * @return true where nothing is to be registered
     * @throws Later while the deal may turn out to be one: a request of the same machine is on its way into the CRM
     */
    public boolean isOne(@Variable("effect") Effect effect) {
        Account account = accounts.named((String) effect.payload().get("account"));
        long number = ((Number) effect.payload().get("account_id")).longValue();
        List<JsonNode> stored = jdbc.query("SELECT custom_fields::text FROM amocrm_deals WHERE account_id = ? AND amocrm_deal_id = ?",
                (row, i) -> Json.object().put("id", effect.subject()).set("custom_fields_values", StoredJson.orMissing(row.getString(1), "the fields of deal " + effect.subject())),
                number, effect.subject());
        if (!among(account, stored).isEmpty()) {
            return true;
        }
        String serial = stored.isEmpty() || marker(account, stored.get(0)) != null ? null
                : CustomFields.text(stored.get(0).path("custom_fields_values"), account.settings().field().serialId());
        if (serial != null && Boolean.TRUE.equals(jdbc.queryForObject(mayBe, Boolean.class, account.name(), serial, number, effect.subject()))) {
            throw new Later("a service request for the same machine is on its way into the CRM", null);
        }
        return false;
    }

    private static UUID marker(Account account, JsonNode deal) {
        String marker = CustomFields.text(deal.path("custom_fields_values"), account.settings().field().leadUuidId());
        try {
            return marker == null ? null : UUID.fromString(marker);
        } catch (IllegalArgumentException e) {
            // somebody has written something else into the field
            return null;
        }
    }
}
