package dev.amorelay.amocrm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amorelay.amocrm.CrmNotes.Note;
import dev.amorelay.json.Json;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CrmNotesTest {

    private final FakeGate gate = new FakeGate();
    private final CrmNotes notes = gate.notes();

    @Test
    void oneCallForTheNotesOfManyLeads() {
        notes.add(null, List.of(new Note(5, "💬 первая"), new Note(6, "вторая")));
        assertThat(gate.onlyCall().label()).isEqualTo("POST /api/v4/leads/notes");
        assertThat(Json.write(gate.onlyCall().body())).isEqualTo(
                "[{\"entity_id\":5,\"note_type\":\"common\",\"request_id\":\"0\",\"params\":{\"text\":\"💬 первая\"}},"
                + "{\"entity_id\":6,\"note_type\":\"common\",\"request_id\":\"1\",\"params\":{\"text\":\"вторая\"}}]");
    }

    @Test
    void moreThanACallTakesGoInSeveral() {
        notes.add("default", IntStream.range(0, 401).mapToObj(i -> new Note(i, "text " + i)).toList());
        assertThat(gate.calls()).extracting(call -> call.body().size()).containsExactly(200, 200, 1);
        assertThat(gate.calls().get(2).body().path(0).path("entity_id").asLong()).isEqualTo(400);
        assertThat(gate.calls().get(1).body().path(199).path("request_id").asText()).isEqualTo("199");
    }

    @Test
    void noNotesNoCall() {
        notes.add(null, List.of());
        assertThat(gate.calls()).isEmpty();
    }

    @Test
    void textsOfALead() {
        gate.answers("{\"_embedded\":{\"notes\":[{\"params\":{\"text\":\"a\"}},{\"params\":{\"text\":\"b\"}},{\"params\":{\"text\":\"a\"}}]}}");
        assertThat(notes.texts(null, 77)).containsExactlyInAnyOrder("a", "b");
        assertThat(gate.onlyCall()).isEqualTo(CrmCall.get("default", "/api/v4/leads/77/notes",
                "filter[note_type]=common&order[updated_at]=desc&limit=250"));
    }

    @Test
    void leadWithoutNotes() {
        assertThat(notes.texts(null, 77)).isEmpty();
    }
}
