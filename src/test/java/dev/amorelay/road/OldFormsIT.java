package dev.amorelay.road;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amorelay.json.Json;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Forms of old systems and of site builders, over HTTP as they send them. */
class OldFormsIT extends RunningRelay {

    private static final String REMARK = "Текст пришёл не в UTF-8";

    /** Parts as an old browser writes them: raw bytes, in the names of files too. */
    private static byte[] parts(String charset, String own, String... pairs) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int i = 0; i < pairs.length; i += 2) {
            boolean file = pairs[i].equals("file");
            String head = "--x\r\nContent-Disposition: form-data; name=\"" + pairs[i] + "\"" + (file ? "; filename=\"" + pairs[i + 1] + "\"" : "")
                    + "\r\n" + (own == null || file ? "" : "Content-Type: text/plain; charset=" + own + "\r\n") + "\r\n";
            body.writeBytes((head + (file ? "content" : pairs[i + 1]) + "\r\n").getBytes(Charset.forName(charset)));
        }
        body.writeBytes("--x--\r\n".getBytes(StandardCharsets.US_ASCII));
        return body.toByteArray();
    }

    private Map<String, Object> stored(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return jdbc.queryForMap("SELECT name, phone_e164, message, meta::text AS meta, remarks::text AS remarks FROM leads WHERE id = ?::uuid",
                Json.read(answer.body()).path("lead_id").asText());
    }

    private void isAsTyped(HttpResponse<String> answer, boolean remarked) {
        Map<String, Object> lead = stored(answer);
        assertThat(lead).containsEntry("name", "Оператор Жуков").containsEntry("phone_e164", "+79125550127").containsEntry("message", "Операция отменена");
        assertThat(lead.get("meta").toString()).contains("чертёж.pdf");
        assertThat(lead.get("remarks").toString().contains(REMARK)).as("%s", lead.get("remarks")).isEqualTo(remarked);
    }

    @ParameterizedTest
    @ValueSource(strings = {"windows-1251", "KOI8-R"})
    void partsInAnOldCharsetArriveAsTyped(String charset) {
        byte[] plain = parts(charset, null, "name", "Оператор Жуков", "phone", "+7 912 555-01-27", "message", "Операция отменена", "file", "чертёж.pdf");
        isAsTyped(post("/ingest/leads", "multipart/form-data; charset=" + charset + "; boundary=x", plain), false);
        isAsTyped(post("/api/ingest/leads", "multipart/form-data; boundary=x", plain, "Idempotency-Key", "undeclared " + charset), true);
        isAsTyped(post("/ingest/leads", "multipart/form-data; boundary=x", parts(charset, null, "_charset_", charset, "name", "Оператор Жуков",
                "phone", "+7 912 555-01-27", "message", "Операция отменена", "file", "чертёж.pdf")), false);
    }

    @Test
    void partsThatDeclareTheirOwnCharset() {
        byte[] body = parts("windows-1251", "windows-1251", "name", "Оператор Жуков", "phone", "+7 912 555-01-27", "message", "Операция отменена");
        Map<String, Object> lead = stored(post("/ingest/leads", "multipart/form-data; boundary=x", body));
        assertThat(lead).containsEntry("name", "Оператор Жуков").containsEntry("message", "Операция отменена").containsEntry("remarks", "[]");
    }

    @Test
    void partsThatAreWrittenAsMailIs() {
        String body = "--x\r\nContent-Disposition: form-data; name=\"name\"\r\nContent-Type: text/plain; charset=windows-1251\r\n"
                + "Content-Transfer-Encoding: base64\r\n\r\n" + Base64.getEncoder().encodeToString("Оператор Жуков".getBytes(Charset.forName("windows-1251")))
                + "\r\n--x\r\nContent-Disposition: form-data; name=\"phone\"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n=2B7 912 555-01-2=\r\n7"
                + "\r\n--x\r\nContent-Disposition: form-data; name=\"message\"\r\nContent-Transfer-Encoding: 8bit\r\n\r\n=2B\r\n--x--\r\n";
        assertThat(stored(post("/ingest/leads", "multipart/form-data; boundary=x", body.getBytes(StandardCharsets.UTF_8))))
                .containsEntry("name", "Оператор Жуков").containsEntry("phone_e164", "+79125550127").containsEntry("message", "=2B");
    }

    @ParameterizedTest
    @ValueSource(strings = {"multipart/form-data", "multipart/form-data; charset=windows-1251", "Multipart/Form-Data; boundary="})
    void partsOfAPageThatSetsTheTypeByHand(String type) {
        byte[] body = parts("windows-1251", type.contains("charset") ? null : "windows-1251", "name", "Оператор Жуков", "phone", "+7 912 555-01-27",
                "message", "Операция отменена", "file", "чертёж.pdf");
        isAsTyped(post("/ingest/leads", type, body, "Idempotency-Key", "by hand " + type), !type.contains("charset"));
        Map<String, Object> json = stored(post("/ingest/leads", type, "{\"phone\":\"+7 912 555-01-29\"}".getBytes(StandardCharsets.UTF_8), "Idempotency-Key", type));
        assertThat(json).containsEntry("phone_e164", "+79125550129");
    }

    @Test
    void theAddressMaySayWhatTheFormDoesNot() {
        HttpResponse<String> answer = post("/ingest/leads?source=landing&utm_source=ya%26ru&name=%D0%92%D0%B5%D1%80%D0%B0", "application/x-www-form-urlencoded",
                "name=Anna&phone=%2B79125550130&source=".getBytes(StandardCharsets.UTF_8));
        assertThat(stored(answer)).containsEntry("name", "Anna").extractingByKey("meta").asString().contains("\"utm_source\": \"ya&ru\"");
        assertThat(jdbc.queryForObject("SELECT source FROM leads WHERE id = ?::uuid", String.class, Json.read(answer.body()).path("lead_id").asText()))
                .isEqualTo("landing");
        assertThat(stored(post("/api/ingest/leads/?phone=%2B79125550131", "application/json", new byte[0]))).containsEntry("phone_e164", "+79125550131");
        assertThat(post("/ingest/leads?source=landing", "application/x-www-form-urlencoded", "test=test".getBytes(StandardCharsets.UTF_8)).body())
                .isEqualTo("{\"status\":\"ok\"}");
        assertThat(post("/ingest/leads?source=landing&utm_source=ya", "application/json", "{}".getBytes(StandardCharsets.UTF_8)).statusCode()).isEqualTo(422);
    }

    @Test
    void partsInUtf8AsEverybodySendsThem() {
        isAsTyped(post("/ingest/leads", "multipart/form-data; boundary=x", parts("UTF-8", null, "Имя", "Оператор Жуков", "Ваш телефон", "+7 912 555-01-27",
                "Комментарий", "Операция отменена", "file", "чертёж.pdf")), false);
    }

    @Test
    void manyPartsAreOneForm() {
        String[] pairs = new String[200];
        for (int i = 0; i < 100; i++) {
            pairs[2 * i] = i == 0 ? "phone" : "question" + i;
            pairs[2 * i + 1] = i == 0 ? "+7 912 555-01-28" : "answer";
        }
        assertThat(stored(post("/ingest/leads", "multipart/form-data; boundary=x", parts("UTF-8", null, pairs)))).containsEntry("phone_e164", "+79125550128");
    }

    @ParameterizedTest
    @CsvSource({"application/x-www-form-urlencoded,test=test", "application/json,'{\"test\":\"test\"}'", "application/x-www-form-urlencoded,webhook_id=15"})
    void aConnectionTestIsAnsweredAndStoresNothing(String type, String body) {
        long before = jdbc.queryForObject("SELECT count(*) FROM leads", Long.class);
        HttpResponse<String> answer = post("/ingest/leads", type, body.getBytes(StandardCharsets.UTF_8));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"status\":\"ok\"}");
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
        assertThat(jdbc.queryForObject("SELECT count(*) FROM leads", Long.class)).isEqualTo(before);
    }
}
