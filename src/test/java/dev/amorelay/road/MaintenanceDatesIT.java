package dev.amorelay.road;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.amocrm.Account;
import dev.amorelay.amocrm.Accounts;
import dev.amorelay.clients.ContactBook;
import dev.amorelay.clients.ReadMark;
import dev.amorelay.deals.DealStore;
import dev.amorelay.json.Json;
import dev.amorelay.maintenance.CrmDates;
import dev.amorelay.maintenance.NextMaintenance;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/** The date of the next maintenance between the machine's passport and the deal's field, both ways. */
class MaintenanceDatesIT extends RunningRelay {

    private static final long ACCOUNT = 31000001;
    private static final long FIELD = 712637;
    private static final ZoneId MOSCOW = ZoneId.of("Europe/Moscow");
    private static final LocalDate FIRST = LocalDate.parse("2027-03-01");
    private static final LocalDate SECOND = LocalDate.parse("2027-09-15");
    private static final LocalDate THIRD = LocalDate.parse("2028-01-10");

    private final String serial = "SN-" + UUID.randomUUID();

    @Autowired
    private DealStore deals;

    @Autowired
    private CrmDates dates;

    @Autowired
    private Accounts accounts;

    @Autowired
    private ContactBook book;

    @Autowired
    private NextMaintenance next;

    @Autowired
    private TransactionTemplate transaction;

    @AfterEach
    void resume() throws Exception {
        camel.getRouteController().resumeRoute("webhooks.processing.sort");
        camel.getRouteController().resumeRoute("maintenance.date.write");
    }

    private long sold(String... serials) {
        long deal = delivered(ingest("{\"source\":\"site\",\"name\":\"Владелец\",\"phone\":\"+7999"
                + ThreadLocalRandom.current().nextInt(1000000, 9999999) + "\",\"message\":\"" + serial + "\"}"));
        inCrm(deal, FIRST);
        win(deal, String.join(",", serials), "ЧПУ 9", null);
        for (String one : serials) {
            soon().until(() -> FIRST.equals(here(one)));
        }
        inboxEmpty();
        return deal;
    }

    private LocalDate here(String number) {
        return jdbc.query("SELECT (next_maintenance_date AT TIME ZONE 'Europe/Moscow')::date AS day FROM machine_instances WHERE serial_number = ?",
                (row, count) -> row.getObject("day", LocalDate.class), number).stream().findFirst().orElse(null);
    }

