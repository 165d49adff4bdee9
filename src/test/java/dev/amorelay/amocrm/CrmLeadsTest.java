package dev.amorelay.amocrm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrmLeadsTest {

    private static final String UUID = "11111111-2222-4333-8444-555555555555";
    private static final Instant SINCE = Instant.ofEpochSecond(1_800_000_000);
    private static final JsonNode WANTED =
            Json.read("{\"request_id\":\"" + UUID + "\",\"name\":\"Диагностика: Без имени\",\"price\":700,\"_embedded\":{\"contacts\":[{\"id\":21}]}}");

    private final FakeGate gate = new FakeGate();
    private final CrmLeads leads = gate.leads();

    private Optional<Long> found(JsonNode wanted, Long markerField) {
        return Optional.ofNullable(leads.findCreated("default", List.of(wanted), markerField, SINCE, id -> false).get(UUID));
    }

    @Test
    void createsInOneCallAndReadsTheAnswerByRequestId() {
        // the order of the answer is not promised
        gate.answers("{\"_embedded\":{\"leads\":[{\"id\":902,\"request_id\":\"b\"},{\"id\":901,\"request_id\":\"a\"}]}}");
        List<JsonNode> cards = List.of(Json.object().put("request_id", "a"), Json.object().put("request_id", "b"));
        assertThat(leads.create(null, cards)).isEqualTo(Map.of("a", 901L, "b", 902L));
        assertThat(gate.onlyCall()).isEqualTo(CrmCall.post("default", "/api/v4/leads",
                Json.read("[{\"request_id\":\"a\"},{\"request_id\":\"b\"}]")));
    }

    @Test
    void readsWithContacts() {
        gate.answers("{\"_embedded\":{\"leads\":[{\"id\":5}]}}");
        assertThat(leads.read("default", List.of(5L))).containsExactly(Json.read("{\"id\":5}"));
        assertThat(gate.onlyCall().query()).isEqualTo("filter[id][]=5&limit=250&with=contacts");
    }

    @Test
    void findsByItsMark() {
        gate.answers("""
                {"_embedded":{"leads":[
                  {"id":1,"name":"mentions the uuid in another field",
                   "custom_fields_values":[{"field_id":8,"values":[{"value":"%s"}]}]},
                  {"id":2,"custom_fields_values":null},
                  {"id":3,"custom_fields_values":[{"field_id":7,"values":[{"value":"%s"}]}]}]}}""".formatted(UUID, UUID));
        assertThat(found(WANTED, 7L)).contains(3L);
        assertThat(gate.onlyCall()).isEqualTo(CrmCall.get("default", "/api/v4/leads", "query=" + UUID + "&limit=250"));
    }

    @Test
    void findsNothingWithoutTheMark() {
        assertThat(found(WANTED, 7L)).isEmpty();
        // looks the same in every way, but bears another mark
        gate.answers("""
                {"_embedded":{"leads":[{"id":1,"name":"Диагностика: Без имени","price":700,
                  "_embedded":{"contacts":[{"id":21}]},
                  "custom_fields_values":[{"field_id":7,"values":[{"value":"other"}]}]}]}}""");
        assertThat(found(WANTED, 7L)).isEmpty();
    }

    private Optional<Long> lookalike(String lead) {
        gate.answers("{\"_embedded\":{\"leads\":[" + lead + "]}}");
        return found(WANTED, null);
    }

    @Test
    void findsByItsLooksWhereThereIsNoMark() {
        assertThat(lookalike("{\"id\":4,\"name\":\"Диагностика: Без имени\",\"price\":700,"
                + "\"_embedded\":{\"contacts\":[{\"id\":20},{\"id\":21}]}}")).contains(4L);
        assertThat(gate.onlyCall()).isEqualTo(CrmCall.get("default", "/api/v4/leads",
                "filter[created_at][from]=1800000000&order[created_at]=desc&with=contacts&limit=250&page=1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"id\":4,\"name\":\"Диагностика: Иван\",\"price\":700,\"_embedded\":{\"contacts\":[{\"id\":21}]}}",
        "{\"id\":4,\"name\":\"Диагностика: Без имени\",\"price\":701,\"_embedded\":{\"contacts\":[{\"id\":21}]}}",
        "{\"id\":4,\"name\":\"Диагностика: Без имени\",\"price\":700,\"_embedded\":{\"contacts\":[{\"id\":22}]}}",
        "{\"id\":4,\"name\":\"Диагностика: Без имени\",\"price\":700}"})
    void anotherLead(String lead) {
        assertThat(lookalike(lead)).isEmpty();
    }

    @Test
    void aLeadWithoutContactIsKnownByNameAndPrice() {
        gate.answers("{\"_embedded\":{\"leads\":[{\"id\":4,\"name\":\"A\",\"price\":0}]}}");
        assertThat(found(Json.read("{\"request_id\":\"" + UUID + "\",\"name\":\"A\"}"), null)).contains(4L);
    }

    @Test
    void manyAreLookedForTogetherPageByPage() {
        List<JsonNode> wanted = List.of("a", "b", "c", "d").stream()
                .map(id -> (JsonNode) Json.object().put("request_id", id)).toList();
        gate.answers(call -> FakeGate.found(200, call.query().endsWith("page=1")
                ? "{\"_links\":{\"next\":{}},\"_embedded\":{\"leads\":[" + marked(1, "b") + "," + marked(2, "x") + "]}}"
                : "{\"_embedded\":{\"leads\":[" + marked(3, "d") + "]}}"));
        assertThat(leads.findCreated("default", wanted, 7L, SINCE, id -> false)).isEqualTo(Map.of("b", 1L, "d", 3L));
        assertThat(gate.calls()).hasSize(2);
    }

    private static String marked(long id, String marker) {
        return "{\"id\":" + id + ",\"created_at\":1900000000,\"custom_fields_values\":[{\"field_id\":7,\"values\":[{\"value\":\""
                + marker + "\"}]}]}";
    }

    @Test
    void anotherLeadOfOursIsNotTheOneLookedFor() {
        gate.answers("{\"_embedded\":{\"leads\":[{\"id\":4,\"name\":\"A\",\"price\":0},{\"id\":5,\"name\":\"A\",\"price\":0}]}}");
        JsonNode wanted = Json.read("{\"request_id\":\"" + UUID + "\",\"name\":\"A\"}");
        assertThat(leads.findCreated("default", List.of(wanted), null, SINCE, id -> id == 4)).isEqualTo(Map.of(UUID, 5L));
    }
}
