package dev.amorelay.amocrm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.amorelay.amocrm.CrmTasks.Task;
import dev.amorelay.json.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrmTasksTest {

    private static final Task TASK = new Task(55L, "Заполните серийный номер", 12380450L, 1_800_000_000);

    private final FakeGate gate = new FakeGate();
    private final CrmTasks tasks = gate.tasks();

    @Test
    void creates() {
        gate.answers("{\"_embedded\":{\"tasks\":[{\"id\":3001}]}}");
        assertThat(tasks.create(null, TASK)).isEqualTo(3001);
        assertThat(Json.write(gate.onlyCall().body())).isEqualTo("[{\"text\":\"Заполните серийный номер\","
                + "\"complete_till\":1800000000,\"entity_id\":55,\"entity_type\":\"leads\",\"task_type_id\":1,"
                + "\"responsible_user_id\":12380450}]");
        assertThat(gate.onlyCall().path()).isEqualTo("/api/v4/tasks");
        assertThat(gate.onlyCall().creates()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"_embedded\":{\"tasks\":[]}}", "{\"_embedded\":{\"tasks\":[{}]}}"})
    void anAnswerWithoutAnIdLeavesTheOutcomeUnknown(String answer) {
        gate.answers(answer);
        assertThatThrownBy(() -> tasks.create(null, TASK)).isInstanceOf(CrmOutcomeUnknown.class);
        assertThatThrownBy(() -> gate.contacts().create(null, List.of(Json.object()), List.of(Json.object()))).isInstanceOf(CrmOutcomeUnknown.class);
    }

    @Test
    void withoutAnybodyInCharge() {
        gate.answers("{\"_embedded\":{\"tasks\":[{\"id\":3001}]}}");
        tasks.create("default", new Task(55L, "a", null, 1));
        assertThat(gate.onlyCall().body().path(0).has("responsible_user_id")).isFalse();
    }

    @Test
    void findsTheOneOfAnEarlierAttempt() {
        gate.answers("""
                {"_embedded":{"tasks":[{"id":1,"entity_id":55,"text":"другая"},
                 {"id":2,"entity_id":56,"text":"Заполните серийный номер"},
                 {"id":3,"entity_id":55,"text":"Заполните серийный номер"}]}}""");
        assertThat(tasks.findCreated(null, TASK)).contains(3L);
        assertThat(gate.onlyCall()).isEqualTo(CrmCall.get("default", "/api/v4/tasks",
                "filter[entity_type]=leads&filter[entity_id][]=55&limit=250"));
    }

    @Test
    void findsTheOneThatSomebodyElseGotInThePlaceOfADismissedUser() {
        String text = TASK.insteadOfTheDismissed(7L).text();
        assertThat(text).startsWith("Заполните серийный номер\n\nОтветственный по сделке больше не работает в amoCRM (пользователь 12380450)");
        gate.answers(call -> FakeGate.found(200, Json.write(Json.object().set("_embedded", Json.object().set("tasks",
                Json.array().add(Json.object().put("id", 4).put("entity_id", 55).put("text", text)))))));
        assertThat(tasks.findCreated(null, TASK)).contains(4L);
    }

    @Test
    void noneOfAnEarlierAttempt() {
        assertThat(tasks.findCreated(null, TASK)).isEmpty();
        gate.answers("{\"_embedded\":{\"tasks\":[{\"id\":1,\"entity_id\":55,\"text\":\"другая\"}]}}");
        assertThat(tasks.findCreated(null, TASK)).isEmpty();
    }

    @Test
    void aTaskAboutNothingInTheCrm() {
        Task task = new Task(null, "Позвоните", null, 1_800_000_000);
        gate.answers("{\"_embedded\":{\"tasks\":[{\"id\":3001}]}}");
        tasks.create(null, task);
        assertThat(Json.write(gate.onlyCall().body())).isEqualTo("[{\"text\":\"Позвоните\",\"complete_till\":1800000000,\"task_type_id\":1}]");
        gate.answers("""
                {"_embedded":{"tasks":[{"id":1,"entity_id":55,"text":"Позвоните"},{"id":2,"entity_id":null,"text":"другая"},
                 {"id":3,"entity_id":null,"text":"Позвоните"}]}}""");
        assertThat(tasks.findCreated(null, task)).contains(3L);
        assertThat(gate.calls().get(1)).isEqualTo(CrmCall.get("default", "/api/v4/tasks",
                "filter[is_completed]=0&order[created_at]=desc&limit=250"));
    }
}
