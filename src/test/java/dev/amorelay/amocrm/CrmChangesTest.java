package dev.amorelay.amocrm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amorelay.amocrm.CrmChanges.Page;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CrmChangesTest {

    private static final Instant FROM = Instant.ofEpochSecond(1_800_000_000);
    private static final Instant TO = Instant.ofEpochSecond(1_800_000_600);

    private final FakeGate gate = new FakeGate();
    private final CrmChanges changes = new CrmChanges(gate);

    @Test
    void everyCallGoesBehindLiveWork() {
        changes.log("default", FROM, TO, 1);
        changes.deals("default", FROM, TO, 1);
        changes.contacts("default", FROM, TO, 1);
        new CrmWebhooks(gate).all("default");
        assertThat(gate.calls()).hasSize(4).allMatch(call -> call.turn() == CrmCall.Turn.AFTER_LIVE_WORK);
    }

    @Test
    void theLogIsAskedForItsStretch() {
        gate.answers("{\"_links\":{\"next\":{\"href\":\"x\"}},\"_embedded\":{\"events\":[{\"id\":\"e\"}]}}");
        Page page = changes.log("default", FROM, TO, 3);
        assertThat(page.items()).hasSize(1);
        assertThat(page.isLast()).isFalse();
        assertThat(gate.onlyCall().query()).isEqualTo("filter[type][]=lead_status_changed&filter[type][]=lead_deleted&filter[type][]=lead_restored"
                + "&filter[type][]=contact_deleted&filter[type][]=contact_restored"
                + "&filter[created_at][from]=1800000000&filter[created_at][to]=1800000600&limit=100&page=3");
    }

    @Test
    void whereATypeIsRefusedTheStageChangesAreReadAllTheSame() {
        gate.answers(call -> {
            if (call.query().contains("lead_deleted")) {
                throw new CrmRejected("GET /api/v4/events → 400", Map.of());
            }
            return FakeGate.found(204, null);
        });
        assertThat(changes.log("default", FROM, TO, 1)).isEqualTo(new Page(List.of(), true));
        assertThat(gate.calls().get(1).query()).startsWith("filter[type][]=lead_status_changed&filter[created_at]");
    }

    @Test
    void dealsComeTheLongestUnchangedFirst() {
        changes.deals("b", FROM, TO, 2);
        assertThat(gate.onlyCall()).isEqualTo(CrmCall.get("b", "/api/v4/leads", "order[updated_at]=asc&filter[updated_at][from]=1800000000"
                + "&filter[updated_at][to]=1800000600&limit=250&page=2").afterLiveWork());
    }

    @Test
    void whereACodeIsUnknownTheCommonOnesAreSubscribed() {
        gate.answers(call -> {
            if (call.body().toString().contains("update_talk")) {
                throw new CrmRejected("POST /api/v4/webhooks → 400", Map.of());
            }
            return FakeGate.found(201, "{\"destination\":\"https://relay.example.com/webhook/amocrm\",\"disabled\":false,\"settings\":[\"status_lead\"]}");
        });
        assertThat(new CrmWebhooks(gate).subscribeToAll("default", "https://relay.example.com/webhook/amocrm").settings()).containsExactly("status_lead");
        assertThat(gate.calls()).hasSize(2);
        assertThat(gate.calls().get(1).body().path("settings").toString()).contains("status_lead", "delete_contact", "restore_lead")
                .doesNotContain("customer", "update_task");
    }
}
