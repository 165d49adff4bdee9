package dev.amorelay.leads;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.amorelay.contract.Contract;
import dev.amorelay.json.Json;
import dev.amorelay.phone.Phones;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The contract and the door say the same: what conforms is taken without a remark, what does not is taken with one or, where
 * nothing is filled in, refused with the text of the contract.
 */
class LeadContractTest {

    private static final JsonNode DOCUMENT = Contract.read();
    private static final JsonSchema SCHEMA = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(
            ((ObjectNode) Json.object().put("$ref", "#/components/schemas/Lead")).<ObjectNode>set("components", DOCUMENT.path("components")));
    private static final JsonNode RULES = Contract.schema("Lead");

    private final LeadReader reader = new LeadReader();

    /** Each field at its limit and beyond, in each shape, and every combination of what can be there. */
    static Stream<ObjectNode> cases() {
        List<ObjectNode> cases = new ArrayList<>();
        RULES.path("properties").properties().stream().filter(field -> field.getValue().has("maxLength")).forEach(field -> {
            int longest = field.getValue().get("maxLength").asInt();
            for (int length : List.of(1, longest - 1, longest, longest + 1, longest * 3)) {
                cases.add(Json.object().put("message", "Вопрос").put(field.getKey(), text(field.getKey(), length)));
            }
        });
        Stream.of("a@b.c", "имя@пример.рф", "a.b+c@example.com", "a@b", "a@.b", "a@b.", "@b.c", "a@", "a b@c.d", "a@@b.c", "a@b@c.d",
                "<a@b.c>", "a@b..c", "a,b@c.d", "a@b.c, d@e.f", "нет", "-").forEach(email -> {
                    cases.add(Json.object().put("email", email));
                    cases.add(Json.object().put("email", email).put("message", "Вопрос"));
                });
        Stream.of("+7 (999) 123-45-67", "8 999 123 45 67", "79991234567", "9991234567", "N/A", "12", "телефон: 8 999 123 45 67", "+1 202 555 01",
                "000").forEach(phone -> {
                    cases.add(Json.object().put("phone", phone));
                    cases.add(Json.object().put("phone", phone).put("message", "Вопрос"));
                });
        for (int mask = 0; mask < 256; mask++) {
            ObjectNode lead = Json.object();
            put(lead, mask, 1, "source", "site");
            put(lead, mask, 2, "name", "Анна");
            put(lead, mask, 4, "phone", "+7 999 123-45-67");
            put(lead, mask, 8, "email", "anna@example.com");
            put(lead, mask, 16, "message", "Вопрос");
            put(lead, mask, 32, "tg_user_id", "5");
            put(lead, mask, 64, "page", "/stanki");
            if ((mask & 128) != 0) {
                lead.putObject("meta").put("telegram_id", "6");
            }
            cases.add(lead);
        }
        return cases.stream();
    }

    private static void put(ObjectNode lead, int mask, int bit, String field, String value) {
        if ((mask & bit) != 0) {
            lead.put(field, value);
        }
    }

    private static String text(String field, int length) {
        String start = switch (field) {
            case "phone" -> "+7 999 123-45-67, ";
            case "email" -> length > 20 ? "x".repeat(length - 12) + "@example.com" : "a@example.com";
            default -> "";
        };
        return start.length() >= length ? start : start + "я".repeat(length - start.length());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theDoorDoesWhatTheContractSays(ObjectNode lead) {
        String phone = lead.path("phone").asText(null);
        boolean phoneUnderstood = phone == null || Phones.e164(phone).isPresent();
        // a name alone reaches somebody where it is a phone, which no schema can say
        boolean onlyAName = lead.has("name") && Stream.of("phone", "email", "message", "tg_user_id", "meta").noneMatch(lead::has);
        // of several addresses the first is taken, and all of them stand in a note
        String address = EmailAddress.first(lead.path("email").asText(null));
        JsonNode read = address == null ? lead : lead.deepCopy().put("email", address);
        boolean conforms = SCHEMA.validate(read).isEmpty() && phoneUnderstood && !onlyAName;
        try {
            Lead taken = reader.read(Json.write(lead).getBytes(StandardCharsets.UTF_8), "application/json");
            assertThat(taken.remarks().isEmpty()).as("taken, remarks: %s", taken.remarks()).isEqualTo(conforms);
        } catch (LeadRejected refused) {
            assertThat(conforms).as("refused").isFalse();
            assertThat(Stream.of("name", "message", "tg_user_id", "meta").noneMatch(lead::has)).as("says nothing").isTrue();
            assertThat(Stream.of("phone", "email").map(lead::path).map(JsonNode::asText)).allMatch(text -> text.isEmpty() || text.equals("-"));
            assertThat(refused.problems()).containsExactly(new FieldProblem(RULES.path("x-refusal-field").asText(), RULES.path("x-refusal").asText()));
        }
    }

    @Test
    void anotherContractIsAnotherDoor() {
        ObjectNode other = RULES.deepCopy();
        ((ObjectNode) other.path("properties").path("email")).put("maxLength", 10);
        LeadRules rules = new LeadRules(other);
        assertThat(rules.fits("email", "a@b.ru")).isTrue();
        assertThat(rules.fits("email", "anna@example.com")).isFalse();
        assertThat(rules.longest("name")).isEqualTo(500);
    }
}
