package dev.amorelay.amocrm;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.json.Json;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Tells the admin how it goes with each amoCRM account: what is wrong, and what helps. */
@Component("accountsDoor")
public class AccountsDoor {

    private final Accounts accounts;
    private final JdbcTemplate jdbc;

    AccountsDoor(Accounts accounts, JdbcTemplate jdbc) {
        this.accounts = accounts;
        this.jdbc = jdbc;
    }

    /**
     * All configured accounts, the default one first.
     *
     * @return {@code {"accounts": [{name, state, cause, remedy, since, pausedUntil}]}} as JSON; {@code state} is {@code ok}, or as in
     *     {@link AccountStates}; {@code pausedUntil} is null where calls pass
     */
    public String state() {
        Map<String, ObjectNode> known = new HashMap<>();
        jdbc.query("""
                SELECT name, state, cause, remedy, changed_at, CASE WHEN paused_until > now() THEN paused_until END AS paused_until
                FROM amocrm_accounts""", row -> {
            known.put(row.getString("name"), Json.object().put("name", row.getString("name")).put("state", row.getString("state"))
                    .put("cause", row.getString("cause")).put("remedy", row.getString("remedy"))
                    .put("since", told(row.getObject("changed_at", OffsetDateTime.class)))
                    .put("pausedUntil", told(row.getObject("paused_until", OffsetDateTime.class))));
        });
        ObjectNode answer = Json.object();
        ArrayNode list = answer.putArray("accounts");
        // nothing is noted of an account before its first call
        accounts.names().forEach(name -> list.add(known.getOrDefault(name, Json.object().put("name", name).put("state", "ok")
                .putNull("cause").putNull("remedy").putNull("since").putNull("pausedUntil"))));
        return Json.write(answer);
    }

    private static String told(OffsetDateTime moment) {
        return moment == null ? null : moment.withOffsetSameInstant(ZoneOffset.UTC).toString();
    }
}
