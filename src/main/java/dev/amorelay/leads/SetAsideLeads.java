package dev.amorelay.leads;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.database.SqlFile;
import dev.amorelay.doors.AdminAnswer;
import dev.amorelay.json.Json;
import dev.amorelay.logging.Masking;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Tells the admin which leads did not get where they belong, and why. */
@Component("setAsideLeads")
public class SetAsideLeads {

    private static final String LIST = SqlFile.read("leads/set-aside.sql");

    private final JdbcTemplate jdbc;

    SetAsideLeads(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What of leads was set aside, the newest 100.
     *
     * @return {@code {"leads": [{lead, source, account, created, amoLead, effect, kind, attempts, reason, mayHaveArrived}]}} as JSON;
     *     nothing personal
     */
    public AdminAnswer list() {
        ObjectNode answer = Json.object();
        ArrayNode leads = answer.putArray("leads");
        jdbc.query(LIST, row -> {
            ObjectNode lead = leads.addObject().put("lead", row.getString("id")).put("source", row.getString("source"))
                    .put("account", row.getString("account"))
                    .put("created", row.getObject("created_at", OffsetDateTime.class).withOffsetSameInstant(ZoneOffset.UTC).toString());
            lead.put("amoLead", row.getObject("amo_lead_id", Long.class)).put("effect", row.getLong("effect"))
                    .put("kind", row.getString("kind")).put("attempts", row.getInt("attempts"))
                    .put("reason", row.getString("last_error") == null ? "" : Masking.mask(row.getString("last_error")))
                    .put("mayHaveArrived", row.getBoolean("may_have_arrived"));
        });
        return AdminAnswer.ok(answer);
    }
}
