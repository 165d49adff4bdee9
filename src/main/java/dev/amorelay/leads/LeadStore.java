package dev.amorelay.leads;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.database.SqlFile;
import dev.amorelay.json.Json;
import dev.amorelay.json.StoredJson;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Writes leads and what they owe in one statement. */
@Component
public class LeadStore {

    private final String sql = SqlFile.read("leads/store.sql");

    private final JdbcTemplate jdbc;

    /** A lead and its debts, a JSON list of {@code {kind, payload}}. */
    record Owing(LeadPost post, JsonNode debts) {
    }

    /**
     * @param jdbc the database that it is written to
     */
    public LeadStore(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** @return the question to the captcha's service, with what is owed once it is answered, see {@link CaptchaCheck} */
    static ArrayNode question(String token, JsonNode debts) {
        ObjectNode payload = Json.object().put("token", token);
        payload.set("owes", debts);
        ObjectNode question = Json.object().put("kind", "lead.captcha");
        question.set("payload", payload);
        return Json.array().add(question);
    }

    /**
     * Stores a lead that another feature makes, unless its post is a repeat; in the transaction of the caller, where there is one.
     *
     * @param post the lead
     * @param owes what it owes: a JSON list of {@code {kind, payload}}, each kind once
     * @return our uuid of the lead: a repeated post gets the first one's
     */
    public String store(LeadPost post, JsonNode owes) {
        return store(List.of(new Owing(post, owes))).get(0);
    }

    List<String> store(List<Owing> all) {
        ArrayNode rows = Json.array();
        all.forEach(one -> row(rows.addObject(), one.post()).set("owes", StoredJson.bounded(one.debts())));
        return jdbc.queryForList(sql, String.class, Json.write(rows));
    }

    private static ObjectNode row(ObjectNode row, LeadPost post) {
        return row
                .put("id", post.lead().id().toString())
                .put("source", post.lead().source())
                .put("name", post.lead().name())
                .put("phone", post.lead().phone())
                .put("phone_e164", post.lead().phoneE164())
                .put("email", post.lead().email())
                .put("message", post.lead().message())
                .put("telegram_id", post.lead().telegramId())
                .put("price", post.lead().price())
                .put("account", post.account())
                .put("key", post.key())
                .put("valid_for", post.validFor())
                .put("stranger_hold", post.hold().stranger().toMillis())
                .put("person_hold", post.hold().person().toMillis())
                .<ObjectNode>set("remarks", Json.MAPPER.valueToTree(post.lead().remarks()))
                // read back, as it will be
                .set("meta", Json.read(StoredJson.write(post.lead().meta())));
    }
}
