package dev.amorelay.sandbox.crm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.json.Json;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Leads and contacts in bulk, written by the database itself: no webhooks, no events. */
public final class Seeding {

    private static final int MOST = 1_000_000;

    private static final String CONTACTS = """
            WITH fresh AS MATERIALIZED (SELECT id FROM sandbox.new_ids(?) AS id),
            written AS (
                INSERT INTO sandbox.documents (account, kind, id, doc, search)
                SELECT ?, 'contact', id, ?::jsonb || jsonb_build_object('id', id, 'name', 'Клиент ' || id,
                           'custom_fields_values', jsonb_build_array(?::jsonb || jsonb_build_object('values',
                               jsonb_build_array(?::jsonb || jsonb_build_object('value', phone))))),
                       lower('Клиент ' || id) || E'\\n' || phone || E'\\n' || substr(phone, 2)
                FROM fresh, LATERAL (SELECT '+79' || lpad((id % 1000000000)::text, 9, '0') AS phone) AS told
                RETURNING id)
            SELECT min(id) AS first, max(id) AS last FROM written""";

    private static final String LEADS = """
            WITH fresh AS MATERIALIZED (
                SELECT id, nr - 1 AS place FROM sandbox.new_ids(?) WITH ORDINALITY AS drawn (id, nr)),
            written AS (
                INSERT INTO sandbox.documents (account, kind, id, doc, search)
                SELECT ?, 'lead', id, CASE WHEN place < ? THEN ?::jsonb ELSE ?::jsonb END
                           || jsonb_build_object('id', id, 'name', 'Сделка ' || id, 'contacts', CASE WHEN ? = 0 THEN '[]'::jsonb
                               ELSE jsonb_build_array(jsonb_build_object('id', ? + place % greatest(?, 1), 'is_main', true)) END),
                       lower('Сделка ' || id)
                FROM fresh
                RETURNING id)
            SELECT min(id) AS first, max(id) AS last FROM written""";

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final String account;
    private final Catalogue catalogue;

    Seeding(DataSource dataSource, String account, Catalogue catalogue) {
        this.jdbc = new JdbcTemplate(dataSource);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        this.account = account;
        this.catalogue = catalogue;
    }

    /**
     * Writes them, contacts in a circle over the leads; the ids of either are in one piece whatever else is written meanwhile.
     * The phone of a contact is {@code +79} and its id in nine digits.
     *
     * @param won so many of the leads, the first ones, stand at the won stage
     * @return {@code {"contacts":{"from","to"},"leads":{"from","to"}}}, both ends included; null ends for none
     */
    public ObjectNode write(int leads, int contacts, int won) {
        if (leads < 0 || contacts < 0 || won < 0 || leads > MOST || contacts > MOST) {
            throw CrmProblem.badRequest("leads and contacts must be within 0 and " + MOST);
        }
        return transaction.execute(status -> {
            ObjectNode answer = Json.object();
            ObjectNode people = range(jdbc.queryForMap(CONTACTS, contacts, account, person().toString(), phone().toString(),
                    enumeration().toString()));
            answer.set("contacts", people);
            answer.set("leads", range(jdbc.queryForMap(LEADS, leads, account, won, lead(Catalogue.WON).toString(),
                    lead(0).toString(), contacts, people.path("from").asLong(), contacts)));
            return answer;
        });
    }

    private static ObjectNode range(Map<String, Object> ends) {
        return Json.object().put("from", (Long) ends.get("first")).put("to", (Long) ends.get("last"));
    }

    private ObjectNode person() {
        return entity().put("first_name", "").put("last_name", "");
    }

    private ObjectNode lead(long stage) {
        long now = Entities.now();
        JsonNode pipeline = catalogue.mainPipeline();
        ObjectNode lead = entity().put("price", 1000).putNull("loss_reason_id").putNull("score").putNull("labor_cost")
                .put("pipeline_id", pipeline.get("id").asLong())
                .put("status_id", stage == 0 ? catalogue.firstStage(pipeline) : stage)
                .put("closed_at", stage == 0 ? null : now).putNull("custom_fields_values");
        lead.putArray("companies");
        return lead;
    }

    private ObjectNode entity() {
        long now = Entities.now();
        ObjectNode entity = Json.object().put("responsible_user_id", catalogue.tokenUser()).put("group_id", 0)
                .put("created_by", catalogue.tokenUser()).put("updated_by", catalogue.tokenUser())
                .put("created_at", now).put("updated_at", now).putNull("closest_task_at").put("is_deleted", false)
                .put("account_id", catalogue.accountId());
        entity.putArray("tags");
        return entity;
    }

    private ObjectNode phone() {
        JsonNode field = phoneField();
        return Json.object().put("field_id", field.get("id").asLong()).put("field_name", field.get("name").asText())
                .put("field_code", "PHONE").put("field_type", field.get("type").asText());
    }

    private ObjectNode enumeration() {
        JsonNode kind = phoneField().at("/enums/0");
        return Json.object().put("enum_id", kind.get("id").asLong()).put("enum_code", kind.get("value").asText());
    }

    private JsonNode phoneField() {
        return catalogue.fields(EntityType.CONTACTS).stream().filter(field -> "PHONE".equals(field.path("code").asText()))
                .findFirst().orElseThrow();
    }
}
