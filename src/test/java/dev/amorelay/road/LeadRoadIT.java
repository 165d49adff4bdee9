package dev.amorelay.road;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.json.Json;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From a post at the door to the lead, its notes and its mail. */
class LeadRoadIT extends RunningRelay {

    /** What each caller of the replaced backend sends, and what managers see of it. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            site                    | Сайт (Обратная связь) | 10226282 | 💬 СООБЩЕНИЕ ПОЛЬЗОВАТЕЛЯ:
            cart_order              | Заказ запчастей       | 10245926 | 🛒 СОСТАВ ЗАКАЗА (ЗАПЧАСТИ):
            diagnostics_widget_null | Диагностика           | 10226282 | 🔬 РЕЗУЛЬТАТ ДИАГНОСТИКИ:
            diagnostics_widget_full | Диагностика           | 10226282 | 🔬 РЕЗУЛЬТАТ ДИАГНОСТИКИ:
            diagnostics             | Сервисная заявка      | 10226282 | 💬 СООБЩЕНИЕ ПОЛЬЗОВАТЕЛЯ:
            bot_order               | Заказ запчастей       | 10226282 | 💬 СООБЩЕНИЕ ПОЛЬЗОВАТЕЛЯ:
            bot_invoice             | bot_invoice           | 10226282 | 💬 СООБЩЕНИЕ ПОЛЬЗОВАТЕЛЯ:
            direct_api              | direct_api            | 10226282 |
            unknown_source          | *                     | 10226282 | *
            """)
    void everyCallersLeadBecomesOneLeadWithNotesAndOneMail(String file, String label, long pipeline, String note)
            throws IOException {
        String name = "Проверка " + UUID.randomUUID();
        String body = Json.write(((com.fasterxml.jackson.databind.node.ObjectNode) Json.read(sample("leads/" + file + ".json")))
                .put("name", name));

        String id = ingest(body);
        JsonNode lead = crmLead(delivered(id));

        assertThat(lead.path("name").asText()).endsWith(": " + name);
        if (!"*".equals(label)) {
            assertThat(lead.path("name").asText()).isEqualTo(label + ": " + name);
        }
        assertThat(lead.path("pipeline_id").asLong()).isEqualTo(pipeline);
        if (note != null && !"*".equals(note)) {
            assertThat(texts(lead.path("notes"))).anyMatch(text -> text.startsWith(note));
        }
        assertThat(crmLeadsNamed(name)).hasSize(1);
        // the same for every attempt, so that a mailbox recognises a repeated copy
        assertThat(mailsAbout(name)).singleElement().satisfies(mail ->
                assertThat(mail.path("messageId").asText()).isEqualTo("<" + id + ".lead-copy@amo-relay>"));
    }

    @Test
    void aFormWithCyrillicAndEmojiArrivesAsTyped() throws IOException {
        HttpResponse<String> answer = postForm("/ingest/leads", sample("leads/form.txt").strip());

        assertThat(answer.statusCode()).isEqualTo(200);
        String id = Json.read(answer.body()).path("lead_id").asText();
        JsonNode lead = crmLead(delivered(id));
        String typed = jdbc.queryForObject("SELECT name FROM leads WHERE id = ?::uuid", String.class, id);
        assertThat(lead.path("name").asText()).endsWith(": " + typed);
        assertThat(typed).containsPattern("[а-яА-Я]");
    }

    @Test
    void aMultipartFormIsALeadToo() {
        String border = "border-of-parts";
        String body = part(border, "name", "Мария Многочастная") + part(border, "phone", "8 (999) 555-44-33")
                + part(border, "source", "site") + "--" + border + "--\r\n";

        HttpResponse<String> answer = post("/api/ingest/leads", "multipart/form-data; boundary=" + border,
                body.getBytes(StandardCharsets.UTF_8));

        assertThat(answer.statusCode()).isEqualTo(200);
        String id = Json.read(answer.body()).path("lead_id").asText();
        assertThat(jdbc.queryForMap("SELECT name, phone_e164 FROM leads WHERE id = ?::uuid", id))
                .containsEntry("name", "Мария Многочастная").containsEntry("phone_e164", "+79995554433");
    }

    private static String part(String border, String name, String value) {
        return "--" + border + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
    }

    @Test
    void theDealCarriesWhatTheSalesTeamNeeds() {
        String id = ingest("""
                {"source":"diagnostics","name":"Олег Полевой","phone":"+7 (999) 101-20-30","message":"Шумит шпиндель",
                 "meta":{"serial_number":"SN-77","machine_type":"ЧПУ 300","tg_user_id":555000111,
                         "configuration":"ось C","next_maintenance":"2027-03-01"}}""");

        JsonNode lead = crmLead(delivered(id));

        assertThat(field(lead, 712629)).isEqualTo("SN-77");
        assertThat(field(lead, 712631)).isEqualTo("ЧПУ 300");
        assertThat(field(lead, 712633)).isEqualTo("555000111");
        assertThat(field(lead, 712635)).isEqualTo("ось C");
        assertThat(field(lead, 712637)).isNotEmpty();
        assertThat(field(lead, 712641)).isEqualTo(id);
        assertThat(lead.path("status_id").asLong()).isEqualTo(80953554);
        assertThat(lead.path("contacts").path(0).path("fields").path(0).path("value").asText()).isEqualTo("+79991012030");
    }

    @Test
    void twoLeadsFromOnePhoneShareOneContactThatStaysAsItWas() {
        String phone = "+7999" + (1000000 + (int) (Math.random() * 8999999));
        delivered(ingest("{\"source\":\"site\",\"name\":\"Первое Имя\",\"phone\":\"" + phone + "\"}"));
        delivered(ingest("{\"source\":\"site\",\"name\":\"Другое Имя\",\"phone\":\"8" + phone.substring(2) + "\"}"));

        assertThat(jdbc.queryForList("SELECT DISTINCT amo_contact_id FROM leads WHERE phone_e164 = ?", Long.class, phone))
                .hasSize(1);
        assertThat(crmLeadsNamed("Другое Имя").get(0).path("contacts").path(0).path("name").asText()).isEqualTo("Первое Имя");
    }

    @Test
    void whatAKnownContactLacksStandsInANoteAndTheContactStays() {
        String phone = "+7912" + (1000000 + (int) (Math.random() * 8999999));
        String told = "\"source\":\"site\",\"name\":\"Раиса Полевая\",\"phone\":\"" + phone + "\"";
        delivered(ingest("{" + told + ",\"message\":\"Первый вопрос\"}"));

        JsonNode lead = crmLead(delivered(ingest("{" + told + ",\"email\":\"raisa.polevaya@example.com\",\"message\":\"Ответьте на почту\"}")));

        assertThat(texts(lead.path("notes"))).contains(
                "☎️ КОНТАКТНЫЕ ДАННЫЕ:\nКонтакт уже есть в CRM; в заявке указано также: email raisa.polevaya@example.com");
        assertThat(lead.path("contacts").toString()).contains(phone).doesNotContain("raisa.polevaya");
    }

    @Test
    void aNumberOfTheStateLinksNoStranger() {
        String digits = "910" + (1000000 + (int) (Math.random() * 8999999));
        delivered(ingest("{\"source\":\"site\",\"name\":\"Посторонний\",\"phone\":\"+7" + digits + "\"}"));

        JsonNode lead = crmLead(delivered(ingest("{\"source\":\"site\",\"name\":\"ООО «Крымстанок», ИНН " + digits
                + "\",\"email\":\"zakup" + digits + "@krymstanok.example\",\"message\":\"Пришлите цены\"}")));

        assertThat(lead.path("contacts").toString()).contains("zakup" + digits).doesNotContain("Посторонний", "+7" + digits);
    }

    @Test
    void aRepeatedPostIsTheSameLead() {
        String body = "{\"source\":\"site\",\"name\":\"Повтор\",\"phone\":\"+79990001122\",\"message\":\"" + UUID.randomUUID() + "\"}";
        String key = UUID.randomUUID().toString();

        assertThat(ingest(body)).isEqualTo(ingest(body));
        HttpResponse<String> first = postJson("/ingest/leads", body.replace("Повтор", "Один"), "Idempotency-Key", key);
        HttpResponse<String> second = postJson("/api/ingest/leads", body.replace("Повтор", "Два"), "Idempotency-Key", key);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(jdbc.queryForObject("SELECT count(*) FROM leads WHERE name = 'Два'", Long.class)).isZero();
    }

    @Test
    void anExpiredRepeatIsANewLead() {
        String body = "{\"source\":\"site\",\"phone\":\"+79990001133\",\"message\":\"" + UUID.randomUUID() + "\"}";
        String first = ingest(body);

        jdbc.update("UPDATE lead_keys SET expires_at = now() - interval '1 s' WHERE lead_id = ?::uuid", first);

        assertThat(ingest(body)).isNotEqualTo(first);
    }

    @Test
    void twentyPostsAtOnceWithOneKeyMakeOneLead() throws Exception {
        String key = UUID.randomUUID().toString();
        String name = "Одновременно " + key;
        Callable<String> post = () -> postJson("/ingest/leads",
                "{\"source\":\"site\",\"name\":\"" + name + "\",\"phone\":\"+79990002233\"}", "Idempotency-Key", key).body();
        ExecutorService callers = Executors.newFixedThreadPool(20);
        Set<String> answers = new HashSet<>();
        try {
            for (Future<String> answer : callers.invokeAll(java.util.Collections.nCopies(20, post))) {
                answers.add(answer.get());
            }
        } finally {
            callers.shutdown();
        }

        assertThat(answers).hasSize(1);
        assertThat(jdbc.queryForObject("SELECT count(*) FROM leads WHERE name = ?", Long.class, name)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"name\":", "[]", "{}", "{\"phone\":\"+7\",\"email\":\"\"}", "not a lead"})
    void whatHoldsNoLeadIsRefusedWithFieldsThatAFormCanShow(String body) {
        HttpResponse<String> answer = postJson("/api/ingest/leads", body);

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.headers().firstValue("content-type").orElse("")).startsWith("application/problem+json");
        JsonNode problem = Json.read(answer.body());
        assertThat(problem.path("status").asInt()).isEqualTo(422);
        assertThat(problem.path("errors").path(0).path("message").asText()).containsPattern("[а-яА-Я]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1 500,75 ₽", "1e9", "-5", "NaN"})
    void anUnreadablePriceIsZeroAndStandsInTheNote(String total) {
        String id = ingest(Json.write(Json.object().put("source", "cart_order").put("name", "Цена " + UUID.randomUUID())
                .put("phone", "+79990003344").set("meta", Json.object().put("total", total))));

        JsonNode lead = crmLead(delivered(id));

        assertThat(lead.path("price").asLong()).isZero();
        assertThat(String.join("\n", texts(lead.path("notes")))).contains(total);
    }

    @Test
    void aBodyAboveOneMegabyteIsRefused() {
        HttpResponse<String> answer = postJson("/api/ingest/leads", "{\"message\":\"" + "x".repeat(1024 * 1024) + "\"}");

        assertThat(answer.statusCode()).isEqualTo(413);
    }

    @Test
    void aStrangersHeaderSteersNothingAndDoesNotComeBack() {
        HttpResponse<String> answer = postJson("/api/ingest/leads",
                "{\"source\":\"site\",\"name\":\"Чужой заголовок\",\"phone\":\"+79990004455\"}",
                "CamelHttpResponseCode", "299", "CamelSqlQuery", "SELECT 1", "to", "victim@example.com", "X-Own", "echo");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().map()).doesNotContainKeys("X-Own", "x-own", "to", "CamelSqlQuery");
        delivered(Json.read(answer.body()).path("lead_id").asText());
        assertThat(mailsAbout("Чужой заголовок").get(0).path("to").toString()).doesNotContain("victim");
    }

    private static List<JsonNode> crmLeadsNamed(String name) {
        return StreamSupport.stream(sandbox().path("leads").spliterator(), false)
                .filter(lead -> lead.path("name").asText().endsWith(": " + name)).toList();
    }

    private static List<JsonNode> mailsAbout(String name) {
        JsonNode mails = Json.read(get("/sandbox/api/mails").body());
        return StreamSupport.stream(mails.spliterator(), false)
                .filter(mail -> mail.path("subject").asText().equals("Новая заявка: " + name)).toList();
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static String field(JsonNode lead, long id) {
        return StreamSupport.stream(lead.path("fields").spliterator(), false)
                .filter(field -> field.path("id").asLong() == id).map(field -> field.path("value").asText())
                .findFirst().orElse("");
    }
}
