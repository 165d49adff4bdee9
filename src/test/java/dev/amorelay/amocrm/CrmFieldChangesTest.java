package dev.amorelay.amocrm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.amorelay.amocrm.CrmFieldChanges.FieldChange;
import dev.amorelay.settings.AccountSettings;
import dev.amorelay.settings.AccountSettings.Fields;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.commons.lang3.StringUtils;
import org.junit.jupiter.api.Test;

class CrmFieldChangesTest {

    private final FakeGate gate = new FakeGate();

    private CrmFieldChanges changes(Fields fields) {
        Accounts accounts = mock(Accounts.class);
        when(accounts.named(null)).thenReturn(new Account("default", new AccountSettings(null, null, null, null, null, null, null, null, null, null, null,
                fields, null, null, null, null, null)));
        return gate.fieldChanges(accounts);
    }

    @Test
    void tellsWhoWroteWhat() {
        gate.answers("""
                {"_embedded":{"events":[
                  {"type":"custom_field_3_value_changed","entity_id":5,"created_by":12380450,"created_at":1800000200,
                   "value_after":[{"custom_field_value":{"field_id":3,"text":" 701 "}}],"value_before":[{"custom_field_value":{"field_id":3,"text":"700"}}]},
                  {"type":"custom_field_value_changed","entity_id":5,"created_by":0,"created_at":1800000100,
                   "value_after":[{"custom_field_value":{"field_id":1,"text":"SN-1"}},{"custom_field_value":{"field_id":1,"text":"SN-2"}}],"value_before":[]},
                  {"type":"custom_field_9_value_changed","entity_id":5,"created_by":1,"created_at":1800000100,"value_after":[],"value_before":[]},
                  {"type":"common_note_added","entity_id":5,"created_by":1,"created_at":1800000100,"value_after":{"note":{"id":1}},"value_before":[]}]}}""");
        assertThat(changes(new Fields(1L, 2L, 3L, null, null, 6L, null)).read(null, List.of(5L))).containsExactly(
                new FieldChange(5, 3, 12380450, Instant.ofEpochSecond(1800000200), List.of("700"), List.of("701")),
                new FieldChange(5, 1, 0, Instant.ofEpochSecond(1800000100), List.of(), List.of("SN-1", "SN-2")));
        assertThat(gate.onlyCall()).isEqualTo(CrmCall.get("default", "/api/v4/events", "filter[entity]=lead&limit=100"
                + "&filter[type][]=custom_field_1_value_changed&filter[type][]=custom_field_3_value_changed&filter[type][]=custom_field_6_value_changed"
                + "&filter[entity_id][]=5"));
    }

    @Test
    void whereTheAccountDoesNotTellNobodyIsKnown() {
        gate.answers(call -> {
            throw new CrmRejected("GET /api/v4/events → 400 filter[type]", Map.of());
        });
        assertThat(changes(new Fields(1L, null, null, null, null, null, null)).read(null, List.of(5L))).singleElement()
                .satisfies(change -> assertThat(change.author()).isZero());
    }

    @Test
    void theNewestFirstWhateverTheLogsOrder() {
        String event = "{\"type\":\"custom_field_1_value_changed\",\"entity_id\":5,\"created_by\":%d,\"created_at\":%d,\"value_after\":[],\"value_before\":[]}";
        gate.answers("{\"_embedded\":{\"events\":[" + event.formatted(1, 100) + "," + event.formatted(2, 200) + "]}}");
        assertThat(changes(new Fields(1L, null, null, null, null, null, null)).read(null, List.of(5L))).extracting(FieldChange::author).containsExactly(2L, 1L);
    }

    @Test
    void tenLeadsACallAndNoneForNobody() {
        changes(new Fields(1L, null, null, null, null, null, null)).read(null, LongStream.rangeClosed(1, 11).boxed().toList());
        assertThat(gate.calls()).extracting(call -> StringUtils.countMatches(call.query(), "filter[entity_id][]=")).containsExactly(10, 1);
        changes(new Fields(1L, null, null, null, null, null, null)).read(null, List.of());
        changes(new Fields(null, 2L, null, null, null, null, null)).read(null, List.of(5L));
        assertThat(gate.calls()).hasSize(2);
    }
}
