package dev.amorelay.road;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.json.Json;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From «Вызвать инженера» to the deal in the CRM, and whose business it is. */
class ServiceRequestIT extends ServiceRelay {

    @Test
    void aRequestBecomesADealAndTheClientAndTheEngineersAreTold() {
        JsonNode request = opened();

        assertThat(request.path("status").asText()).isEqualTo("new");
        assertThat(request.path("machine").path("serial").asText()).isEqualTo(serial);
        assertThat(request.has("phone")).as("shown to engineers only").isFalse();
        long deal = deal(id(request));
        JsonNode card = crmLead(deal);
        assertThat(card.path("name").asText()).isEqualTo("Сервисная заявка: Иван");
        assertThat(card.path("pipeline_id").asLong()).isEqualTo(CLIENTS);
        assertThat(field(deal, 712629)).isEqualTo(serial);
        assertThat(field(deal, 712631)).isEqualTo("16К20");
        assertThat(field(deal, 712633)).isEqualTo(String.valueOf(person));
        assertThat(card.path("notes").toString()).contains("Шпиндель шумит").contains("№" + request.path("number").asText())
                .contains("Завод «Пример»");
        String number = "№" + request.path("number").asText();
        soon().untilAsserted(() -> assertThat(chat(person)).containsExactly(
                "Заявка " + number + " принята.\n16К20, серийный номер " + serial + "\nИнженер свяжется с вами."));
        soon().untilAsserted(() -> assertThat(chat(engineer)).singleElement().asString().startsWith("Новая заявка " + number + ": Завод «Пример»")
                .contains(serial).contains("Телефон: +7999").endsWith("Шпиндель шумит"));
    }

    @Test
    void theClientSeesItsOwnAndTheEngineerEverybodys() {
        JsonNode request = opened();
        client(person + 2, "Чужой завод");

        assertThat(listed(person)).containsExactly(id(request));
        assertThat(listed(person + 2)).isEmpty();
        assertThat(listed(person + 3)).as("linked to nobody").isEmpty();
        assertThat(listed(engineer)).contains(id(request));
        JsonNode shown = Json.read(asUser(engineer, "/api/service-requests", null).body()).path("requests").get(0);
        assertThat(shown.path("client").asText()).isEqualTo("Завод «Пример»");
        assertThat(shown.path("phone").asText()).startsWith("+7999");
    }

    private static List<String> listed(long user) {
        HttpResponse<String> answer = asUser(user, "/api/service-requests", null);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        List<String> ids = new ArrayList<>();
        Json.read(answer.body()).path("requests").forEach(request -> ids.add(id(request)));
        return ids;
    }

    @Test
    void anotherClientsMachineAndRequestsAreNotThere() {
        long stranger = person + 2;
        client(stranger, "Чужой завод");
        String id = id(opened());

        assertThat(asUser(stranger, "/api/service-requests", Json.write(form())).statusCode()).isEqualTo(404);
        assertThat(asUser(person + 3, "/api/service-requests", Json.write(form())).statusCode()).as("linked to nobody").isEqualTo(404);
        assertThat(asUser(stranger, "/api/service-requests/" + id + "/cancel", "").statusCode()).isEqualTo(404);
        assertThat(asUser(engineer, "/api/service-requests", Json.write(form())).statusCode()).as("engineers have no machines").isEqualTo(404);
        // nobody does the engineers' work
        assertThat(asUser(person, "/api/service-requests/" + id + "/take", "").statusCode()).isEqualTo(404);
        assertThat(asUser(person, "/api/service-requests/" + id + "/done", "{\"result\":\"Сам починил\"}").statusCode()).isEqualTo(404);
        assertThat(postJson("/api/service-requests/" + id + "/take", "{}").statusCode()).isEqualTo(401);
        assertThat(asUser(engineer, "/api/service-requests/nobody/take", "").statusCode()).isEqualTo(404);
        assertThat(row(id)).containsEntry("status", "new");
        assertThat(jdbc.queryForObject("SELECT count(*) FROM service_requests WHERE machine_id = ?", Long.class, machine)).isEqualTo(1);
    }

