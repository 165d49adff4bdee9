package dev.amorelay.road;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Merges in the CRM: two clients become one where it is proved that they are, and not otherwise. */
class ClientMergesIT extends RunningRelay {

    private static final long SERIAL = 712629;
    private static final long INN = 712639;

    private final long first = ThreadLocalRandom.current().nextLong(1_000_000_000L, 9_000_000_000L);
    private final long second = first + 1;

    private record Buyer(long deal, long contact, String phone, String serial, UUID client) {
    }

    private static String somePhone() {
        return "+7999" + ThreadLocalRandom.current().nextInt(1_000_000, 9_999_999);
    }

    private static JsonNode crm(String method, String path, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url("/sandbox/amocrm/api/v4" + path))).header("Authorization", "Bearer sandbox")
                .header("Content-Type", "application/json").method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        HttpResponse<String> answer = send(request.build());
        assertThat(answer.statusCode() / 100).as(answer.body()).isEqualTo(2);
        return answer.body().isEmpty() ? Json.object() : Json.read(answer.body());
    }

    private static void act(String path, String body) {
        assertThat(postJson("/sandbox/api/" + path, body).statusCode() / 100).isEqualTo(2);
    }

    private Buyer buyer(long person) {
        String phone = somePhone();
        String serial = "SN-" + UUID.randomUUID();
        long deal = delivered(ingest("{\"source\":\"site\",\"name\":\"Покупатель\",\"phone\":\"" + phone + "\",\"message\":\"" + serial + "\"}"));
        win(deal, serial, "ЧПУ 5", person);
        soon().until(() -> !jdbc.queryForList("SELECT 1 FROM machine_instances WHERE serial_number = ?", serial).isEmpty());
        inboxEmpty();
        long contact = jdbc.queryForObject("SELECT contact_id FROM amocrm_contacts WHERE phones @> ARRAY[?]::text[]", Long.class, phone);
        return new Buyer(deal, contact, phone, serial, clientOf(person));
    }

    private UUID clientOf(long person) {
        return jdbc.queryForObject("SELECT client_id FROM telegram_users WHERE tg_id = ?", UUID.class, person);
    }

    private List<String> serialsOf(UUID client) {
        return jdbc.queryForList("SELECT serial_number FROM machine_instances WHERE client_id = ?", String.class, client);
    }

    @Test
    void mergedContactsMakeTheirClientsOne() {
        Buyer loser = buyer(first);
        Buyer winner = buyer(second);
        assertThat(loser.client()).isNotEqualTo(winner.client());
        String talk = "talk-" + UUID.randomUUID();
        jdbc.update("INSERT INTO conversations (account_id, amocrm_talk_id, client_id) VALUES (31000001, ?, ?)", talk, loser.client());
        jdbc.update("INSERT INTO service_requests (machine_id, client_id) SELECT id, client_id FROM machine_instances WHERE serial_number = ?", loser.serial());

        act("contacts/" + loser.contact() + "/merge", "{\"into\":" + winner.contact() + "}");

        soon().untilAsserted(() -> assertThat(clientOf(first)).isEqualTo(winner.client()));
        inboxEmpty();
        assertThat(clientOf(second)).isEqualTo(winner.client());
        assertThat(serialsOf(winner.client())).containsExactlyInAnyOrder(loser.serial(), winner.serial());
        assertThat(jdbc.queryForList("SELECT client_id FROM conversations WHERE amocrm_talk_id = ?", UUID.class, talk)).containsExactly(winner.client());
        assertThat(jdbc.queryForList("SELECT client_id FROM service_requests JOIN machine_instances machine ON machine.id = machine_id"
                .replace("client_id FROM", "service_requests.client_id FROM") + " WHERE serial_number = ?", UUID.class, loser.serial())).containsExactly(winner.client());
        assertThat(jdbc.queryForList("SELECT client_id FROM amocrm_deals WHERE amocrm_deal_id IN (?, ?)", UUID.class,
                String.valueOf(loser.deal()), String.valueOf(winner.deal()))).containsOnly(winner.client());
        assertThat(jdbc.queryForList("SELECT 1 FROM clients WHERE id = ?", loser.client())).isEmpty();
        assertThat(jdbc.queryForObject("SELECT proof FROM client_merges WHERE loser = ? AND winner = ?", String.class, loser.client(), winner.client()))
                .isEqualTo("contacts");
        assertThat(jdbc.queryForObject("SELECT contact_info ->> 'phones' FROM clients WHERE id = ?", String.class, winner.client()))
                .contains(loser.phone(), winner.phone());
    }

    @Test
    void aContactThatWasDeletedAndReplacedProvesNothing() {
        Buyer gone = buyer(first);
        Buyer other = buyer(second);

        // the manager throws one contact away and puts another in its place, who has another phone
        crm("POST", "/leads/" + gone.deal() + "/unlink", "[{\"to_entity_id\":" + gone.contact() + ",\"to_entity_type\":\"contacts\"}]");
        crm("POST", "/leads/" + gone.deal() + "/link", "[{\"to_entity_id\":" + other.contact() + ",\"to_entity_type\":\"contacts\"}]");
        act("contacts/" + gone.contact() + "/delete", "{}");
        soon().until(() -> !jdbc.queryForList("SELECT 1 FROM amocrm_contacts WHERE contact_id = ? AND deleted", gone.contact()).isEmpty());
        inboxEmpty();

        assertThat(clientOf(first)).isEqualTo(gone.client());
        assertThat(clientOf(second)).isEqualTo(other.client());
        assertThat(jdbc.queryForList("SELECT 1 FROM client_merges WHERE loser IN (?, ?)", gone.client(), other.client())).isEmpty();
    }

    @Test
    void whoStoodInDealsBeforeTheUpgradeIsRemembered() throws IOException {
        Buyer buyer = buyer(first);
        String migration = Files.readString(Path.of("src/main/resources/db/upgrade/V13__my_park.sql"));
        Matcher backfill = Pattern.compile("INSERT INTO deal_contacts\\nSELECT[^;]*;").matcher(migration);
        assertThat(backfill.find()).isTrue();
        allIsQuiet();
        jdbc.update("DELETE FROM deal_contacts");

        jdbc.execute(backfill.group());

        assertThat(jdbc.queryForList("SELECT contact_id FROM deal_contacts WHERE amocrm_deal_id = ?", Long.class, String.valueOf(buyer.deal())))
                .containsExactly(buyer.contact());
    }

    @Test
    void clientsThatAreNoMoreAreMergedByNobody() {
        Buyer one = buyer(first);
        UUID nobody = UUID.randomUUID();
        assertThat(merge(nobody, one.client())).isFalse();
        assertThat(merge(one.client(), nobody)).isFalse();
        assertThat(merge(one.client(), one.client())).isFalse();
        assertThat(clientOf(first)).isEqualTo(one.client());
    }

    private Boolean merge(UUID loser, UUID winner) {
        return jdbc.queryForObject("SELECT merge_clients(?, ?, 'contacts')", Boolean.class, loser, winner);
    }

    private void tell(Buyer buyer, String inn) {
        crm("PATCH", "/leads/" + buyer.deal(), "{\"custom_fields_values\":[{\"field_id\":" + INN + ",\"values\":[{\"value\":\"" + inn
                + "\"}]},{\"field_id\":" + SERIAL + ",\"values\":[{\"value\":\"" + buyer.serial() + "\"}]}]}");
        soon().until(() -> !jdbc.queryForList("SELECT 1 FROM amocrm_deals WHERE amocrm_deal_id = ? AND custom_fields::text LIKE ?",
                String.valueOf(buyer.deal()), "%" + inn + "%").isEmpty());
        inboxEmpty();
    }

    @Test
    void theSameInnOnWonDealsMakesClientsOne() {
        String inn = "77" + ThreadLocalRandom.current().nextLong(10_000_000L, 99_999_999L);
        Buyer holder = buyer(first);
        Buyer same = buyer(second);
        tell(holder, inn);
        assertThat(jdbc.queryForObject("SELECT inn FROM clients WHERE id = ?", String.class, holder.client())).isEqualTo(inn);

        tell(same, inn);

        soon().untilAsserted(() -> assertThat(clientOf(second)).isEqualTo(holder.client()));
        assertThat(serialsOf(holder.client())).containsExactlyInAnyOrder(holder.serial(), same.serial());
    }

    @Test
    void whoBuysForAnotherCompanyIsNotThatCompany() {
        String inn = "77" + ThreadLocalRandom.current().nextLong(10_000_000L, 99_999_999L);
        Buyer holder = buyer(first);
        Buyer dealer = buyer(second);
        tell(holder, inn);
        tell(dealer, "78" + inn.substring(2));
        tell(dealer, inn);

        assertThat(clientOf(first)).isEqualTo(holder.client());
        assertThat(clientOf(second)).isEqualTo(dealer.client());
    }
}
