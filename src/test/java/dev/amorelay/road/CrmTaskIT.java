package dev.amorelay.road;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.delivery.Outbox;
import dev.amorelay.json.Json;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Tasks for managers, some of whom are not there any more. */
class CrmTaskIT extends RunningRelay {

    private static final long CONFIGURED = 12_380_450;
    /** The sandbox has no such user, and refuses it as amoCRM refuses a deleted one. */
    private static final long DISMISSED = 99;

    @Autowired
    private Outbox outbox;

    private long deal() {
        return delivered(ingest("{\"source\":\"site\",\"name\":\"Задача\",\"phone\":\"+79995570001\",\"message\":\"" + UUID.randomUUID() + "\"}"));
    }

    private List<JsonNode> tasks(long deal) {
        return jdbc.queryForList("SELECT doc::text FROM sandbox.documents WHERE kind = 'task' AND doc ->> 'entity_id' = ?",
                String.class, String.valueOf(deal)).stream().map(Json::read).toList();
    }

    private void owe(long deal, long responsible) {
        outbox.owe("crm.task", "default", "crm.task:test:" + deal, String.valueOf(deal), Json.object().put("lead", deal)
                .put("text", "Позвоните").put("responsible", responsible).put("till", 1_900_000_000L));
        soon().untilAsserted(() -> assertThat(outbox(String.valueOf(deal))).filteredOn(effect -> effect.get("kind").equals("crm.task"))
                .extracting(effect -> effect.get("status")).containsExactly("done"));
    }

    @Test
    void goesToTheDealsManager() {
        long deal = deal();

        owe(deal, CONFIGURED);

        assertThat(tasks(deal)).singleElement().satisfies(task -> {
            assertThat(task.path("responsible_user_id").asLong()).isEqualTo(CONFIGURED);
            assertThat(task.path("text").asText()).isEqualTo("Позвоните");
        });
    }

    @Test
    void ofADismissedManagerGoesToTheConfiguredOneAndSaysWhy() {
        long deal = deal();

        owe(deal, DISMISSED);

        assertThat(tasks(deal)).singleElement().satisfies(task -> {
            assertThat(task.path("responsible_user_id").asLong()).isEqualTo(CONFIGURED);
            assertThat(task.path("text").asText()).startsWith("Позвоните").contains("больше не работает в amoCRM (пользователь 99)");
        });
    }

    @Test
    void aDealThatWasWonWithoutASerialNumberHasItsTaskThoughItsManagerIsGone() {
        long deal = deal();
        allIsQuiet();
        jdbc.update("UPDATE sandbox.documents SET doc = jsonb_set(doc, '{responsible_user_id}', '99') WHERE kind = 'lead' AND id = ?", deal);

        move(deal, 10226282, 142);

        soon().untilAsserted(() -> assertThat(tasks(deal)).singleElement().satisfies(task -> {
            assertThat(task.path("responsible_user_id").asLong()).isEqualTo(CONFIGURED);
            assertThat(task.path("text").asText()).contains("без серийного номера").contains("больше не работает в amoCRM");
        }));
    }
}
