package dev.amorelay.road;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.json.Json;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** How somebody comes to belong to a client: by a phone, an invitation, a sale. */
class ParkLinkIT extends ParkApi {

    @Test
    void aPhoneThatLeadsToOneClientLinksItsOwner() {
        UUID own = client("Завод «Пример»");
        contact(own, phone);
        contact(own, phone);

        HttpResponse<String> answer = share(person, "phone=" + phone);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(Json.read(answer.body())).isEqualTo(Json.object().put("linked", true).put("client", "Завод «Пример»"));
        assertThat(me(person).at("/client/name").asText()).isEqualTo("Завод «Пример»");
        assertThat(jdbc.queryForObject("SELECT linked_by FROM telegram_users WHERE tg_id = ?", String.class, person)).isEqualTo("phone");
    }

    @Test
    void aPhoneThatNobodyHasIsKeptAndLeadsLater() {
        assertThat(share(person, "phone=" + phone).statusCode()).isEqualTo(404);
        assertThat(me(person).path("client").isNull()).isTrue();

        contact(client("Поздний клиент"), phone);

        assertThat(me(person).at("/client/name").asText()).isEqualTo("Поздний клиент");
    }

    @Test
    void aPhoneThatSomebodyHadMonthsAgoLeadsNowhere() {
        assertThat(share(person, "phone=" + phone).statusCode()).isEqualTo(404);
        jdbc.update("UPDATE telegram_users SET phone_shared_at = now() - interval '31 days' WHERE tg_id = ?", person);

        contact(client("Новый владелец номера"), phone);

        assertThat(me(person).path("client").isNull()).isTrue();
        assertThat(share(person, "phone=" + phone).statusCode()).as("who has it still shares it once more").isEqualTo(200);
    }

    @Test
    void aPhoneThatLeadsToSeveralAsksTheManagerOnce() {
        UUID one = client("Первый");
        UUID two = client("Второй");
        contact(one, phone);
        long doubtful = contact(two, phone);
        String deal = String.valueOf(delivered(ingest("{\"source\":\"site\",\"name\":\"Кто-то\",\"phone\":\"" + somePhone() + "\",\"message\":\"x\"}")));
        allIsQuiet();
        assertThat(jdbc.update("UPDATE amocrm_deals SET client_id = ? WHERE amocrm_deal_id = ?", one, deal)).isEqualTo(1);

        assertThat(share(person, "phone=" + phone).statusCode()).isEqualTo(409);
        assertThat(share(person, "phone=" + phone).statusCode()).isEqualTo(409);
        assertThat(me(person).path("client").isNull()).isTrue();
        List<String> tasks = jdbc.queryForList("SELECT payload ->> 'clients' FROM outbox WHERE kind = 'crm.task' AND subject_id = ?", String.class, deal);
        assertThat(tasks).hasSize(1).first().asString().contains("Первый", "Второй").doesNotContain(phone);

        jdbc.update("UPDATE amocrm_contacts SET deleted = true WHERE contact_id = ?", doubtful);
        assertThat(me(person).at("/client/name").asText()).isEqualTo("Первый");
    }

    @Test
    void onlyOnesOwnPhoneAndOnlyFromTelegram() {
        contact(client("Завод «Пример»"), phone);
        assertThat(share(person, "phone=" + phone + "&owner=" + (person + 1)).statusCode()).isEqualTo(403);
        assertThat(share(person, "phone=" + phone + "&age=3700").statusCode()).isEqualTo(401);
        String forged = "contact=" + URLEncoder.encode("{\"user_id\":" + person + ",\"phone_number\":\"" + phone + "\"}", StandardCharsets.UTF_8)
                + "&auth_date=" + System.currentTimeMillis() / 1000 + "&hash=" + "0".repeat(64);
        assertThat(link(person, "contact", forged).statusCode()).isEqualTo(401);
        assertThat(share(person, "phone=12").statusCode()).isEqualTo(404);
        assertThat(me(person).path("client").isNull()).isTrue();
    }

    @Test
    void nobodyIsMovedToAnotherClientByAPhone() {
        UUID own = client("Прежний");
        belongs(person, own);
        contact(client("Другой"), phone);

        assertThat(Json.read(share(person, "phone=" + phone).body()).path("client").asText()).isEqualTo("Прежний");
        assertThat(clientOf(person)).isEqualTo(own);
    }

