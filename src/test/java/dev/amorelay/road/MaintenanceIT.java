package dev.amorelay.road;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.io.ClassPathResource;

/** From a date in the machine's passport to the client's message and the manager's task. */
class MaintenanceIT extends RunningRelay {

    private final String serial = "SN-" + UUID.randomUUID();
    private final long person = ThreadLocalRandom.current().nextLong(1_000_000_000L, 9_000_000_000L);

    @Autowired
    private ProducerTemplate template;

    private long soldMachine() {
        long deal = delivered(ingest("{\"source\":\"site\",\"name\":\"Владелец\",\"phone\":\"+7999"
                + ThreadLocalRandom.current().nextInt(1000000, 9999999) + "\",\"message\":\"" + serial + "\"}"));
        win(deal, serial, "ЧПУ 9", person);
        soon().until(() -> chat(person).size() == 1);
        return deal;
    }

    private void dueInDays(int days) {
        jdbc.update("""
                UPDATE machine_instances
                SET next_maintenance_date = ((now() AT TIME ZONE 'Europe/Moscow')::date + ?) AT TIME ZONE 'Europe/Moscow'
                WHERE serial_number = ?""", days, serial);
    }

    private void morning() {
        template.sendBody("direct:maintenance.remind.announce", null);
    }

    @Test
    void aDueMachineIsAnnouncedOnceHoweverManyMorningsPass() {
        long deal = soldMachine();
        dueInDays(12);

        morning();
        morning();

        soon().until(() -> chat(person).size() == 2);
        assertThat(chat(person)).anyMatch(text -> text.startsWith("Приближается плановое обслуживание: ")
                && text.contains("осталось дней: 12") && text.endsWith("ЧПУ 9, серийный номер " + serial));
        soon().until(() -> crmLead(deal).path("tasks").size() == 1);
        assertThat(crmLead(deal).path("tasks").path(0).path("text").asText()).startsWith("Допродажа: плановое ТО ").contains(serial);
        assertThat(announcements()).hasSize(1);
    }

    @Test
    void anotherDateIsAnnouncedAgain() {
        soldMachine();
        dueInDays(3);
        morning();
        dueInDays(20);
        morning();

        assertThat(announcements()).hasSize(2);
    }

    @Test
    void aMachineThatIsNotDueIsLeftAlone() {
        soldMachine();
        dueInDays(31);

        morning();

        assertThat(announcements()).isEmpty();
    }

    @Test
    void theClockIsSetForEveryMorning() throws IOException {
        String setting = "relay.maintenance.cron";
        assertThat(new YamlPropertySourceLoader().load("shipped", new ClassPathResource("application.yaml")).get(0).getProperty(setting))
                .isEqualTo("0 0 9 * * ?");
        assertThat(jdbc.queryForMap("SELECT cron_expression, time_zone_id FROM qrtz_cron_triggers WHERE trigger_group = 'maintenance'"))
                .containsEntry("cron_expression", StillClocks.SETTINGS.get(setting)).containsEntry("time_zone_id", "Europe/Moscow");
    }

    private List<String> announcements() {
        return jdbc.queryForList("SELECT dedupe_key FROM outbox WHERE kind = 'telegram.maintenance-due' AND subject_id = ?",
                String.class, serial);
    }
}
