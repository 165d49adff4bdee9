package dev.amorelay.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.sandbox.SandboxRunning.Answer;
import dev.amorelay.sandbox.SandboxRunning.Hook;
import dev.amorelay.sandbox.mail.SandboxMailServer;
import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Drives the sandbox over real HTTP and SMTP. */
class SandboxIT {

    private static SandboxRunning sandbox;

    @BeforeAll
    static void start() throws IOException {
        sandbox = new SandboxRunning("sandbox.old-refresh-token=strict");
    }

    @AfterAll
    static void stop() throws IOException {
        sandbox.close();
    }

    @Test
    void refusesCallsWithoutTheToken() {
        for (String authorization : new String[] {null, "Bearer wrong", "sandbox"}) {
            Answer answer = sandbox.call("GET", "/sandbox/amocrm/api/v4/account", null, authorization);
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.type()).startsWith("application/problem+json");
            assertThat(answer.at("/title").asText()).isEqualTo("Unauthorized");
        }
    }

    @Test
    void tellsTheAccountAndItsCatalogue() {
        Answer account = sandbox.crm("GET", "/api/v4/account?with=datetime_settings", null);
        assertThat(account.at("/id").asLong()).isEqualTo(31000001);
        assertThat(account.at("/_embedded/datetime_settings/timezone").asText()).isEqualTo("Europe/Moscow");
        assertThat(sandbox.crm("GET", "/api/v4/leads/pipelines", null).at("/_embedded/pipelines").findValues("name").toString())
                .contains("Клиенты ООО", "ЗАПЧАСТИ", "Заявка", "Неразобранное");
        assertThat(sandbox.crm("GET", "/api/v4/leads/custom_fields", null).at("/_embedded/custom_fields")).hasSize(7);
        Answer page = sandbox.crm("GET", "/api/v4/leads/custom_fields?limit=5&page=2", null);
        assertThat(page.at("/_embedded/custom_fields")).hasSize(2);
        assertThat(page.at("/_links/next").isMissingNode()).isTrue();
    }

    @Test
    void carriesALeadFromCreationToTheWonStage() {
        long contact = create("contacts", "[{\"first_name\":\"Иван\",\"last_name\":\"Петров\",\"custom_fields_values\":"
                + "[{\"field_code\":\"PHONE\",\"values\":[{\"value\":\"+7 (999) 555-01-02\",\"enum_code\":\"MOB\"}]}]}]");
        assertThat(sandbox.crm("GET", "/api/v4/contacts?query=9995550102", null).at("/_embedded/contacts/0/id").asLong()).isEqualTo(contact);
        long lead = create("leads", "[{\"name\":\"Заявка\",\"price\":1500,\"pipeline_id\":10226282,\"status_id\":80953554,"
                + "\"_embedded\":{\"contacts\":[{\"id\":" + contact + "}],\"tags\":[{\"name\":\"сайт\"}]}}]");

        JsonNode fresh = sandbox.crm("GET", "/api/v4/leads/" + lead, null).json();
        assertThat(fresh.get("custom_fields_values").isNull()).isTrue();
        assertThat(fresh.at("/_embedded/contacts").isMissingNode()).isTrue();
        assertThat(fresh.at("/_embedded/tags/0/name").asText()).isEqualTo("сайт");

        Answer won = sandbox.crm("PATCH", "/api/v4/leads/" + lead, "{\"status_id\":142,\"custom_fields_values\":["
                + "{\"field_id\":712629,\"values\":[{\"value\":\"SN-1\"}]},{\"field_id\":712637,\"values\":[{\"value\":1634601600}]}]}");
        assertThat(won.status()).isEqualTo(200);
        JsonNode read = sandbox.crm("GET", "/api/v4/leads/" + lead + "?with=contacts", null).json();
        assertThat(read.get("status_id").asLong()).isEqualTo(142);
        assertThat(read.get("closed_at").asLong()).isPositive();
        assertThat(read.get("updated_at").asLong()).isGreaterThan(fresh.get("updated_at").asLong());
        assertThat(read.at("/custom_fields_values/0/field_name").asText()).isEqualTo("Серийный номер");
        assertThat(read.at("/custom_fields_values/1/values/0/value").asLong()).isEqualTo(1634590800);
        assertThat(read.at("/_embedded/contacts/0/id").asLong()).isEqualTo(contact);
        assertThat(read.at("/_embedded/contacts/0/is_main").asBoolean()).isTrue();

        Answer events = sandbox.crm("GET", "/api/v4/events?filter%5Btype%5D=lead_status_changed"
                + "&filter%5Bentity%5D=lead&filter%5Bentity_id%5D%5B%5D=" + lead, null);
        assertThat(events.at("/_embedded/events")).hasSize(1);
        assertThat(events.at("/_embedded/events/0/value_after/0/lead_status/id").asLong()).isEqualTo(142);
        assertThat(events.at("/_embedded/events/0/value_before/0/lead_status/id").asLong()).isEqualTo(80953554);
    }

    @Test
    void addsNotesAndRefusesTooLongOnes() {
        long lead = create("leads", "[{\"name\":\"С примечанием\"}]");
        assertThat(sandbox.crm("GET", "/api/v4/leads/" + lead + "/notes", null).status()).isEqualTo(204);
        String note = "[{\"note_type\":\"common\",\"params\":{\"text\":\"%s\"}}]";

        Answer added = sandbox.crm("POST", "/api/v4/leads/" + lead + "/notes", note.formatted("я".repeat(20_000)));
        assertThat(added.status()).isEqualTo(200);
        assertThat(added.at("/_embedded/notes/0/entity_id").asLong()).isEqualTo(lead);
        Answer refused = sandbox.crm("POST", "/api/v4/leads/" + lead + "/notes", note.formatted("я".repeat(20_001)));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.at("/validation-errors/0/errors/0/code").asText()).isEqualTo("TooLong");
        assertThat(sandbox.crm("GET", "/api/v4/leads/" + lead + "/notes", null).at("/_embedded/notes")).hasSize(1);
        Answer elsewhere = sandbox.crm("POST", "/api/v4/leads/notes", "[{\"entity_id\":1,\"note_type\":\"common\",\"params\":{\"text\":\"x\"}}]");
        assertThat(elsewhere.at("/validation-errors/0/errors/0/path").asText()).isEqualTo("entity_id");
    }

    @Test
    void savesNothingWhenOneItemIsWrong() {
        String marker = "Пакет-" + System.nanoTime();
        Answer answer = sandbox.crm("POST", "/api/v4/leads", "[{\"name\":\"" + marker + "\"},"
                + "{\"name\":\"" + marker + "\",\"price\":1.5,\"request_id\":\"second\"}]");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.type()).startsWith("application/problem+json");
        assertThat(answer.at("/validation-errors")).hasSize(1);
        assertThat(answer.at("/validation-errors/0/request_id").asText()).isEqualTo("second");
        assertThat(sandbox.crm("GET", "/api/v4/leads?query=" + URLEncoder.encode(marker, StandardCharsets.UTF_8), null).status())
                .isEqualTo(204);
    }

    @Test
    void wantsArraysAndNotTooManyItems() {
        assertThat(sandbox.crm("POST", "/api/v4/leads", "{\"name\":\"один\"}").status()).isEqualTo(400);
        assertThat(sandbox.crm("POST", "/api/v4/leads", "[]").at("/detail").asText()).isEqualTo("Request data can not be empty");
        assertThat(sandbox.crm("POST", "/api/v4/leads", "[{").status()).isEqualTo(400);
        String many = "[" + String.join(",", IntStream.range(0, 251).mapToObj(i -> "{}").toList()) + "]";
        Answer answer = sandbox.crm("POST", "/api/v4/leads", many);
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.at("/detail").asText()).isEqualTo("Limit 250 per page");
    }

    @Test
    void pagesThroughAListAndTakesRawBrackets() throws IOException {
        String items = "[" + String.join(",", IntStream.range(0, 60).mapToObj(i -> "{\"name\":\"Стр " + i + "\",\"request_id\":\"r" + i + "\"}").toList()) + "]";
        JsonNode created = sandbox.crm("POST", "/api/v4/leads", items).at("/_embedded/leads");
        assertThat(created).hasSize(60);
        assertThat(created.get(59).get("request_id").asText()).isEqualTo("r59");
        List<Long> ids = created.findValues("id").stream().map(JsonNode::asLong).toList();
        String filter = String.join("&", ids.stream().map(id -> "filter%5Bid%5D%5B%5D=" + id).toList());

        Answer first = sandbox.crm("GET", "/api/v4/leads?" + filter, null);
        assertThat(first.at("/_embedded/leads")).hasSize(50);
        String next = first.at("/_links/next/href").asText();
        Answer second = sandbox.call("GET", next.substring(next.indexOf("/sandbox")), null, "Bearer sandbox");
        assertThat(second.at("/_embedded/leads")).hasSize(10);
        assertThat(second.at("/_links/next").isMissingNode()).isTrue();
        assertThat(raw("/sandbox/amocrm/api/v4/leads?filter[id][]=" + ids.get(0) + "&filter[id][]=" + ids.get(1)))
                .startsWith("HTTP/1.1 200").contains("\"id\":" + ids.get(0)).contains("\"id\":" + ids.get(1)).doesNotContain("\"id\":" + ids.get(2));
        assertThat(sandbox.crm("GET", "/api/v4/leads?filter%5Bid%5D=1", null).status()).isEqualTo(204);
        assertThat(sandbox.crm("GET", "/api/v4/leads/1", null).status()).isEqualTo(404);
    }

    @Test
    void createsLeadContactAndCompanyInOneCall() {
        Answer answer = sandbox.crm("POST", "/api/v4/leads/complex", "[{\"name\":\"Заказ\",\"price\":3200,\"request_id\":\"ord-17\",\"_embedded\":"
                + "{\"contacts\":[{\"first_name\":\"Анна\"}],\"companies\":[{\"name\":\"ООО Пример\"}]}}]");

        assertThat(answer.json().isArray()).isTrue();
        assertThat(answer.at("/0/request_id").toString()).isEqualTo("[\"ord-17\"]");
        JsonNode lead = sandbox.crm("GET", "/api/v4/leads/" + answer.at("/0/id").asLong() + "?with=contacts", null).json();
        assertThat(lead.at("/_embedded/contacts/0/id")).isEqualTo(answer.at("/0/contact_id"));
        assertThat(lead.at("/_embedded/companies/0/id")).isEqualTo(answer.at("/0/company_id"));
        Answer wrong = sandbox.crm("POST", "/api/v4/leads/complex", "[{\"_embedded\":{\"contacts\":[{\"name\":5}]}}]");
        assertThat(wrong.at("/validation-errors/0/errors/0/path").asText()).isEqualTo("_embedded.contacts.0.name");
    }

    @Test
    void linksAndUnlinks() {
        long contact = create("contacts", "[{\"name\":\"Второй\"}]");
        long lead = create("leads", "[{\"name\":\"Связь\"}]");
        String body = "[{\"to_entity_id\":" + contact + ",\"to_entity_type\":\"contacts\",\"metadata\":{\"is_main\":true}}]";

        assertThat(sandbox.crm("POST", "/api/v4/leads/" + lead + "/link", body).status()).isEqualTo(200);
        assertThat(sandbox.crm("GET", "/api/v4/contacts/" + contact + "?with=leads", null).at("/_embedded/leads/0/id").asLong()).isEqualTo(lead);
        assertThat(sandbox.crm("POST", "/api/v4/leads/" + lead + "/unlink", body).status()).isEqualTo(204);
        assertThat(sandbox.crm("GET", "/api/v4/contacts/" + contact + "?with=leads", null).at("/_embedded/leads")).isEmpty();
    }

    @Test
    void keepsTasks() {
        long lead = create("leads", "[{\"name\":\"С задачей\"}]");
        Answer wrong = sandbox.crm("POST", "/api/v4/tasks", "[{\"entity_id\":" + lead + ",\"entity_type\":\"leads\"}]");
        assertThat(wrong.at("/validation-errors/0/errors").findValues("code").toString()).contains("FieldMissing");
        long task = create("tasks", "[{\"text\":\"Позвонить\",\"complete_till\":1893456000,\"entity_id\":" + lead + ",\"entity_type\":\"leads\"}]");

        Answer done = sandbox.crm("PATCH", "/api/v4/tasks/" + task, "{\"is_completed\":true,\"result\":{\"text\":\"ответил\"}}");

        assertThat(done.status()).isEqualTo(200);
        assertThat(sandbox.crm("GET", "/api/v4/tasks?filter%5Bentity_id%5D=" + lead, null).at("/_embedded/tasks/0/is_completed").asBoolean()).isTrue();
    }

    @Test
    void postsHooksInOrderAndRepeatsWhatWasNotTaken() {
        sandbox.answerHooks(500);
        Answer subscribed = sandbox.crm("POST", "/api/v4/webhooks", "{\"destination\":\"" + sandbox.receiver()
                + "\",\"settings\":[\"add_lead\",\"update_lead\",\"status_lead\"]}");
        assertThat(subscribed.status()).isEqualTo(201);
        try {
            String name = "Крючок-" + System.nanoTime();
            long lead = create("leads", "[{\"name\":\"" + name + "\"}]");
            await().until(() -> decoded("leads[add][0][id]=" + lead).size() >= 2);
            sandbox.answerHooks(204);
            assertThat(sandbox.call("POST", "/sandbox/api/leads/" + lead + "/win", "{\"serial\":\"SN-7\"}", null).status()).isEqualTo(200);

            await().until(() -> decoded("leads[status][0][id]=" + lead).size() == 1);
            assertThat(decoded("leads[update][0][id]=" + lead)).hasSize(1);
            String status = decoded("leads[status][0][id]=" + lead).get(0);
            assertThat(status).startsWith("account[subdomain]=sandbox&account[id]=31000001&account[_links][self]=")
                    .contains("leads[status][0][status_id]=142&leads[status][0][old_status_id]=80953554")
                    .contains("leads[status][0][custom_fields][0][values][0][value]=SN-7").contains("[name]=" + name);
            Hook hook = sandbox.hooks().get(0);
            assertThat(hook.userAgent()).isEqualTo("amoCRM-Webhooks/3.0");
            assertThat(hook.contentType()).isEqualTo("application/x-www-form-urlencoded");
        } finally {
            Answer removed = sandbox.crm("DELETE", "/api/v4/webhooks", "{\"destination\":\"" + sandbox.receiver() + "\"}");
            assertThat(removed.status()).isEqualTo(204);
        }
        assertThat(sandbox.crm("DELETE", "/api/v4/webhooks", "{\"destination\":\"http://nobody.example.com\"}").status()).isEqualTo(404);
    }

    @Test
    void refreshesATokenOnce() {
        String redirect = "https://relay.example.com/webhook/amocrm";
        String code = sandbox.call("POST", "/sandbox/api/oauth/code", "{\"redirect_uri\":\"" + redirect + "\"}", null).at("/code").asText();
        Answer first = token("authorization_code", "code", code, redirect);
        assertThat(first.status()).isEqualTo(200);
        assertThat(token("authorization_code", "code", code, redirect).at("/hint").asText()).isEqualTo("Authorization code has been revoked");
        String refresh = first.at("/refresh_token").asText();
        assertThat(token("refresh_token", "refresh_token", refresh, redirect + "/").status()).isEqualTo(400);

        Answer second = token("refresh_token", "refresh_token", refresh, redirect);
        Answer again = token("refresh_token", "refresh_token", refresh, redirect);

        assertThat(second.status()).isEqualTo(200);
        String bearer = "Bearer " + second.at("/access_token").asText();
        assertThat(sandbox.call("GET", "/sandbox/amocrm/api/v4/account", null, bearer).status()).isEqualTo(200);
        assertThat(again.status()).isEqualTo(401);
        assertThat(again.at("/hint").asText()).isEqualTo("Token has been revoked");
        sandbox.call("POST", "/sandbox/api/oauth/expire", "{}", null);
        assertThat(sandbox.call("GET", "/sandbox/amocrm/api/v4/account", null, bearer).status()).isEqualTo(401);
    }

    @Test
    void givesOneOfManyTheNewPairAndLosesNoParallelChange() {
        String redirect = "https://relay.example.com/webhook/amocrm";
        String code = sandbox.call("POST", "/sandbox/api/oauth/code", "{\"redirect_uri\":\"" + redirect + "\"}", null).at("/code").asText();
        String refresh = token("authorization_code", "code", code, redirect).at("/refresh_token").asText();
        long won = IntStream.range(0, 8).parallel().mapToObj(i -> token("refresh_token", "refresh_token", refresh, redirect))
                .filter(answer -> answer.status() == 200).count();
        assertThat(won).isEqualTo(1);

        long lead = create("leads", "[{\"name\":\"Общая\"}]");
        long before = sandbox.crm("GET", "/api/v4/leads/" + lead, null).at("/updated_at").asLong();
        IntStream.range(0, 20).parallel().forEach(i -> sandbox.crm("PATCH", "/api/v4/leads",
                "[{\"id\":" + lead + ",\"tags_to_add\":[{\"name\":\"t" + i + "\"}]}]"));
        JsonNode after = sandbox.crm("GET", "/api/v4/leads/" + lead, null).json();
        assertThat(after.at("/_embedded/tags")).hasSize(20);
        assertThat(after.get("updated_at").asLong()).isGreaterThanOrEqualTo(before + 20);
    }

    @Test
    void takesTelegramMessagesAsTelegramDoes() {
        Answer sent = telegram("{\"chat_id\":\"700100\",\"text\":\"Ваше оборудование зарегистрировано!\"}");
        assertThat(sent.at("/ok").asBoolean()).isTrue();
        assertThat(sent.at("/result/chat/id").asLong()).isEqualTo(700100);
        assertThat(sent.at("/result/message_id").asLong()).isPositive();
        for (String chat : List.of("0", "-5", "\"@channel\"")) {
            assertThat(telegram("{\"chat_id\":" + chat + ",\"text\":\"x\"}").at("/description").asText()).isEqualTo("Bad Request: chat not found");
        }
        assertThat(telegram("{\"chat_id\":1,\"text\":\"" + "я".repeat(4097) + "\"}").status()).isEqualTo(400);
        assertThat(telegram("{\"chat_id\":1}").status()).isEqualTo(400);
    }

    @Test
    void aChatThatItsOwnerHasClosedTakesNothing() {
        assertThat(sandbox.call("POST", "/sandbox/api/chats/700199/close", "{}", null).at("/closed").asBoolean()).isTrue();

        assertThat(telegram("{\"chat_id\":700199,\"text\":\"x\"}").status()).isEqualTo(403);
        assertThat(telegram("{\"chat_id\":700198,\"text\":\"x\"}").status()).isEqualTo(200);

        sandbox.call("POST", "/sandbox/api/chats/700199/close", "{\"closed\":false}", null);
        assertThat(telegram("{\"chat_id\":700199,\"text\":\"x\"}").status()).isEqualTo(200);
    }

    @Test
    void takesMail() throws Exception {
        Properties smtp = new Properties();
        smtp.put("mail.smtp.host", "127.0.0.1");
        smtp.put("mail.smtp.port", Integer.toString(sandbox.bean(SandboxMailServer.class).port()));
        for (int i = 1; i <= 2; i++) {
            MimeMessage mail = new MimeMessage(Session.getInstance(smtp));
            mail.setFrom(new InternetAddress("relay@example.com"));
            mail.setRecipient(Message.RecipientType.TO, new InternetAddress("zakaz@example.com"));
            mail.setSubject("Новая заявка: Иван " + i, "UTF-8");
            mail.setText("Имя: Иван\nСообщение: 💬", "UTF-8");
            Transport.send(mail);
        }

        JsonNode mails = sandbox.call("GET", "/sandbox/api/mails", null, null).json();
        assertThat(mails).hasSize(2);
        assertThat(mails.get(0).get("subject").asText()).isEqualTo("Новая заявка: Иван 2");
        assertThat(mails.get(0).get("to").asText()).isEqualTo("zakaz@example.com");
        assertThat(mails.get(0).get("text").asText()).contains("💬");
        assertThat(mails.get(0).get("messageId").asText()).startsWith("<").isNotEqualTo(mails.get(1).get("messageId").asText());
    }

    @Test
    void showsThePageUnderAPolicyAndCountsCalls() {
        Answer page = sandbox.call("GET", "/sandbox", null, null);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.type()).isEqualTo("text/html;charset=UTF-8");
        assertThat(page.body()).contains("/sandbox/page.js").doesNotContain("<script>");
        assertThat(sandbox.call("GET", "/sandbox/api/state", null, null).at("/pipelines")).hasSize(3);
        sandbox.crm("GET", "/api/v4/leads/4242", null);
        assertThat(sandbox.call("GET", "/sandbox/api/calls", null, null).at("/GET ~1api~1v4~1leads~1{id}").asLong()).isPositive();
    }

    @Test
    void remembersOverARestartAndMovesItsOwnSubscription() {
        long lead = create("leads", "[{\"name\":\"Переживёт\"}]");
        sandbox.restart();

        assertThat(sandbox.crm("GET", "/api/v4/leads/" + lead, null).at("/name").asText()).isEqualTo("Переживёт");
        JsonNode hooks = sandbox.crm("GET", "/api/v4/webhooks", null).at("/_embedded/webhooks");
        assertThat(hooks.findValues("destination").toString())
                .isEqualTo("[\"http://127.0.0.1:" + sandbox.port() + "/webhook/amocrm/secret-part\"]");
    }

    private static long create(String path, String body) {
        Answer answer = sandbox.crm("POST", "/api/v4/" + path, body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.type()).startsWith("application/hal+json");
        return answer.at("/_embedded/" + path + "/0/id").asLong();
    }

    private static Answer token(String grant, String key, String value, String redirect) {
        return sandbox.call("POST", "/sandbox/amocrm/oauth2/access_token", "{\"client_id\":\"00000000-0000-4000-8000-000000000001\","
                + "\"client_secret\":\"sandbox-secret\",\"grant_type\":\"" + grant + "\",\"" + key + "\":\"" + value
                + "\",\"redirect_uri\":\"" + redirect + "\"}", null);
    }

    private static Answer telegram(String body) {
        return sandbox.call("POST", "/sandbox/telegram/bot700:token/sendMessage", body, null);
    }

    private static List<String> decoded(String part) {
        return sandbox.hooks().stream().map(hook -> URLDecoder.decode(hook.body(), StandardCharsets.UTF_8))
                .filter(body -> body.contains(part + "&")).toList();
    }

    /** A request that Java's own client would not send: brackets as they are. */
    private static String raw(String target) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", sandbox.port())) {
            OutputStream out = socket.getOutputStream();
            out.write(("GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer sandbox\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
