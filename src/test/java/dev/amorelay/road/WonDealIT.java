package dev.amorelay.road;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/** From a won deal to the machine, its owner and the message. */
class WonDealIT extends RunningRelay {

    private static final long CLIENTS = 10226282;
    private static final long IN_WORK = 80953558;

    private final String serial = "SN-" + UUID.randomUUID();
    private final long person = ThreadLocalRandom.current().nextLong(1_000_000_000L, 9_000_000_000L);

    private long deal() {
        String phone = "+7999" + ThreadLocalRandom.current().nextInt(1000000, 9999999);
        return delivered(ingest("{\"source\":\"site\",\"name\":\"Покупатель\",\"phone\":\"" + phone + "\",\"message\":\"" + serial + "\"}"));
    }

    private Map<String, Object> machine(String number) {
        soon().until(() -> jdbc.queryForObject("SELECT count(*) FROM machine_instances WHERE serial_number = ?", Long.class, number) == 1);
        return jdbc.queryForMap("SELECT * FROM machine_instances WHERE serial_number = ?", number);
    }

    private void registrations(long deal, int least) {
        soon().until(() -> jdbc.queryForObject(
                "SELECT count(*) FROM outbox WHERE kind = 'machine.register' AND subject_id = ? AND status = 'done'",
                Long.class, String.valueOf(deal)) >= least);
    }

    /** A manager writes another serial number into a deal, or takes it out; amoCRM's clock counts seconds. */
    private static void name(long deal, String number) {
        long second = Instant.now().getEpochSecond();
        soon().until(() -> Instant.now().getEpochSecond() > second);
        String values = number.isEmpty() ? "null" : "[{\"value\":\"" + number + "\"}]";
        assertThat(send(HttpRequest.newBuilder(URI.create(url("/sandbox/amocrm/api/v4/leads/" + deal))).header("Authorization", "Bearer sandbox")
                .header("Content-Type", "application/json")
                .method("PATCH", BodyPublishers.ofString("{\"custom_fields_values\":[{\"field_id\":712629,\"values\":" + values + "}]}"))
                .build()).statusCode()).isEqualTo(200);
    }

    @Test
    void aWonDealBecomesAMachineWithItsOwnerAndAMessage() {
        long deal = deal();

        win(deal, serial, "ЧПУ 5000", person);

        Map<String, Object> machine = machine(serial);
        assertThat(machine).containsEntry("model", "ЧПУ 5000").containsEntry("status", "operational")
                .containsEntry("amocrm_deal_id", String.valueOf(deal));
        assertThat(machine.get("client_id")).isNotNull();
        assertThat(machine.get("next_maintenance_date")).isNotNull();
        soon().untilAsserted(() -> assertThat(chat(person)).containsExactly(
                "Ваше оборудование зарегистрировано!\nЧПУ 5000, серийный номер " + serial));
        assertThat(jdbc.queryForObject("SELECT client_id FROM telegram_users WHERE tg_id = ?", UUID.class, person))
                .isEqualTo(machine.get("client_id"));
        assertThat(jdbc.queryForObject("SELECT status_label FROM amocrm_deals WHERE amocrm_deal_id = ?", String.class,
                String.valueOf(deal))).isEqualTo("Успешно реализовано");
    }

    @Test
    void wonReopenedWonAgainIsOneMachineAndOneMessage() {
        long deal = deal();
        win(deal, serial, "ЧПУ 1", person);
        machine(serial);
        soon().until(() -> chat(person).size() == 1);

        move(deal, CLIENTS, IN_WORK);
        soon().until(() -> jdbc.queryForObject("SELECT status_id FROM amocrm_deals WHERE amocrm_deal_id = ?", Long.class,
                String.valueOf(deal)) == IN_WORK);
        win(deal, serial, "ЧПУ 1", person);
        registrations(deal, 2);

        machine(serial);
        assertThat(jdbc.queryForObject("SELECT count(*) FROM outbox WHERE kind = 'telegram.machine-registered' AND subject_id = ?",
                Long.class, serial)).isEqualTo(1);
        assertThat(chat(person)).hasSize(1);
    }

