package dev.amorelay.road;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.json.Json;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;

/** Every pair of what a stranger forges in a public lead, and what it could open; see docs/who-is-who.md. */
class ForgedLeadsIT extends RunningRelay {

    private static final long SERIAL = 712629;
    private static final long TELEGRAM = 712633;
    private static final long INN = 712639;

    /** What of another client a stranger's lead says; the rest is the stranger's own. */
    private enum Forged { PHONE, EMAIL, SERIAL, TELEGRAM, INN, EVERYTHING }

    /** What becomes of the deal: nothing; a manager wins it as it is; and saves all that stands in it once more. */
    private enum Conduct { OPEN, WON, WON_AND_SAVED_AGAIN, MADE_WON_BY_ROBOT }

    private record Client(String name, long person, String phone, String email, String serial, String inn, long deal, UUID id) {
    }

    private record Attack(Forged forged, Conduct conduct, Client victim, long person, String phone, String serial, long deal) {
    }

    private static long somebody() {
        return ThreadLocalRandom.current().nextLong(1_000_000_000L, 9_000_000_000L);
    }

    private static String somePhone() {
        return "+7999" + ThreadLocalRandom.current().nextInt(1_000_000, 9_999_999);
    }

    private static void patch(long deal, ObjectNode change) {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(URI.create(url("/sandbox/amocrm/api/v4/leads/" + deal))).header("Authorization", "Bearer sandbox")
                .header("Content-Type", "application/json").method("PATCH", BodyPublishers.ofString(Json.write(change))).build());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private static ObjectNode fields(String serial, String telegram, String inn) {
        ObjectNode change = Json.object();
        var fields = change.putArray("custom_fields_values");
        Stream.of(new Object[] {SERIAL, serial}, new Object[] {TELEGRAM, telegram}, new Object[] {INN, inn}).filter(field -> field[1] != null)
                .forEach(field -> fields.addObject().put("field_id", (Long) field[0]).putArray("values").addObject().put("value", (String) field[1]));
        return change;
    }

    private static String lead(String name, String phone, String email, Long telegram, String serial) {
        ObjectNode lead = Json.object().put("source", "direct_api").put("name", name).put("message", "Добрый день");
        if (phone != null) {
            lead.put("phone", phone);
        }
        ObjectNode meta = lead.put("email", email).putObject("meta");
        if (telegram != null) {
            meta.put("tg_user_id", telegram);
        }
        if (serial != null) {
            meta.put("serial_number", serial);
        }
        return ingest(Json.write(lead));
    }

    private static JsonNode park(long person) {
        String signed = get("/sandbox/park/init-data?user=" + person).body();
        return Json.read(send(HttpRequest.newBuilder(URI.create(url("/api/park/machines"))).header("Authorization", "tma " + signed).build()).body());
    }

    private HttpResponse<String> passport(long person, Client of) {
        String machine = jdbc.queryForObject("SELECT id::text FROM machine_instances WHERE serial_number = ?", String.class, of.serial());
        String signed = get("/sandbox/park/init-data?user=" + person).body();
        return send(HttpRequest.newBuilder(URI.create(url("/api/park/machines/" + machine))).header("Authorization", "tma " + signed).build());
    }

    private static void sharePhone(long person, String phone) {
        String contact = get("/sandbox/park/contact?user=" + person + "&phone=" + phone.replace("+", "")).body();
        postJson("/api/park/link", Json.write(Json.object().put("contact", contact)), "Authorization", "tma " + get("/sandbox/park/init-data?user=" + person).body());
    }

