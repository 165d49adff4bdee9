package dev.amorelay.amocrm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.doors.AdminAnswer;
import dev.amorelay.json.Json;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Tells the admin how it goes with each amoCRM account: what is wrong, and what helps. */
@Component("accountsDoor")
public class AccountsDoor {

    private final Accounts accounts;
    private final JdbcTemplate jdbc;
    private final RefusedWork refusedWork;
    private final RefusedValues refusedValues;

    AccountsDoor(Accounts accounts, JdbcTemplate jdbc, RefusedWork refusedWork, RefusedValues refusedValues) {
        this.accounts = accounts;
        this.refusedWork = refusedWork;
        this.refusedValues = refusedValues;
        this.jdbc = jdbc;
    }

    /**
     * All configured accounts, the default one first.
     *
     * @return {@code {"accounts": [{name, state, cause, remedy, since, pausedUntil}]}} as JSON; {@code state} is {@code ok}, as in
     *     {@link AccountStates}, {@code refused} while writes are refused without a word, or {@code degraded} while values of the
     *     settings are; {@code pausedUntil} is null where calls pass
     */
    public AdminAnswer state() {
        return AdminAnswer.ok(states());
    }

    /** @return the same, before it is an answer */
    JsonNode states() {
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
        accounts.names().forEach(name -> known.computeIfPresent(name, (key, account) -> withTroubleOfWrites(key, account)));
        // nothing is noted of an account before its first call
        accounts.names().forEach(name -> list.add(known.getOrDefault(name, Json.object().put("name", name).put("state", "ok")
                .putNull("cause").putNull("remedy").putNull("since").putNull("pausedUntil"))));
        return answer;
    }

    /** An account that answers may refuse what we write all the same: everything, or a value of the settings. */
    private ObjectNode withTroubleOfWrites(String name, ObjectNode account) {
        if (!account.path("state").asText().equals("ok")) {
            return account;
        }
        Optional<RefusedWork.Refusal> refusal = refusedWork.refusal(name);
        if (refusal.isPresent()) {
            return account.put("state", "refused").put("cause", refusal.get().cause()).put("remedy", refusal.get().remedy())
                    .put("since", told(refusal.get().since()));
        }
        List<RefusedValues.Fault> faults = refusedValues.faults(name);
        return faults.isEmpty() ? account : account.put("state", "degraded")
                .put("cause", faults.stream().map(RefusedValues.Fault::cause).collect(Collectors.joining("; ")))
                .put("remedy", faults.get(0).remedy()).put("since", told(faults.get(0).since()));
    }

    private static String told(OffsetDateTime moment) {
        return moment == null ? null : moment.withOffsetSameInstant(ZoneOffset.UTC).toString();
    }
}