    private static JsonNode crm(String method, String path, JsonNode body) {
        return Json.read(send(HttpRequest.newBuilder(URI.create(url("/sandbox/amocrm/api/v4" + path))).header("Authorization", "Bearer sandbox")
                .header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(Json.write(body))).build()).body());
    }

    /** What a manager does in the CRM. */
    private static void inCrm(long deal, LocalDate day) {
        ObjectNode change = Json.object();
        ObjectNode field = change.putArray("custom_fields_values").addObject().put("field_id", FIELD);
        if (day == null) {
            field.putNull("values");
        } else {
            field.putArray("values").addObject().put("value", day.atStartOfDay(MOSCOW).toEpochSecond());
        }
        assertThat(crm("PATCH", "/leads/" + deal, change).path("id").asLong()).isEqualTo(deal);
    }

    private static long valueInCrm(long deal) {
        for (JsonNode field : crm("GET", "/leads/" + deal, null).path("custom_fields_values")) {
            if (field.path("field_id").asLong() == FIELD) {
                return field.path("values").path(0).path("value").asLong();
            }
        }
        return 0;
    }

    private static LocalDate dayInCrm(long deal) {
        return Instant.ofEpochSecond(valueInCrm(deal)).atZone(MOSCOW).toLocalDate();
    }

    private JsonNode setHere(String number, LocalDate day) {
        return Json.read(send(HttpRequest.newBuilder(URI.create(url("/api/admin/next-maintenance"))).header("Content-Type", "application/json")
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString("admin:sandbox".getBytes()))
                .PUT(BodyPublishers.ofString("{\"serial\":\"" + number + "\",\"date\":\"" + day + "\"}")).build()).body());
    }

    private List<Map<String, Object>> writes(long deal) {
        return outbox(String.valueOf(deal)).stream().filter(effect -> effect.get("kind").equals("crm.maintenance-date")).toList();
    }

    private void written(long deal, int times) {
        soon().until(() -> writes(deal).stream().filter(effect -> effect.get("status").equals("done")).count() == times);
    }

    @Test
    void aDateChangedInTheCrmMovesTheMachine() {
        long deal = sold(serial);
        inCrm(deal, SECOND);
        soon().until(() -> SECOND.equals(here(serial)));
        inCrm(deal, FIRST);
        soon().until(() -> FIRST.equals(here(serial)));
        assertThat(writes(deal)).as("nothing of it goes back").isEmpty();
    }

    @Test
    void aFieldThatIsClearedForgetsNoDate() {
        long deal = sold(serial);
        inCrm(deal, null);
        soon().until(() -> jdbc.queryForObject("SELECT crm_day IS NULL FROM deal_maintenance_dates WHERE amocrm_deal_id = ?", Boolean.class,
                String.valueOf(deal)));
        assertThat(here(serial)).isEqualTo(FIRST);
        inCrm(deal, SECOND);
        soon().until(() -> SECOND.equals(here(serial)));
    }

    @Test
    void aDateSetHereIsWrittenToTheCrmAsTheAccountsMidnight() {
        long deal = sold(serial);
        assertThat(setHere(serial, SECOND)).isEqualTo(Json.read("{\"serial\":\"" + serial + "\",\"date\":\"2027-09-15\",\"changed\":true}"));
        written(deal, 1);
        assertThat(Instant.ofEpochSecond(valueInCrm(deal))).isEqualTo(Instant.parse("2027-09-14T21:00:00Z"));
        assertThat(setHere(serial, SECOND).path("changed").asBoolean()).isFalse();

        // back and forth while echoes are on their way: the last word counts on both sides
        setHere(serial, THIRD);
        setHere(serial, FIRST);
        setHere(serial, THIRD);
        soon().until(() -> writes(deal).stream().noneMatch(effect -> effect.get("status").equals("pending")) && THIRD.equals(dayInCrm(deal)));
        inboxEmpty();
        assertThat(here(serial)).isEqualTo(THIRD);
    }

    @Test
    void anEchoThatComesLateMovesNothing() throws Exception {
        long deal = sold(serial);
        camel.getRouteController().suspendRoute("webhooks.processing.sort");
        setHere(serial, SECOND);
        written(deal, 1);
        camel.getRouteController().suspendRoute("maintenance.date.write");
        setHere(serial, THIRD);
        camel.getRouteController().resumeRoute("webhooks.processing.sort");
        soon().until(() -> jdbc.queryForObject("SELECT custom_fields::text LIKE ? FROM amocrm_deals WHERE amocrm_deal_id = ?", Boolean.class,
                "%" + SECOND.atStartOfDay(MOSCOW).toEpochSecond() + "%", String.valueOf(deal)));
        inboxEmpty();
        assertThat(here(serial)).isEqualTo(THIRD);
        camel.getRouteController().resumeRoute("maintenance.date.write");
        written(deal, 2);
        assertThat(dayInCrm(deal)).isEqualTo(THIRD);
    }

    @Test
    void aReadFromBeforeOurWriteMovesNothing() throws Exception {
        long deal = sold(serial);
        JsonNode before = crm("GET", "/leads/" + deal, null);
        ReadMark mark = book.mark();
        // amoCRM's clock counts seconds
        soon().until(() -> Instant.now().getEpochSecond() > before.path("updated_at").asLong());
        camel.getRouteController().suspendRoute("webhooks.processing.sort");
        setHere(serial, SECOND);
        written(deal, 1);

        Account account = accounts.named(null);
        List<DealStore.Read> late = List.of(new DealStore.Read(before, List.of(), "этап", false));
        transaction.executeWithoutResult(status -> {
            deals.store(account, ACCOUNT, late, mark);
            dates.follow(List.of(Map.of("id", deal, "account", "default", "account_id", ACCOUNT)));
        });
        assertThat(here(serial)).isEqualTo(SECOND);
    }

    @Test
    void aChangeInTheCrmThatIsNewerIsNotOverwritten() throws Exception {
        long deal = sold(serial);
        camel.getRouteController().suspendRoute("webhooks.processing.sort");
        camel.getRouteController().suspendRoute("maintenance.date.write");
        setHere(serial, SECOND);
        inCrm(deal, THIRD);
        camel.getRouteController().resumeRoute("maintenance.date.write");
        soon().until(() -> writes(deal).stream().anyMatch(effect -> effect.get("status").equals("skipped")));
        assertThat(writes(deal)).extracting(effect -> effect.get("last_error")).containsExactly("the CRM's own date is newer");
        assertThat(dayInCrm(deal)).isEqualTo(THIRD);
        assertThat(here(serial)).isEqualTo(THIRD);
    }

    @Test
    void theFieldHoldsTheNearestDateOfSeveralMachines() {
        String other = serial + "-B";
        long deal = sold(serial, other);
        next.set(jdbc.queryForObject("SELECT id FROM machine_instances WHERE serial_number = ?", UUID.class, serial), SECOND);
        assertThat(writes(deal)).as("the other one's is nearer, and stands there").isEmpty();

        inCrm(deal, THIRD);
        soon().until(() -> THIRD.equals(here(other)));
        assertThat(here(serial)).as("served since, it has a date of its own").isEqualTo(SECOND);

        setHere(other, THIRD.plusDays(1));
        written(deal, 1);
        assertThat(dayInCrm(deal)).isEqualTo(SECOND);
        inboxEmpty();
        assertThat(List.of(here(serial), here(other))).containsExactly(SECOND, THIRD.plusDays(1));
    }

    @Test
    void aSaleThatIsEditedDoesNotBringAnOldDateBack() throws Exception {
        long deal = sold(serial);
        camel.getRouteController().suspendRoute("maintenance.date.write");
        setHere(serial, SECOND);
        long registrations = registered(deal);
        win(deal, serial, "ЧПУ 10", null);
        soon().until(() -> registered(deal) > registrations);
        assertThat(here(serial)).isEqualTo(SECOND);
    }

    private long registered(long deal) {
        return outbox(String.valueOf(deal)).stream()
                .filter(effect -> effect.get("kind").equals("machine.register") && effect.get("status").equals("done")).count();
    }

    @Test
    void theAccountHasToldItsTimeZone() {
        soon().untilAsserted(() -> assertThat(jdbc.queryForList(
                "SELECT time_zone FROM amocrm_accounts WHERE time_zone_read_at IS NOT NULL", String.class)).containsExactly("Europe/Moscow"));
    }

    @Test
    void aSerialNumberThatIsNotRegisteredIsNotFound() {
        assertThat(setHere("нет такого", SECOND).path("status").asInt()).isEqualTo(404);
        assertThat(setHere(serial, null).path("status").asInt()).isEqualTo(422);
    }
}