    /** Clients with a machine and a person each, by their own won deals. */
    private List<Client> clients(int number) {
        record Buyer(String name, long person, String phone, String email, String serial, String inn, String lead) {
        }
        List<Buyer> buyers = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            String name = "Завод " + UUID.randomUUID();
            String phone = somePhone();
            String email = UUID.randomUUID() + "@example.com";
            buyers.add(new Buyer(name, somebody(), phone, email, "SN-" + UUID.randomUUID(),
                    "77" + ThreadLocalRandom.current().nextLong(10_000_000L, 99_999_999L), lead(name, phone, email, null, null)));
        }
        List<Client> clients = new ArrayList<>();
        for (Buyer buyer : buyers) {
            long deal = delivered(buyer.lead());
            patch(deal, fields(buyer.serial(), String.valueOf(buyer.person()), buyer.inn()).put("status_id", 142));
            clients.add(new Client(buyer.name(), buyer.person(), buyer.phone(), buyer.email(), buyer.serial(), buyer.inn(), deal, null));
        }
        return clients.stream().map(client -> {
            soon().until(() -> !jdbc.queryForList("SELECT 1 FROM telegram_users WHERE tg_id = ? AND client_id IS NOT NULL", client.person()).isEmpty()
                    && !jdbc.queryForList("SELECT 1 FROM machine_instances WHERE serial_number = ?", client.serial()).isEmpty());
            UUID id = jdbc.queryForObject("SELECT client_id FROM telegram_users WHERE tg_id = ?", UUID.class, client.person());
            return new Client(client.name(), client.person(), client.phone(), client.email(), client.serial(), client.inn(), client.deal(), id);
        }).toList();
    }

    private List<Attack> attacks() {
        List<Client> victims = clients(Forged.values().length * Conduct.values().length);
        record Posted(Forged forged, Conduct conduct, Client victim, long person, String phone, String serial, String lead, Long told) {
        }
        List<Posted> posted = new ArrayList<>();
        for (Forged forged : Forged.values()) {
            for (Conduct conduct : Conduct.values()) {
                Client victim = victims.get(posted.size());
                boolean all = forged == Forged.EVERYTHING;
                long person = somebody();
                String phone = somePhone();
                String serial = forged == Forged.SERIAL || all ? victim.serial() : "OWN-" + UUID.randomUUID();
                Long told = forged == Forged.TELEGRAM || all ? Long.valueOf(victim.person()) : Long.valueOf(person);
                String lead = lead("Чужой " + UUID.randomUUID(), forged == Forged.PHONE ? victim.phone() : phone,
                        forged == Forged.EMAIL || all ? victim.email() : UUID.randomUUID() + "@example.org", told, serial);
                posted.add(new Posted(forged, conduct, victim, person, phone, serial, lead, told));
            }
        }
        List<Attack> attacks = new ArrayList<>();
        for (Posted one : posted) {
            long deal = delivered(one.lead());
            String inn = one.forged() == Forged.INN || one.forged() == Forged.EVERYTHING ? one.victim().inn() : null;
            switch (one.conduct()) {
                // a user's hand, but nothing is sold
                case OPEN -> patch(deal, fields(null, null, inn).put("price", 1));
                case WON -> {
                    if (inn != null) {
                        // another form's integration, say
                        patch(deal, fields(null, null, inn).put("updated_by", 0));
                    }
                    win(deal, "", "ЧПУ 5", null);
                }
                case WON_AND_SAVED_AGAIN -> {
                    if (inn != null) {
                        patch(deal, fields(null, null, inn).put("updated_by", 0));
                    }
                    // taken out and written anew: the log has a user's name for it
                    patch(deal, fields("x", "1", null));
                    patch(deal, fields(one.serial(), String.valueOf(one.told()), inn).put("status_id", 142));
                }
                case MADE_WON_BY_ROBOT -> patch(deal, fields(null, null, inn).put("updated_by", 0).put("status_id", 142));
            }
            attacks.add(new Attack(one.forged(), one.conduct(), one.victim(), one.person(), one.phone(), one.serial(), deal));
        }
        for (Attack attack : attacks) {
            soon().until(() -> !jdbc.queryForList("SELECT 1 FROM amocrm_deals WHERE amocrm_deal_id = ? AND (status_id = 142) = ?", String.valueOf(attack.deal()),
                    attack.conduct() != Conduct.OPEN).isEmpty());
        }
        allIsQuiet();
        attacks.forEach(attack -> sharePhone(attack.person(), attack.phone()));
        allIsQuiet();
        return attacks;
    }

    @TestFactory
    Stream<DynamicTest> whatAStrangerForgesOpensNothing() {
        return attacks().stream().flatMap(attack -> Stream.of(
                pair(attack, "shows no machine", () -> assertThat(park(attack.person()).toString()).doesNotContain(attack.victim().serial())),
                pair(attack, "opens no passport, whoever knows its address", () -> assertThat(passport(attack.person(), attack.victim()).statusCode()).isEqualTo(404)),
                pair(attack, "links nobody to the client", () -> assertThat(peopleOf(attack.victim())).containsExactly(attack.victim().person())),
                pair(attack, "moves no machine", () -> assertThat(jdbc.queryForMap("SELECT client_id, amocrm_deal_id FROM machine_instances WHERE serial_number = ?",
                        attack.victim().serial())).containsEntry("client_id", attack.victim().id())
                        .containsEntry("amocrm_deal_id", String.valueOf(attack.victim().deal()))),
                pair(attack, "joins no clients", () -> assertThat(jdbc.queryForList("SELECT 1 FROM client_merges WHERE ? IN (loser, winner)",
                        attack.victim().id())).isEmpty()),
                pair(attack, "brings no contact to the client", () -> assertThat(jdbc.queryForList(
                        "SELECT 1 FROM amocrm_contacts WHERE client_id = ? AND phones @> ARRAY[?]::text[]", attack.victim().id(), attack.phone())).isEmpty()),
                pair(attack, "tells a stranger's chat nothing", () -> assertThat(chat(attack.person())).noneMatch(text -> text.contains(attack.victim().serial()))),
                pair(attack, "takes the client's person nowhere", () -> assertThat(jdbc.queryForObject("SELECT client_id FROM telegram_users WHERE tg_id = ?",
                        UUID.class, attack.victim().person())).isEqualTo(attack.victim().id())),
                pair(attack, "leaves the client its INN", () -> assertThat(jdbc.queryForObject("SELECT inn FROM clients WHERE id = ?", String.class,
                        attack.victim().id())).isEqualTo(attack.victim().inn()))));
    }

    private static DynamicTest pair(Attack attack, String opening, Executable check) {
        return DynamicTest.dynamicTest(attack.forged() + ", " + attack.conduct() + ": " + opening, check);
    }

    private List<Long> peopleOf(Client client) {
        return jdbc.queryForList("SELECT tg_id FROM telegram_users WHERE client_id = ?", Long.class, client.id());
    }
}