    @Test
    void theSameKeyIsTheSameRequestHoweverManyComeAtOnce() throws Exception {
        Callable<HttpResponse<String>> post = () -> asUser(person, "/api/service-requests", Json.write(form()), "Idempotency-Key", "tap-" + serial);
        ExecutorService taps = Executors.newFixedThreadPool(6);
        Set<String> ids = new HashSet<>();
        try {
            for (Future<HttpResponse<String>> tap : taps.invokeAll(List.of(post, post, post, post, post, post))) {
                assertThat(tap.get().statusCode()).as(tap.get().body()).isEqualTo(201);
                ids.add(id(Json.read(tap.get().body())));
            }
        } finally {
            taps.shutdown();
        }

        assertThat(ids).hasSize(1);
        assertThat(jdbc.queryForObject("SELECT count(*) FROM service_requests WHERE machine_id = ?", Long.class, machine)).isEqualTo(1);
        assertThat(jdbc.queryForObject("SELECT count(*) FROM leads WHERE meta ->> 'serial_number' = ?", Long.class, serial)).isEqualTo(1);
        long another = person + 2;
        jdbc.update("INSERT INTO telegram_users (tg_id, client_id, linked_by) VALUES (?, ?, 'phone')", another, client);
        assertThat(id(Json.read(asUser(another, "/api/service-requests", Json.write(form()), "Idempotency-Key", "tap-" + serial).body())))
                .as("another person's key").isNotIn(ids);
    }

    @Test
    void tenOpenRequestsOfAMachineAreEnough() {
        for (int i = 0; i < 10; i++) {
            opened();
        }

        HttpResponse<String> eleventh = asUser(person, "/api/service-requests", Json.write(form()));

        assertThat(eleventh.statusCode()).isEqualTo(409);
        assertThat(Json.read(eleventh.body()).path("detail").asText()).startsWith("По этому станку уже 10 открытых заявок");
    }

    @Test
    void whatIsWrongIsToldFieldByField() {
        HttpResponse<String> answer = asUser(person, "/api/service-requests",
                "{\"machine_id\":\"x\",\"phone\":\"12\",\"photos\":[\"../../etc\"],\"description\":\" \"}");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(Json.read(answer.body()).path("errors").findValuesAsText("field"))
                .containsExactlyInAnyOrder("machine_id", "phone", "photos", "description");
    }

    @Test
    void thePhoneThatWasTypedGoesToTheClientsOwnContact() {
        long contact = 7_000_000_000L + person % 1_000_000;
        jdbc.update("INSERT INTO amocrm_contacts (account_id, contact_id, client_id, name, phones) VALUES (31000001, ?, ?, 'Директор', '{+79990000001}')",
                contact, client);
        String id = id(Json.read(asUser(person, "/api/service-requests", Json.write(form().put("phone", "8 999 765 43 21"))).body()));

        assertThat(jdbc.queryForMap("SELECT amo_contact_id, phone_e164 FROM leads WHERE id = ?::uuid", lead(id)))
                .containsEntry("amo_contact_id", contact).containsEntry("phone_e164", "+79997654321");
        assertThat(row(id)).containsEntry("phone", "8 999 765 43 21");
    }

