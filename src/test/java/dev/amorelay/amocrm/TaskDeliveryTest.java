package dev.amorelay.amocrm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amorelay.delivery.Effect;
import dev.amorelay.delivery.Outbox;
import dev.amorelay.settings.AccountSettings;
import dev.amorelay.settings.RelaySettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who gets a task whose user amoCRM refuses. */
class TaskDeliveryTest {

    private static final CrmRejected NO_SUCH_USER = new CrmRejected("400", Map.of("0", "responsible_user_id: NotSupportedChoice"));

    private final FakeGate gate = new FakeGate();
    private final List<String> done = new ArrayList<>();

    private void deliver(Long configured) {
        AccountSettings settings = new AccountSettings("example", null, "t", null, null, null, 1L, 2L, configured, null, null,
                null, null, null, null, null, null);
        Outbox outbox = new Outbox(null, null) {
            @Override
            public void done(Effect effect, String externalId) {
                done.add(externalId);
            }
        };
        Accounts accounts = new Accounts(new RelaySettings(settings, null, null, null, null, null, null, null));
        new TaskDelivery(gate.tasks(), accounts, FakeGate.nothingRefused(), outbox, null, null)
                .create(new Effect(1, 1, "crm.task", "default", "k", "55", Map.of("lead", 55, "text", "Позвоните", "responsible", 99,
                        "till", 1_900_000_000), 1, 0, false));
    }

    private void refusing(long... users) {
        gate.answers(call -> {
            long user = call.body().path(0).path("responsible_user_id").asLong();
            for (long refused : users) {
                if (user == refused) {
                    throw NO_SUCH_USER;
                }
            }
            return FakeGate.found(200, "{\"_embedded\":{\"tasks\":[{\"id\":3001}]}}");
        });
    }

    private List<Long> asked() {
        return gate.calls().stream().map(call -> call.body().path(0).path("responsible_user_id").asLong()).toList();
    }

    @Test
    void theConfiguredUserInThePlaceOfADismissedOne() {
        refusing(99);
        deliver(7L);
        assertThat(asked()).containsExactly(99L, 7L);
        assertThat(gate.calls().get(1).body().path(0).path("text").asText()).startsWith("Позвоните\n\n").contains("99")
                .endsWith("задача поставлена ответственному по умолчанию.");
        assertThat(done).containsExactly("3001");
    }

    @Test
    void nobodyInParticularWhereThatOneIsGoneToo() {
        refusing(99, 7);
        deliver(7L);
        assertThat(asked()).containsExactly(99L, 7L, 0L);
        assertThat(gate.calls().get(2).body().path(0).has("responsible_user_id")).isFalse();
        assertThat(done).containsExactly("3001");
    }

    @Test
    void nobodyInParticularWhereNoneIsConfiguredOrItIsTheSame() {
        refusing(99);
        deliver(null);
        deliver(99L);
        assertThat(asked()).containsExactly(99L, 0L, 99L, 0L);
    }

    @Test
    void aTaskWhoseDealIsGoneIsMadeWithoutIt() {
        gate.answers(call -> {
            if (call.body().path(0).has("entity_id")) {
                throw new CrmRejected("400", Map.of("0", "entity_id: NotSupportedChoice"));
            }
            return FakeGate.found(200, "{\"_embedded\":{\"tasks\":[{\"id\":3001}]}}");
        });
        deliver(7L);
        assertThat(asked()).containsExactly(99L, 99L);
        assertThat(gate.calls().get(1).body().path(0).path("text").asText()).isEqualTo("Позвоните\n\nСделки 55 в amoCRM больше нет");
        assertThat(done).containsExactly("3001");
    }
}
