package dev.amorelay.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.json.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RelayedEventTest {

    private final RelayedEvent relayed = new RelayedEvent();
    private final HookReader reader = new HookReader();

    @ParameterizedTest
    @CsvSource({"contact-update-multitext,contact", "lead-add,leads", "lead-status-tags-date-select,lead",
        "lead-status-two-in-one,lead", "task-update,task"})
    void theEntitysFieldsGiveTheHooksOwnEvent(String sample, String entityType) {
        for (HookEvent direct : reader.read(HookText.sample(sample), HookText.FORM)) {
            assertThat(read(request(direct, entityType, direct.payload(), null))).isEqualTo(direct);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"contact-update-multitext", "lead-add", "lead-status-tags-date-select",
        "lead-status-two-in-one", "task-update", "unsorted-accept"})
    void theWholeBodyGivesTheHooksOwnEvent(String sample) {
        ObjectNode body = FormTree.of(HookText.sample(sample)).orElseThrow();
        for (HookEvent direct : reader.read(HookText.sample(sample), HookText.FORM)) {
            assertThat(read(request(direct, direct.entityType(), body, null))).isEqualTo(direct);
            assertThat(read(request(direct, direct.entityType(), Json.array().add(body), null))).isEqualTo(direct);
            String text = Json.write(body);
            assertThat(read(request(direct, direct.entityType(), Json.object().textNode(text), null)))
                    .isEqualTo(direct);
        }
    }

    @Test
    void namesAndNumbersAsTheFlowWritesThem() {
        HookEvent direct = reader.read(
                HookText.bytes("account[id]=5&leads[status][0][id]=7&leads[status][0][account_id]=5"), null).get(0);
        for (String request : List.of(
                "{'event_type':'lead.status','entity_type':'lead','amocrm_entity_id':7,'payload':{'id':7,'account_id':5}}",
                "{'event_type':'leads.status','entity_type':'leads','amocrm_entity_id':'7','payload':{'account_id':'5','id':'7'}}",
                "{'event_type':'status','entity_type':'leads','payload':{'account_id':'5','id':'7'}}",
                "{'event_type':'lead.status','payload':{'id':'7','account':{'id':'5'},'account_id':5},'details':null}",
                "{'event_type':'lead.status','payload':{'leads[status][0][id]':'7','leads[status][0][account_id]':'5'}}")) {
            assertThat(read(HookText.json(request))).isEqualTo(direct);
        }
    }

    @Test
    void theDetailsAreKeptAsTheyCameAndDoNotCount() {
        HookEvent direct = reader.read(HookText.sample("lead-add"), HookText.FORM).get(0);
        JsonNode details = HookText.json("{'id':7,'price':15.5,'closed_at':null,'_embedded':{'contacts':[{'is_main':true}]}}");
        HookEvent event = read(request(direct, "lead", direct.payload(), details));
        assertThat(event.hash()).isEqualTo(direct.hash());
        assertThat(event.payload().get("details")).isEqualTo(details);
        assertThat(((ObjectNode) event.payload().deepCopy()).without("details").toString())
                .isEqualTo(direct.payload().toString());
    }

    @Test
    void detailsCanBeStored() {
        HookEvent event = relayed.understand(HookText.bytes("""
                {"event_type":"lead.add","amocrm_entity_id":7,"details":{"n\\u0000":"a\\ud800","x":[1e400000000,2]}}"""));
        assertThat(event.payload())
                .isEqualTo(HookText.json("{'details':{'n\uFFFD':'a\uFFFD','x':['1E+400000000',2]}}"));
    }

    @Test
    void withoutFieldsTheAnswerTellsEventsApart() {
        String request = "{'event_type':'lead.update','entity_type':'lead','amocrm_entity_id':7,'payload':null,"
                + "'details':{'id':7,'account_id':5,'updated_at':%d}}";
        HookEvent first = read(HookText.json(request.formatted(1)));
        assertThat(first.eventType()).isEqualTo("lead.update");
        assertThat(first.entityId()).isEqualTo("7");
        assertThat(first.accountId()).isEqualTo(5L);
        assertThat(first.payload()).isEqualTo(HookText.json("{'details':{'id':7,'account_id':5,'updated_at':1}}"));
        assertThat(read(HookText.json(request.formatted(1))).hash()).isEqualTo(first.hash());
        assertThat(read(HookText.json(request.formatted(2))).hash()).isNotEqualTo(first.hash());
    }

    @Test
    void anIdAloneIsAnEvent() {
        HookEvent event = read(HookText.json("{'event_type':'contact.add','amocrm_entity_id':'8'}"));
        assertThat(event.eventType()).isEqualTo("contact.add");
        assertThat(event.entityId()).isEqualTo("8");
        assertThat(event.accountId()).isNull();
        assertThat(event.payload()).isEqualTo(Json.object());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'account':{'id':5}}", "{'account_id':'5'}", "{'account':{'id':5},'account_id':6}"})
    void theAccountIsInThePayload(String payload) {
        assertThat(read(Json.object().put("event_type", "lead.add").put("amocrm_entity_id", 7)
                .set("payload", HookText.json(payload))).accountId()).isEqualTo(5L);
    }

    @Test
    void aNoteIsTheSameFromEitherDoor() {
        String note = "contacts[note][0][note]";
        byte[] hook = HookText.bytes(note + "[id]=9&" + note + "[element_type]=1&" + note + "[element_id]=1&"
                + note + "[account_id]=5&contacts[note][0][type]=contact&account[id]=5");
        HookEvent direct = reader.read(hook, null).get(0);
        String own = "{'id':9,'element_type':1,'element_id':1,'account_id':5}";
        for (String request : List.of(
                "{'event_type':'note.add','entity_type':'note','amocrm_entity_id':9,'payload':" + own + "}",
                "{'event_type':'note.add','entity_type':'contact','amocrm_entity_id':9,'payload':" + own + "}",
                "{'event_type':'contact.note','entity_type':'contact','amocrm_entity_id':9,'payload':" + own + "}",
                "{'event_type':'note.add','entity_type':'notes','amocrm_entity_id':9,'payload':{'type':'contact','note':" + own + "}}",
                "{'event_type':'note.add','entity_type':'contact','amocrm_entity_id':1,'payload':"
                        + FormTree.of(hook).orElseThrow() + "}")) {
            assertThat(read(HookText.json(request))).isEqualTo(direct);
        }
    }

    @Test
    void outgoingMessagesAndTalksAreTheSameFromEitherDoor() {
        for (String hook : List.of("outgoing_message[add][0][id]=a&outgoing_message[add][0][type]=outgoing&account[id]=5",
                "message[add][0][id]=a&message[add][0][type]=incoming&account[id]=5",
                "talk[add][0][talk_id]=4&talk[add][0][contact_id]=8&account[id]=5")) {
            HookEvent direct = reader.read(HookText.bytes(hook), null).get(0);
            ObjectNode payload = direct.payload().deepCopy();
            payload.putObject("account").put("id", 5);
            HookEvent event = read(request(direct, direct.entityType(), payload, null));
            assertThat(event).isEqualTo(direct);
        }
    }

    @Test
    void aCompanyUnderContactsIsACompany() {
        HookEvent event = read(HookText.json("{'event_type':'contact.update','payload':{'id':3,'type':'company'}}"));
        assertThat(event.eventType()).isEqualTo("company.update");
        assertThat(read(HookText.json("{'event_type':'contact.update','amocrm_entity_id':3,'payload':"
                + "{'contacts':{'update':[{'id':3,'type':'company'}]}}}"))).isEqualTo(event);
    }

    @Test
    void aBodyThatTellsOfSomethingElseIsKeptUnderTheNameGiven() {
        HookEvent event = read(HookText.json(
                "{'event_type':'lead.status','amocrm_entity_id':1,'payload':{'leads':{'status':[{'id':2}]}}}"));
        assertThat(event.eventType()).isEqualTo("lead.status");
        assertThat(event.entityId()).isEqualTo("1");
        assertThat(event.payload()).isEqualTo(HookText.json("{'leads':{'status':[{'id':'2'}]}}"));
    }

    @Test
    void aPayloadThatIsNoObjectIsKept() {
        assertThat(read(HookText.json("{'event_type':'lead.add','amocrm_entity_id':1,'payload':'как есть'}")).payload())
                .isEqualTo(HookText.json("{'payload':'как есть'}"));
        assertThat(read(HookText.json("{'event_type':'lead.add','amocrm_entity_id':1,'payload':[1,2]}")).payload())
                .isEqualTo(HookText.json("{'payload':['1','2']}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "7", "{}", "a=b", "{\"event_type\":\"lead.add\"}", "{\"event_type\":\"add\"}",
        "{\"event_type\":\"lead.\",\"amocrm_entity_id\":1}", "{\"event_type\":{},\"entity_type\":[],\"amocrm_entity_id\":1}",
        "{\"entity_type\":\"lead\",\"amocrm_entity_id\":1,\"payload\":{\"id\":1}}", "{\"details\":1e99999999999}"})
    void whatTellsNothingIsKeptAsItCame(String body) {
        assertThat(relayed.understand(HookText.bytes(body)))
                .isEqualTo(HookEvent.unparsed(HookText.bytes(body), "application/json", null));
    }

    @Test
    void tooDeepAPayloadIsKeptAsItCame() {
        String body = "{\"event_type\":\"lead.add\",\"amocrm_entity_id\":1,\"payload\":" + "[".repeat(50) + "]".repeat(50) + "}";
        assertThat(relayed.read(HookText.bytes(body)).payload().get("raw").asText()).isEqualTo(body);
        assertThat(relayed.read(null).eventType()).isEqualTo("unparsed");
    }

    private HookEvent read(JsonNode request) {
        return relayed.understand(HookText.bytes(request.toString()));
    }

    private static ObjectNode request(HookEvent event, String entityType, JsonNode payload, JsonNode details) {
        ObjectNode request = Json.object().put("event_type", event.eventType()).put("entity_type", entityType)
                .put("amocrm_entity_id", event.entityId());
        request.set("payload", payload);
        request.set("details", details);
        return request;
    }
}