    @Test
    void anInvitationIsUsedOnceHoweverManyComeAtOnce() throws Exception {
        UUID own = client("Завод «Пример»");
        String token = invite("{\"client\":\"" + own + "\",\"role\":\"engineer\"}");
        ExecutorService crowd = Executors.newFixedThreadPool(8);
        try {
            List<Callable<HttpResponse<String>>> guests = java.util.stream.Stream.generate(MyParkIT::somebody).limit(8)
                    .<Callable<HttpResponse<String>>>map(guest -> () -> link(guest, "invitation", token)).toList();
            int accepted = 0;
            for (Future<HttpResponse<String>> answer : crowd.invokeAll(guests)) {
                assertThat(answer.get().statusCode()).isIn(200, 410);
                accepted += answer.get().statusCode() == 200 ? 1 : 0;
            }
            assertThat(accepted).isEqualTo(1);
        } finally {
            crowd.shutdownNow();
        }
        assertThat(jdbc.queryForList("SELECT role FROM telegram_users WHERE client_id = ?", String.class, own)).containsExactly("engineer");
    }

    @Test
    void anInvitationMovesAndIsNoNewsTwice() {
        belongs(person, client("Прежний"));
        UUID own = client("Новый");
        String token = invite("{\"client\":\"" + own + "\",\"role\":\"procurement\"}");

        assertThat(link(person, "invitation", token).statusCode()).isEqualTo(200);
        assertThat(link(person, "invitation", token).statusCode()).as("the first answer may have been lost").isEqualTo(200);
        assertThat(link(person + 1, "invitation", token).statusCode()).isEqualTo(410);
        assertThat(clientOf(person)).isEqualTo(own);
        assertThat(me(person).at("/user/role").asText()).isEqualTo("procurement");

        String late = invite("{\"client\":\"" + own + "\"}");
        jdbc.update("UPDATE invitations SET expires_at = now() - interval '1 s' WHERE client_id = ? AND used_at IS NULL", own);
        assertThat(link(somebody(), "invitation", late).statusCode()).isEqualTo(410);
        assertThat(jdbc.queryForList("SELECT encode(token_hash, 'hex') FROM invitations", String.class)).noneMatch(hash -> hash.contains(token));
    }

    @Test
    void theSuppliersOwnEngineerBelongsToNoClient() {
        assertThat(Json.read(link(person, "invitation", invite("{\"staff\":true}")).body()).path("client").isNull()).isTrue();
        JsonNode user = me(person).path("user");
        assertThat(user.path("staff").asBoolean()).isTrue();
        assertThat(user.path("role").asText()).isEqualTo("engineer");
        assertThat(clientOf(person)).isNull();
    }

    @Test
    void theManagerFindsAnInvitationInTheDealOfAClientWithoutAChat() {
        String serial = "SN-" + UUID.randomUUID();
        long deal = delivered(ingest("{\"source\":\"site\",\"name\":\"Покупатель\",\"phone\":\"" + phone + "\",\"message\":\"" + serial + "\"}"));
        win(deal, serial, "ЧПУ 5", null);
        soon().until(() -> outbox(String.valueOf(deal)).stream().anyMatch(one -> one.get("kind").equals("crm.note") && one.get("status").equals("done")));

        List<String> notes = notes(deal).stream().filter(text -> text.contains("startapp=inv_")).toList();
        assertThat(notes).hasSize(1);
        assertThat(jdbc.queryForList("SELECT payload ->> 'text' FROM outbox WHERE kind = 'crm.note' AND subject_id = ?", String.class, String.valueOf(deal)))
                .as("forgotten").containsExactly((String) null);
        assertThat(link(person, "invitation", tokenIn(notes.get(0))).statusCode()).isEqualTo(200);
        assertThat(Json.read(ask("/api/park/machines", person).body()).at("/machines/0/serial").asText()).isEqualTo(serial);
    }

    @Test
    void whomASaleLinksIsMarkedSo() {
        String serial = "SN-" + UUID.randomUUID();
        long deal = delivered(ingest("{\"source\":\"site\",\"name\":\"Покупатель\",\"phone\":\"" + phone + "\",\"message\":\"" + serial + "\"}"));
        win(deal, serial, "ЧПУ 5", person);
        soon().until(() -> jdbc.queryForObject("SELECT count(*) FROM machine_instances WHERE serial_number = ?", Long.class, serial) == 1);
        assertThat(jdbc.queryForMap("SELECT linked_by, linked_at IS NOT NULL AS at FROM telegram_users WHERE tg_id = ?", person))
                .containsEntry("linked_by", "sale").containsEntry("at", true);
        assertThat(outbox(String.valueOf(deal))).extracting(one -> one.get("kind")).doesNotContain("crm.note");
    }

    private static List<String> notes(long deal) {
        ObjectNode none = Json.object();
        HttpResponse<String> answer = send(HttpRequest.newBuilder(URI.create(url("/sandbox/amocrm/api/v4/leads/" + deal + "/notes?limit=250")))
                .header("Authorization", "Bearer sandbox").build());
        JsonNode body = answer.statusCode() == 204 ? none : Json.read(answer.body());
        return body.at("/_embedded/notes").findValuesAsText("text");
    }
}
