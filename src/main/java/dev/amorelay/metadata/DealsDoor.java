package dev.amorelay.metadata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.doors.AdminAnswer;
import dev.amorelay.json.Json;
import dev.amorelay.json.StoredJson;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The admin's door to deals, by what stands in their metadata. */
@Component
public class DealsDoor {

    private static final String PREFIX = "metadata.";
    private static final int MOST = 100;

    /** By the index on metadata: it knows no deal whose metadata are empty. */
    static final String FIND = """
            SELECT deal.*, account.name FROM amocrm_deals deal
            LEFT JOIN amocrm_accounts account ON account.account_id = deal.account_id
            WHERE deal.metadata <> '{}' AND deal.metadata @> ?::jsonb AND NOT deal.deleted
            ORDER BY deal.updated_at DESC NULLS LAST, deal.id LIMIT ?""";

    private final JdbcTemplate jdbc;

    DealsDoor(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Finds deals.
     *
     * @param query of the request: {@code metadata.<name>=<value>}, one or several, all of which have to fit
     * @return {@code {"deals":[{account, id, pipeline_id, status_id, status, price, client_id, conversation_id, metadata}]}}, the newest
     *     100 at most; 422 where no metadata are named
     */
    public AdminAnswer find(@Header(Exchange.HTTP_QUERY) String query) {
        ObjectNode wanted = Json.object();
        for (String parameter : query == null ? new String[0] : query.split("&")) {
            int equals = parameter.indexOf('=');
            if (parameter.startsWith(PREFIX) && equals > PREFIX.length()) {
                wanted.put(decoded(parameter.substring(PREFIX.length(), equals)), decoded(parameter.substring(equals + 1)));
            }
        }
        if (wanted.isEmpty()) {
            return AdminAnswer.problem(422, "назовите поле: /api/admin/deals?metadata.rentprog_booking_id=4711");
        }
        ObjectNode answer = Json.object();
        ArrayNode deals = answer.putArray("deals");
        jdbc.query(FIND, row -> {
            deals.add(deal(row));
        }, StoredJson.write(wanted), MOST);
        return AdminAnswer.ok(answer);
    }

    private static JsonNode deal(ResultSet row) throws SQLException {
        return Json.object().put("account", row.getString("name")).put("id", row.getLong("amocrm_deal_id"))
                .put("pipeline_id", row.getLong("pipeline_id")).put("status_id", row.getLong("status_id"))
                .put("status", row.getString("status_label")).put("price", row.getLong("price"))
                .put("client_id", row.getString("client_id")).put("conversation_id", row.getString("conversation_id"))
                .set("metadata", StoredJson.orMissing(row.getString("metadata"), "the metadata of deal " + row.getLong("amocrm_deal_id")));
    }

    private static String decoded(String text) {
        try {
            return Json.storable(URLDecoder.decode(text, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            // a percent sign that begins nothing stands for itself
            return Json.storable(text);
        }
    }
}
