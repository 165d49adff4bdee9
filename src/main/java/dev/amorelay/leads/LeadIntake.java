package dev.amorelay.leads;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.database.GroupCommit;
import dev.amorelay.database.SqlFile;
import dev.amorelay.json.Json;
import java.time.Duration;
import java.util.List;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Stores leads with what they owe before their callers are answered; those that arrive together share one commit. */
@Component
public class LeadIntake implements DisposableBean {

    private static final int MOST_LEADS = 256;
    /** So that a door can say 503 within 1.5 s. */
    private static final Duration PATIENCE = Duration.ofMillis(1200);

    /** The deal in the CRM and the mail copy. */
    private static final JsonNode USUAL_DEBTS = Json.array()
            .add(Json.object().put("kind", "crm.lead")).add(Json.object().put("kind", "mail.lead-copy"));

    private final String sql = SqlFile.read("leads/store.sql");

    private final JdbcTemplate door;
    private final GroupCommit<Owing, String> commits;

    private record Owing(LeadPost post, JsonNode debts) {
    }

    /**
     * @param door the database for those who wait at a door: it answers in time or fails
     */
    public LeadIntake(@Qualifier("doorJdbc") JdbcTemplate door) {
        this.door = door;
        this.commits = new GroupCommit<>("lead-door", MOST_LEADS, PATIENCE, this::storeTogether);
    }

    /**
     * Stores a lead, unless its post is a repeat.
     *
     * @param post a lead at the door
     * @param owes what the lead owes, where a flow says so: a JSON list of {@code {kind, payload}}, each kind once; null for
     *     the usual, the deal in the CRM and the mail copy
     * @return our uuid of the lead: a repeated post gets the first one's
     */
    public String store(@Body LeadPost post, @Variable("owes") String owes) {
        return commits.store(new Owing(post, owes == null ? USUAL_DEBTS : Json.read(owes)));
    }

    private List<String> storeTogether(List<Owing> all) {
        ArrayNode rows = Json.array();
        all.forEach(one -> row(rows.addObject(), one.post()).set("owes", one.debts()));
        return door.queryForList(sql, String.class, Json.write(rows));
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
                .<ObjectNode>set("remarks", Json.MAPPER.valueToTree(post.lead().remarks()))
                .set("meta", post.lead().meta());
    }

    @Override
    public void destroy() {
        commits.close();
    }
}