    @Test
    void nobodyBecomesAClientByPostingALeadWithTheClientsPhone() {
        String phone = "+7999" + ThreadLocalRandom.current().nextInt(1000000, 9999999);
        long deal = delivered(ingest("{\"source\":\"site\",\"name\":\"Покупатель\",\"phone\":\"" + phone + "\",\"message\":\"" + serial + "\"}"));
        win(deal, serial, "ЧПУ 7", person);
        Object owner = machine(serial).get("client_id");

        long stranger = person + 1;
        long posted = delivered(ingest("{\"source\":\"diagnostics\",\"name\":\"Чужой\",\"phone\":\"" + phone + "\",\"message\":\"" + serial
                + "\",\"meta\":{\"tg_user_id\":" + stranger + "}}"));
        soon().until(() -> jdbc.queryForObject("SELECT count(*) FROM amocrm_deals WHERE amocrm_deal_id = ? AND client_id = ?",
                Long.class, String.valueOf(posted), owner) == 1);

        assertThat(jdbc.queryForList("SELECT tg_id FROM telegram_users WHERE client_id = ?", Long.class, owner)).containsExactly(person);
    }

    @Test
    void aMachineThatWasSoldAgainStaysWithItsNewOwner() {
        long first = deal();
        win(first, serial, "ЧПУ 2", person);
        Object seller = machine(serial).get("client_id");
        // amoCRM's clock counts seconds
        long sold = Instant.now().getEpochSecond();
        soon().until(() -> Instant.now().getEpochSecond() > sold);
        long second = deal();
        win(second, serial, "ЧПУ 2", person + 1);
        soon().untilAsserted(() -> assertThat(crmLead(second).path("tasks").path(0).path("text").asText())
                .contains("уже числится за другим клиентом (сделка " + first + ")").contains("уберите номер из прежней сделки"));
        assertThat(machine(serial)).containsEntry("client_id", seller).containsEntry("amocrm_deal_id", String.valueOf(first));

        name(first, "");
        soon().until(() -> outbox(String.valueOf(first)).stream().anyMatch(effect -> effect.get("kind").equals("machine.register")
                && effect.get("status").equals("skipped")));
        long asked = Instant.now().getEpochSecond();
        soon().until(() -> Instant.now().getEpochSecond() > asked);
        win(second, serial, "ЧПУ 2", person + 1);
        soon().until(() -> machine(serial).get("amocrm_deal_id").equals(String.valueOf(second)));
        Object buyer = machine(serial).get("client_id");
        assertThat(buyer).isNotEqualTo(seller);

        soon().until(() -> chat(person + 1).size() == 1);
        name(first, serial);
        registrations(first, 2);

        assertThat(machine(serial)).containsEntry("client_id", buyer).containsEntry("model", "ЧПУ 2");
        assertThat(crmLead(first).path("tasks")).as("nobody is asked for the number that was taken out").isEmpty();
        assertThat(crmLead(second).path("tasks")).hasSize(1);
        assertThat(chat(person)).hasSize(1);
        assertThat(chat(person + 1)).hasSize(1);
    }

    @Test
    void theSameNumberOfAnotherMakerIsAQuestionOnceAndHarmsNoMachine() {
        long first = deal();
        win(first, serial, "16К20", person);
        Object owner = machine(serial).get("client_id");
        long second = deal();

        win(second, serial, "CNC-500", person + 1);
        registrations(second, 1);
        move(second, CLIENTS, IN_WORK);
        soon().until(() -> jdbc.queryForObject("SELECT status_id FROM amocrm_deals WHERE amocrm_deal_id = ?", Long.class,
                String.valueOf(second)) == IN_WORK);
        win(second, serial, "CNC-500", person + 1);
        registrations(second, 2);
        win(first, serial, "16К20", person);
        registrations(first, 2);

        soon().untilAsserted(() -> assertThat(crmLead(second).path("tasks").path(0).path("text").asText())
                .contains("уже числится за другим клиентом (сделка " + first + ")").contains("модель там «16К20», здесь «CNC-500»"));
        assertThat(outbox(String.valueOf(second))).filteredOn(effect -> effect.get("kind").equals("crm.task")).hasSize(1);
        assertThat(outbox(String.valueOf(first))).noneMatch(effect -> effect.get("kind").equals("crm.task"));
        assertThat(machine(serial)).containsEntry("model", "16К20").containsEntry("client_id", owner)
                .containsEntry("amocrm_deal_id", String.valueOf(first));
        assertThat(chat(person + 1)).isEmpty();

        name(second, serial + " (CNC-500)");
        assertThat(machine(serial + " (CNC-500)")).containsEntry("model", "CNC-500").containsEntry("amocrm_deal_id", String.valueOf(second));
        soon().until(() -> chat(person + 1).size() == 1);
    }

