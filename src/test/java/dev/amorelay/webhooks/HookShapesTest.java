package dev.amorelay.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amorelay.json.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every shape of hook that the facts (§6.3–6.5, §6.7) name, made small. */
class HookShapesTest {

    private static final String ACCOUNT = "account[subdomain]=example&account[id]=5&";

    private final HookReader reader = new HookReader();

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "leads[add][0][id]=1           | lead.add              | lead     | 1",
        "leads[update][0][id]=1        | lead.update           | lead     | 1",
        "leads[status][0][id]=1        | lead.status           | lead     | 1",
        "leads[responsible][0][id]=1   | lead.responsible      | lead     | 1",
        "leads[restore][0][id]=1       | lead.restore          | lead     | 1",
        "leads[delete][0][id]=1        | lead.delete           | lead     | 1",
        "leads[delete][0]=1            | lead.delete           | lead     | 1",
        "leads[delete]=1               | lead.delete           | lead     | 1",
        "leads[add][id]=1              | lead.add              | lead     | 1",
        "contacts[add][0][id]=1        | contact.add           | contact  | 1",
        "contacts[add][0][id]=1&contacts[add][0][type]=contact    | contact.add    | contact | 1",
        "contacts[update][0][id]=1&contacts[update][0][type]=company | company.update | company | 1",
        "contacts[delete][0][type]=company&contacts[delete][0][id]=1 | company.delete | company | 1",
        "companies[restore][0][id]=1   | company.restore       | company  | 1",
        "customers[responsible][0][id]=1 | customer.responsible | customer | 1",
        "customers[period][0][id]=1    | customer.period       | customer | 1",
        "task[add][0][id]=1            | task.add              | task     | 1",
        "task[update][0][0][id]=1      | task.update           | task     | 1",
        "tasks[delete][0][id]=1        | task.delete           | task     | 1",
        "unsorted[add][0][uid]=ab      | unsorted.add          | unsorted | ab",
        "unsorted[update][0][id]=1     | unsorted.update       | unsorted | 1",
        "message[add][0][id]=a-b       | message.add           | message  | a-b",
        "outgoing_message[add][0][id]=a | message.add          | message  | a",
        "add[0][id]=a                  | message.add           | message  | a",
        "update[0][id]=a               | message.update        | message  | a",
        "talk[add][0][talk_id]=1       | conversation.add      | conversation | 1",
        "talk[update][0][talk_id]=1&talk[update][0][id]=2 | conversation.update | conversation | 1",
        "catalogs[update][0][id]=1&catalogs[update][0][catalog_id]=2 | catalog.update | catalog | 1",
        "chat_template_reviews[add][0][id]=1 | chat_template_review.add | chat_template_review | 1",
        "widgets[sneeze][0][id]=1      | widgets.sneeze        | widgets  | 1",
        "wi.d[é][0][id]=1              | wi_d._                | wi_d     | 1",
        "leads[add][0][name]=x         | lead.add              | lead     | ",
        "leads[add][0][id]=            | lead.add              | lead     | "})
    void namesTheEventAndTheEntity(String form, String type, String entity, String id) {
        HookEvent event = only(ACCOUNT + form);
        assertThat(event.eventType()).isEqualTo(type);
        assertThat(event.entityType()).isEqualTo(entity);
        assertThat(event.eventType()).isEqualTo(event.entityType() + "." + event.action());
        assertThat(event.entityId()).isEqualTo(id);
        assertThat(event.accountId()).isEqualTo(5L);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "leads[note][0][note]      |                                | lead",
        "contacts[note][0][note]   | contacts[note][0][type]=contact | contact",
        "contacts[note][0][note]   | contacts[note][0][type]=company | company",
        "customers[note][0][note]  |                                | customer",
        "leads[note][0]            |                                | lead",
        "leads[note]               |                                | lead",
        "leads[note][0][note][0]   |                                | lead",
        "contacts[note][0][note][0] | contacts[note][0][type]=company | company"})
    void aNoteIsNoteAddWithItsOwnId(String prefix, String more, String entity) {
        HookEvent event = only(ACCOUNT + prefix + "[id]=9&" + prefix + "[element_id]=1&" + prefix + "[text]=да&" + more);
        assertThat(event.eventType()).isEqualTo("note.add");
        assertThat(event.entityType()).isEqualTo("note");
        assertThat(event.action()).isEqualTo("add");
        assertThat(event.entityId()).isEqualTo("9");
        assertThat(event.payload())
                .isEqualTo(Json.object().put("id", "9").put("element_id", "1").put("text", "да").put("entity", entity));
    }

    @Test
    void aKeyThatIsBothTextAndParentKeepsBoth() {
        HookEvent event = only("leads[note][0][note][id]=9&leads[note][0][note][type]=3"
                + "&leads[note][0][note][type][message_uuid]=u-1");
        assertThat(event.payload())
                .isEqualTo(HookText.json("{'id':'9','type':{'':'3','message_uuid':'u-1'},'entity':'lead'}"));
        assertThat(only("leads[add][0][id]=7&leads[add][0][id][x]=1").entityId()).isEqualTo("7");
        assertThat(only("leads[add]=7&leads[add][0][id]=7&leads[add][0][name]=x", 2).get(1).payload())
                .isEqualTo(HookText.json("{'id':'7'}"));
    }

    @Test
    void customFieldsKeepTheirShapes() {
        String field = "leads[update][0][custom_fields]";
        assertThat(only("leads[update][0][id]=1"
                + "&" + field + "[0][id]=11&" + field + "[0][values][0]=1729717200"
                + "&" + field + "[1][id]=12&" + field + "[1][values][value]=2&" + field + "[1][values][enum]=566642"
                + "&" + field + "[2][id]=13&" + field + "[2][code]=UTM_SOURCE"
                + "&" + field + "[3][id]=14&" + field + "[3][values][0][value]=12.01.1980"
                + "&" + field + "[5][id]=15&" + field + "[5][values][0][value]=a%0Ab&" + field + "[5][values][2][value]=c"
                ).payload().get("custom_fields")).isEqualTo(HookText.json("""
                [{'id':'11','values':['1729717200']},
                 {'id':'12','values':{'value':'2','enum':'566642'}},
                 {'id':'13','code':'UTM_SOURCE'},
                 {'id':'14','values':[{'value':'12.01.1980'}]},
                 {'id':'15','values':[{'value':'a\\nb'},{'value':'c'}]}]"""));
    }

    @Test
    void linkedLeadsAreAList() {
        assertThat(only("contacts[add][0][id]=1&contacts[add][0][linked_leads_id][77][ID]=77"
                + "&contacts[add][0][linked_leads_id][66][ID]=66").payload().get("linked_leads_id"))
                .isEqualTo(HookText.json("[{'ID':'66'},{'ID':'77'}]"));
    }

    @Test
    void allRootsActionsAndIndexesGiveEventsInOrder() {
        List<HookEvent> events = only("leads[status][4][id]=1&contacts[update][0][id]=2&account[id]=5"
                + "&leads[status][9][id]=3&leads[update][0][id]=1&task[add][0][id]=6", 5);
        assertThat(events).extracting(event -> event.eventType() + " " + event.entityId() + " " + event.accountId())
                .containsExactly("lead.status 1 5", "lead.status 3 5", "lead.update 1 5", "contact.update 2 5",
                        "task.add 6 5");
    }

    @Test
    void anEntityWithoutIndexBesideOneWith() {
        assertThat(only("leads[add][0][id]=1&leads[add][id]=2&leads[add][name]=x", 2))
                .extracting(HookEvent::entityId).containsExactly("1", "2");
    }

    @Test
    void deletedIdsAreEntities() {
        List<HookEvent> events = only(ACCOUNT + "leads[delete][0]=1&leads[delete][1]=2", 2);
        assertThat(events).extracting(HookEvent::entityId).containsExactly("1", "2");
        assertThat(events.get(0)).isEqualTo(only(ACCOUNT + "leads[delete][0][id]=1"));
    }

    @Test
    void outgoingMessagesSaySoInThePayload() {
        assertThat(only("outgoing_message[add][0][id]=a&outgoing_message[add][0][text]=ok").payload())
                .isEqualTo(HookText.json("{'id':'a','text':'ok','type':'outgoing'}"));
        assertThat(only("message[add][0][id]=a&message[add][0][type]=incoming").payload())
                .isEqualTo(HookText.json("{'id':'a','type':'incoming'}"));
    }

    @Test
    void digitalPipelineShortForm() {
        HookEvent event = only("leads[status][0][id]=1&leads[status][0][status_id]=142&leads[status][0][pipeline_id]=3"
                + "&leads[status][0][old_status_id]=4&leads[status][0][old_pipeline_id]=3"
                + "&account[id]=5&account[subdomain]=example");
        assertThat(event.eventType()).isEqualTo("lead.status");
        assertThat(event.accountId()).isEqualTo(5L);
        assertThat(event.payload()).isEqualTo(HookText.json("""
                {'id':'1','status_id':'142','pipeline_id':'3','old_status_id':'4','old_pipeline_id':'3'}"""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "account[id]=5&leads[add][0][id]=1                              | 5",
        "leads[add][0][id]=1&account[id]=5                              | 5",
        "leads[add][0][id]=1&account[subdomain]=example                 | ",
        "leads[add][0][id]=1                                            | ",
        "leads[add][0][id]=1&leads[add][0][account_id]=6                | 6",
        "account[subdomain]=example&leads[add][0][account_id]=6         | 6",
        "account[id]=&leads[add][0][account_id]=6                       | 6",
        "account[id]=abc&leads[add][0][account_id]=6                    | 6",
        "account[id]=0&leads[add][0][account_id]=-6                     | ",
        "account[id]=9999999999999999999&leads[add][0][id]=1            | ",
        "account=5&leads[add][0][account_id]=6                          | 6",
        "account[id]=5&leads[add][0][account_id]=6                      | 5"})
    void theAccountComesFromItsBlockElseFromTheEntity(String form, Long account) {
        assertThat(only(form).accountId()).isEqualTo(account);
    }

    @Test
    void whatAQueryLeftBehindIsIgnored() {
        assertThat(only("secret=abc&leads[add][0][id]=1&utm_source=x&=&leads_count=5").eventType())
                .isEqualTo("lead.add");
    }

    @Test
    void whatIsNotUnderstoodBesideEventsIsKept() {
        List<HookEvent> events = only("account[id]=5&leads[add][0][id]=1&utm[source]=x", 2);
        assertThat(events).extracting(HookEvent::eventType).containsExactly("lead.add", "unparsed");
        assertThat(events.get(1).accountId()).isEqualTo(5L);
    }

    @Test
    void jsonOfTheSameShapeIsTheSameEvent() {
        HookEvent form = only(ACCOUNT + "leads[status][0][id]=7&leads[status][0][price]=10");
        for (String json : List.of(
                "{'account':{'id':5,'subdomain':'example'},'leads':{'status':[{'price':10,'id':7}]}}",
                " [{'leads':{'status':[{'id':'7','price':'10'}]},'account':{'id':'5'}}]",
                "{'leads':{'status':{'0':{'id':'7','price':'10'}}},'account':{'id':'5'}}",
                "{'leads[status][0][id]':'7','leads[status][0][price]':'10','account[id]':'5'}")) {
            assertThat(reader.read(HookText.bytes(json.replace('\'', '"')), null)).containsExactly(form);
        }
        assertThat(reader.read(HookText.bytes("leads[status][0][id]=7&leads[status][0][price]=10&account[id]=5"),
                "application/json; charset=utf-8")).containsExactly(form);
    }

    @Test
    void aJsonArrayGivesAllItsHooks() {
        assertThat(reader.read(HookText.bytes("""
                [{"leads":{"add":[{"id":1},{"id":2}]}},{"account":{"id":5},"contacts":{"update":{"id":3}}}]"""), null))
                .extracting(event -> event.eventType() + " " + event.entityId() + " " + event.accountId())
                .containsExactly("lead.add 1 null", "lead.add 2 null", "contact.update 3 5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "&", "=", "hello world", "a=b&c=d", "leads", "leads=5", "leads[add]=", "leads[0][id]=1",
        "leads[]=1", "[0][id]=1", "leads[id]=5", "form[name]=x", "account[id]=5", "account[id]=5&secret=x", "{", "[", "[]",
        "{}", "null", "[1,2]", "{\"leads\":5}", "{\"leads\":{\"add\":[]}}", "{\"\":{\"add\":[{\"id\":1}]}}",
        "{\"leads\":{\"\":[{\"id\":1}]}}", "{\"n\":1e99999999999}", "<html></html>", "--x\r\nContent-Disposition: form-data"})
    void whatMakesNoEventIsKeptAsItCame(String body) {
        List<HookEvent> events = reader.read(HookText.bytes(body), "text/plain");
        assertThat(events).hasSize(1);
        HookEvent event = events.get(0);
        assertThat(event.eventType()).isEqualTo("unparsed");
        assertThat(event.entityType()).isEqualTo("unparsed");
        assertThat(event.action()).isEqualTo("unparsed");
        assertThat(event.entityId()).isNull();
        assertThat(event.payload()).isEqualTo(Json.object().put("raw", body).put("content_type", "text/plain"));
        assertThat(event.hash()).isEqualTo(EventHash.ofRaw(body));
    }

    @Test
    void aMultipartBodyIsNotTakenApart() {
        assertThat(reader.read(HookText.bytes("leads[add][0][id]=1"), " Multipart/form-data; boundary=x"))
                .extracting(HookEvent::eventType).containsExactly("unparsed");
    }

    @Test
    void anAbsentBodyIsAnEmptyOne() {
        assertThat(reader.read(null, null)).containsExactly(HookEvent.unparsed(new byte[0], null, null));
    }

    @Test
    void unparsedTextCanBeStored() {
        byte[] body = {'a', 0, (byte) 0xff, (byte) 0xd0, (byte) 0x9f};
        assertThat(reader.read(body, "x/\u0000").get(0).payload())
                .isEqualTo(Json.object().put("raw", "a\uFFFD\uFFFDП").put("content_type", "x/\uFFFD"));
    }

    @Test
    void tooMuchIsKeptAsItCame() {
        String deep = "leads[add][0]" + "[a]".repeat(40) + "=1";
        assertThat(only(deep).payload().get("raw").asText()).isEqualTo(deep);
        assertThat(only("leads[delete][]=1&".repeat(50_001)).eventType()).isEqualTo("unparsed");
        assertThat(only("{\"leads\":".repeat(5_000)).eventType()).isEqualTo("unparsed");
    }

    @Test
    void wordsAndIdsFitTheirIndexes() {
        HookEvent event = only("x".repeat(5_000) + "[" + "y".repeat(5_000) + "][0][id]=" + "z".repeat(5_000));
        assertThat(event.entityType()).isEqualTo("x".repeat(64));
        assertThat(event.action()).isEqualTo("y".repeat(64));
        assertThat(event.entityId()).isNull();
        assertThat(event.payload().get("id").asText()).hasSize(5_000);
    }

    private HookEvent only(String form) {
        return only(form, 1).get(0);
    }

    private List<HookEvent> only(String form, int count) {
        List<HookEvent> events = reader.read(HookText.bytes(form), HookText.FORM);
        assertThat(events).hasSize(count);
        return events;
    }
}
