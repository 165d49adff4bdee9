package dev.amorelay.sandbox.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;

/** Rebuilds captured webhooks byte for byte. */
class HookBodyTest {

    @Test
    void rebuildsALeadThatWasAdded() throws IOException {
        ObjectNode lead = doc("""
                {"id":32966269,"name":"Test","status_id":76789230,"price":999,"responsible_user_id":10000698,
                 "created_by":10000698,"updated_by":10000698,"created_at":1748268669,"updated_at":1748268669,
                 "pipeline_id":9621010,"account_id":32427762,"tags":[],"custom_fields_values":null}""");

        String body = new HookBody("example", 32427762).of("leads", "add", List.of(HookFields.lead(lead, null)));

        assertThat(body).isEqualTo(sample("lead-add"));
    }

    @Test
    void rebuildsTwoLeadsInOneBody() throws IOException {
        ObjectNode first = HookFields.lead(doc("""
                {"id":1001,"name":"Сделка А","status_id":142,"price":1500,"pipeline_id":555,"account_id":32720107,
                 "created_at":1726572752,"updated_at":1726572758}"""), 7001L);
        ObjectNode second = HookFields.lead(doc("""
                {"id":1002,"name":"Сделка Б & Ко = 100%","status_id":143,"price":0,"pipeline_id":555,"account_id":32720107,
                 "created_at":1726572752,"updated_at":1726572758}"""), 7002L);
        // the sample is a short one, without these two
        List.of(first, second).forEach(lead -> lead.remove(List.of("last_modified", "date_create")));

        String body = new HookBody("example", 32720107).of("leads", "status", List.of(first, second));

        assertThat(body).isEqualTo(sample("lead-status-two-in-one"));
    }

    @Test
    void rebuildsAContactWithPhoneAndMail() throws IOException {
        ObjectNode contact = doc("""
                {"id":37054081,"name":"Абиба абибович","responsible_user_id":10000698,"created_by":10000698,
                 "updated_by":10000698,"created_at":1748289231,"updated_at":1748292937,"account_id":32427762,
                 "custom_fields_values":[
                  {"field_id":735647,"field_name":"Должность","field_code":"POSITION","field_type":"text","values":[{"value":"555"}]},
                  {"field_id":735649,"field_name":"Телефон","field_code":"PHONE","field_type":"multitext",
                   "values":[{"value":"333","enum_id":718321,"enum_code":"WORK"}]},
                  {"field_id":735651,"field_name":"Email","field_code":"EMAIL","field_type":"multitext",
                   "values":[{"value":"444","enum_id":718333,"enum_code":"WORK"}]}]}""");

        String body = new HookBody("example", 32427762).of("contacts", "update",
                List.of(HookFields.person(contact, "contact", List.of())));

        String withoutOldUser = sample("contact-update-multitext")
                .replace("&contacts%5Bupdate%5D%5B0%5D%5Bold_responsible_user_id%5D=10000698", "");
        assertThat(body).isEqualTo(withoutOldUser);
    }

    @Test
    void rebuildsATask() throws IOException {
        ObjectNode task = doc("""
                {"id":1564835,"entity_id":17612485,"task_type_id":2,"created_at":1726579138,"updated_at":1726579758,
                 "text":"test","is_completed":true,"account_id":32720107,"created_by":0,"responsible_user_id":11087123,
                 "complete_till":1726579137,"result":{"id":4600307,"text":"клиент ответил"}}""");

        String body = new HookBody("example", 32720107).of("task", "update",
                List.of(HookFields.task(task, 3, true, false)));

        assertThat(body).isEqualTo(sample("task-update"));
    }

    @Test
    void writesADateFieldAsABareScalar() {
        ObjectNode lead = doc("""
                {"id":1,"name":"","custom_fields_values":[{"field_id":481305,"field_name":"Cind trebuie?","field_code":null,
                 "field_type":"date","values":[{"value":1615845600}]}]}""");

        String body = FormEncoder.encode(HookFields.lead(lead, null));

        assertThat(body).isEqualTo("id=1&name=&custom_fields%5B0%5D%5Bid%5D=481305"
                + "&custom_fields%5B0%5D%5Bname%5D=Cind+trebuie%3F&custom_fields%5B0%5D%5Bvalues%5D%5B0%5D=1615845600");
    }

    @Test
    void encodesAsPhpDoes() {
        ObjectNode tree = doc("{\"a b\":\"* ~ 💬\",\"yes\":true,\"no\":false,\"none\":null,\"empty\":[]}");

        assertThat(FormEncoder.encode(tree)).isEqualTo("a+b=%2A+%7E+%F0%9F%92%AC&yes=1&no=0");
    }

    private static ObjectNode doc(String json) {
        return (ObjectNode) Json.read(json);
    }

    private static String sample(String name) throws IOException {
        return new ClassPathResource("sandbox/" + name + ".txt").getContentAsString(StandardCharsets.UTF_8).strip();
    }
}
