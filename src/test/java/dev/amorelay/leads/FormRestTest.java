package dev.amorelay.leads;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is too much to be looked at field by field is kept as one text, and nothing of it is lost. */
class FormRestTest {

    private static final String REMARK = "В заявке больше 5000 значений: остальные записаны одним текстом, поле form_rest";

    private final LeadReader reader = new LeadReader();

    private Lead read(ObjectNode request) {
        return reader.read(request.toString().getBytes(StandardCharsets.UTF_8), "application/json");
    }

    private static ObjectNode fields(int count) {
        ObjectNode fields = Json.object();
        IntStream.range(0, count).forEach(i -> fields.put("f" + i, "v" + i));
        return fields;
    }

    @Test
    void aCartOfSixHundredItemsIsReadItemByItem() {
        ArrayNode items = Json.array();
        IntStream.range(0, 600).forEach(i -> items.addObject().put("name", "Фреза " + i).put("quantity", 1).put("price", 10).put("id", i).put("code", "c" + i));
        Lead lead = read(Json.object().put("phone", "+79125550102").set("meta", Json.object().set("items", items)));

        assertThat(lead.meta().path("items")).hasSize(600);
        assertThat(lead.remarks()).isEmpty();
    }

    @Test
    void moreFieldsThanAnybodyFillsInAreOneText() {
        ObjectNode request = fields(7_000).put("phone", "+79125550102").put("message", "позвоните").put("form_rest", "занято");
        Lead lead = read(request);

        assertThat(lead.phoneE164()).isEqualTo("+79125550102");
        assertThat(lead.message()).isEqualTo("позвоните");
        assertThat(lead.remarks()).containsExactly(REMARK);
        assertThat(lead.meta().size()).isLessThan(FormRest.MOST_VALUES);
        ObjectNode all = (ObjectNode) Json.read(lead.meta().path("form_rest").asText());
        assertThat(all.path("form_rest").asText()).isEqualTo("занято");
        assertThat(IntStream.range(0, 7_000).filter(i -> lead.meta().has("f" + i) == all.has("f" + i))).as("each stands in one of the two").isEmpty();
    }

    @Test
    void soIsATreeThatFindsNoRoomInMetaOrInsideAText() {
        ObjectNode meta = Json.object().put("serial_number", "SN-1").set("big", fields(9_000));
        Lead lead = read(Json.object().put("phone", "+79125550102").set("meta", meta));
        assertThat(lead.meta().path("serial_number").asText()).isEqualTo("SN-1");
        assertThat(Json.read(lead.meta().path("form_rest").asText()).at("/meta/big/f8999").asText()).isEqualTo("v8999");

        String text = fields(9_000).put("phone", "1").toString();
        Lead inside = read(Json.object().put("phone", "+79125550102").put("data", text));
        assertThat(inside.meta().path("data").asText()).as("a text stays a text").isEqualTo(text);
    }

    @Test
    void aMessageLongerThanAnybodyReadsIsAFewNotesAndARemark() {
        Lead lead = read(Json.object().put("phone", "+79125550102").put("message", "слово ".repeat(100_000)));
        List<String> notes = Texts.notes(lead);

        assertThat(notes).hasSizeLessThan(10).allSatisfy(note -> assertThat(note.length()).isLessThanOrEqualTo(LeadNotes.LONGEST));
        assertThat(notes.get(LeadNotes.MOST_PARTS - 1)).startsWith("✂️ Не поместилось в примечания: ещё ").endsWith("заявка " + lead.id());
        assertThat(lead.message()).hasSizeGreaterThan(599_000);
    }
}