    @Test
    void aPhotoGoesIntoThePersonsOwnChatAndToTheEngineersWithTheRequest() {
        HttpResponse<String> sent = photo(person, WEBP);

        assertThat(sent.statusCode()).as(sent.body()).isEqualTo(200);
        String file = Json.read(sent.body()).path("file_id").asText();
        JsonNode request = Json.read(asUser(person, "/api/service-requests", Json.write(withPhotos(file))).body());
        assertThat(request.path("photos").asInt()).isEqualTo(1);
        assertThat(row(id(request)).get("photos")).hasToString("[\"" + file + "\"]");
        soon().untilAsserted(() -> assertThat(chat(person)).contains("📷 Фото для сервисной заявки"));
        soon().untilAsserted(() -> assertThat(chat(engineer)).hasSize(2).anyMatch(text -> text.contains("Фото: 1"))
                .contains("📷 Фото 1 к заявке №" + request.path("number").asText()));
        assertThat(jdbc.queryForMap("SELECT file_id LIKE 'sandbox-photo-%' AS kept, bytes IS NULL AS gone FROM service_photos WHERE telegram_id = ?", person))
                .containsEntry("kept", true).containsEntry("gone", true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GIF89a", "<svg xmlns='http://www.w3.org/2000/svg'/>", ""})
    void whatIsNoPhotoIsRefused(String file) {
        assertThat(photo(person, file.getBytes(StandardCharsets.UTF_8)).statusCode()).isEqualTo(422);
        assertThat(chat(person)).isEmpty();
    }

    @Test
    void aPhotoThatIsTooLongIsRefused() {
        byte[] large = new byte[10_600_000];
        large[0] = (byte) 0xff;
        large[1] = (byte) 0xd8;
        large[2] = (byte) 0xff;
        assertThat(photo(person, large).statusCode()).isEqualTo(413);
        byte[] longerThanOne = Arrays.copyOf(large, (10 << 20) + 1);
        assertThat(photo(person, longerThanOne).statusCode()).isEqualTo(413);
        byte[] fits = Arrays.copyOf(large, 10 << 20);
        assertThat(photo(person, fits).statusCode()).isEqualTo(200);
        soon().untilAsserted(() -> assertThat(chat(person)).hasSize(1));
    }

    @Test
    void noPageWaitsForTelegram() {
        fault("{\"at\":\"telegram\",\"fault\":\"error500\",\"on\":\"sendPhoto\"}");
        assertThat(photo(person, WEBP).statusCode()).isEqualTo(200);
        soon().untilAsserted(() -> assertThat(photoEffect()).containsEntry("status", "failed"));
        assertThat(chat(person)).isEmpty();

        mend();
        soon().untilAsserted(() -> assertThat(chat(person)).containsExactly("📷 Фото для сервисной заявки"));
    }

    @Test
    void theEngineersGetAPhotoAlthoughThePersonsChatIsClosed() {
        fault("{\"at\":\"telegram\",\"fault\":\"forbidden\",\"on\":\"sendPhoto\",\"count\":1}");
        String file = Json.read(photo(person, WEBP).body()).path("file_id").asText();
        soon().untilAsserted(() -> assertThat(photoEffect()).containsEntry("status", "done"));
        JsonNode request = Json.read(asUser(person, "/api/service-requests", Json.write(withPhotos(file))).body());
        soon().untilAsserted(() -> assertThat(chat(engineer)).contains("📷 Фото 1 к заявке №" + request.path("number").asText()));
        assertThat(chat(person)).noneMatch(text -> text.contains("📷"));
    }

    private Map<String, Object> photoEffect() {
        return jdbc.queryForMap("SELECT status FROM outbox WHERE kind = 'telegram.photo' AND payload ->> 'chat' = ?", String.valueOf(person));
    }

    @Test
    void onlyClientsSendPhotosAndOnlyTheirOwn() {
        assertThat(photo(person + 5, WEBP).statusCode()).as("linked to nobody").isEqualTo(403);
        long other = person + 2;
        client(other, "Чужой завод");
        String theirs = Json.read(photo(other, WEBP).body()).path("file_id").asText();
        for (String file : List.of(theirs, "photo-" + UUID.randomUUID(), "AgACAgIAAxkBAAIB")) {
            HttpResponse<String> answer = asUser(person, "/api/service-requests", Json.write(withPhotos(file)));
            assertThat(answer.statusCode()).as(file).isEqualTo(422);
            assertThat(Json.read(answer.body()).path("errors").findValuesAsText("field")).containsExactly("photos");
        }
        assertThat(jdbc.queryForObject("SELECT count(*) FROM service_requests WHERE machine_id = ?", Long.class, machine)).isZero();
        soon().untilAsserted(() -> assertThat(chat(other)).hasSize(1));
    }

    @Test
    void oneWhoSendsWithoutEndIsAskedToWait() {
        jdbc.update("INSERT INTO service_photos (id, telegram_id, type, file_id) SELECT gen_random_uuid(), ?, 'jpg', 'x' FROM generate_series(1, 30)", person);
        assertThat(photo(person, WEBP).statusCode()).isEqualTo(429);
    }

    private static final byte[] WEBP = "RIFF\0\0\0\0WEBPVP8 ".getBytes(StandardCharsets.ISO_8859_1);

    private ObjectNode withPhotos(String... files) {
        ObjectNode form = form();
        ArrayNode photos = form.putArray("photos");
        for (String file : files) {
            photos.add(file);
        }
        return form;
    }

    private static HttpResponse<String> photo(long user, byte[] file) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes("--x\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"../evil.svg\"\r\nContent-Type: image/svg+xml\r\n\r\n"
                .getBytes(StandardCharsets.US_ASCII));
        body.writeBytes(file);
        body.writeBytes("\r\n--x--\r\n".getBytes(StandardCharsets.US_ASCII));
        return post("/api/service-requests/photos", "multipart/form-data; boundary=x", body.toByteArray(), "Authorization", tma(user));
    }
}
