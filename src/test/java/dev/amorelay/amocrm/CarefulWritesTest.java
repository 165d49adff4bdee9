package dev.amorelay.amocrm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.amocrm.CrmRejected.Violation;
import dev.amorelay.delivery.FlowEvents;
import dev.amorelay.json.Json;
import dev.amorelay.settings.AccountSettings;
import dev.amorelay.settings.RelaySettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Writes that go in without what the CRM refuses of them, in an account that has no field for our mark. */
class CarefulWritesTest {

    private static final Accounts ACCOUNTS = new Accounts(new RelaySettings(new AccountSettings(null, "https://example.com", "t", null, null,
            null, 10226282L, 80953554L, null, 142L, null, new AccountSettings.Fields(null, null, null, null, null, null, null),
            null, null, null, null, null), null, null, null, null, null, null, null));

    private final List<JsonNode> told = new ArrayList<>();
    private final CarefulWrites care = new CarefulWrites(FakeGate.nothingRefused(), ACCOUNTS, null, new FlowEvents(null, null) {
        @Override
        public void tell(String event, Object facts) {
            told.add(Json.MAPPER.valueToTree(facts));
        }
    }, null);

    @Test
    void aLeadWhoseContactIsGoneGoesInWithoutItAndANoteSaysSo() {
        ObjectNode lead = Json.object().put("request_id", "a").put("name", "Заявка");
        lead.putObject("_embedded").putArray("contacts").addObject().put("id", 201);
        List<String> sent = new ArrayList<>();

        Map<String, Long> ids = care.create("leads", "default", List.of(lead), leads -> {
            sent.add(Json.write(leads.get(0)));
            if (leads.get(0).has("_embedded")) {
                throw new CrmRejected("400", Map.of("a", "NotSupportedChoice"),
                        Map.of("a", List.of(new Violation("NotSupportedChoice", "_embedded.contacts.0.id"))));
            }
            return Map.of("a", 301L);
        });

        assertThat(ids).containsEntry("a", 301L);
        assertThat(sent).hasSize(2).last().isEqualTo("{\"request_id\":\"a\",\"name\":\"Заявка\"}");
        assertThat(told).singleElement().satisfies(note -> {
            assertThat(note.path("lead").asLong()).isEqualTo(301);
            assertThat(note.path("text").asText()).startsWith(CarefulWrites.HEAD).contains("Контакт: [{\"id\":201}]");
        });
    }
}