    @Test
    void eachSerialNumberIsAMachine() {
        long deal = deal();

        win(deal, serial + "-A; " + serial + "-B\n" + serial + "-C", "ЧПУ 3", person);

        machine(serial + "-A");
        machine(serial + "-B");
        machine(serial + "-C");
        soon().until(() -> chat(person).size() == 3);
    }

    @Test
    void withoutASerialNumberTheManagerIsAskedAndTheMachineComesLater() {
        long deal = deal();

        win(deal, "", "ЧПУ 4", person);

        soon().untilAsserted(() -> assertThat(crmLead(deal).path("tasks").path(0).path("text").asText())
                .startsWith("Сделка выиграна без серийного номера"));
        assertThat(outbox(String.valueOf(deal))).anyMatch(effect -> effect.get("kind").equals("machine.register")
                && effect.get("status").equals("skipped"));

        win(deal, serial, "ЧПУ 4", person);
        machine(serial);
        assertThat(crmLead(deal).path("tasks")).hasSize(1);
    }

    @Test
    void aDealThatWasWonAndMovedOnMeanwhileStillBecomesAMachine() throws Exception {
        long deal = deal();
        inboxEmpty();
        camel.getRouteController().suspendRoute("webhooks.processing.sort");
        try {
            win(deal, serial, "ЧПУ 6", person);
            move(deal, CLIENTS, IN_WORK);
            soon().until(() -> jdbc.queryForObject(
                    "SELECT count(*) FROM amocrm_webhook_events WHERE event_type = 'lead.status' AND amocrm_entity_id = ?",
                    Long.class, String.valueOf(deal)) == 2);
        } finally {
            camel.getRouteController().resumeRoute("webhooks.processing.sort");
        }

        machine(serial);
        assertThat(jdbc.queryForObject("SELECT status_id FROM amocrm_deals WHERE amocrm_deal_id = ?", Long.class,
                String.valueOf(deal))).isEqualTo(IN_WORK);
    }

    @Test
    void nobodyGetsAMachineByPostingAHook() {
        long deal = deal();
        inboxEmpty();

        postForm("/webhook/amocrm", "leads[status][0][id]=" + deal + "&leads[status][0][status_id]=142"
                + "&leads[status][0][pipeline_id]=" + CLIENTS + "&leads[status][0][custom_fields][0][id]=712629"
                + "&leads[status][0][custom_fields][0][values][0][value]=" + serial + "&account[id]=31000001");

        inboxEmpty();
        assertThat(jdbc.queryForObject("SELECT count(*) FROM amocrm_webhook_events WHERE amocrm_entity_id = ? AND outcome = 'done'",
                Long.class, String.valueOf(deal))).isPositive();
        assertThat(outbox(String.valueOf(deal))).noneMatch(effect -> effect.get("kind").equals("machine.register"));
    }

    @Test
    void aWonPartsOrderHasNoSerialNumberAndNobodyIsAsked() {
        long deal = delivered(ingest("{\"source\":\"cart_order\",\"name\":\"Корзина\",\"phone\":\"+79997776655\",\"message\":\"" + serial + "\"}"));

        win(deal, "", "", null);

        soon().until(() -> outbox(String.valueOf(deal)).stream().anyMatch(effect -> effect.get("kind").equals("machine.register")
                && effect.get("status").equals("skipped")));
        assertThat(crmLead(deal).path("tasks")).isEmpty();
    }
}
