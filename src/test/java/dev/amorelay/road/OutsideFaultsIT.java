package dev.amorelay.road;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amorelay.delivery.Outbox;
import dev.amorelay.json.Json;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The mail server and Telegram answer what they should not, or not at all; amoCRM answers nonsense. */
class OutsideFaultsIT extends FaultyOutside {

    private final String mark = UUID.randomUUID().toString();
    private final long person = ThreadLocalRandom.current().nextLong(1_000_000_000L, 9_000_000_000L);

    @Autowired
    private Outbox outbox;

    private void message() {
        outbox.owe("telegram.machine-registered", "telegram:" + mark, mark,
                Json.object().put("chat", person).put("serial", mark).put("machine", "ЧПУ"));
    }

    private Map<String, Object> row(String subject, String kind) {
        return jdbc.queryForMap("SELECT status, failures, attempts, last_error, in_doubt, repeated FROM outbox WHERE subject_id = ?"
                // the lead of a person whom we do not know becomes one of another kind on its way
                + " AND (kind = ? OR kind = ? || '-of-stranger')", subject, kind, kind);
    }

    private void becomes(String subject, String kind, String status) {
        soon().atMost(Duration.ofSeconds(240)).untilAsserted(() -> assertThat(row(subject, kind)).containsEntry("status", status));
    }

    private String lead() {
        return ingest("{\"source\":\"site\",\"name\":\"Снаружи " + mark + "\",\"phone\":\"+7999" + ThreadLocalRandom.current().nextInt(1000000, 9999999)
                + "\",\"message\":\"Тест\"}");
    }

    private long mails() {
        return jdbc.queryForObject("SELECT count(*) FROM sandbox.mails WHERE subject LIKE ?", Long.class, "%" + mark + "%");
    }

    @Test
    void telegramAsksToWaitAndIsObeyed() {
        fault("{\"at\":\"telegram\",\"fault\":\"error429\",\"retry_after\":3,\"count\":1}");
        long begin = System.nanoTime();

        message();
        becomes(mark, "telegram.machine-registered", "done");

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofSeconds(3));
        assertThat(row(mark, "telegram.machine-registered")).containsEntry("failures", 0);
        assertThat(chat(person)).hasSize(1);
    }

    @Test
    void aClosedChatIsMarkedAndLeftAlone() {
        jdbc.update("INSERT INTO telegram_users (tg_id) VALUES (?)", person);
        fault("{\"at\":\"telegram\",\"fault\":\"forbidden\"}");

        message();
        becomes(mark, "telegram.machine-registered", "skipped");

        assertThat(jdbc.queryForObject("SELECT chat_closed FROM telegram_users WHERE tg_id = ?", Boolean.class, person)).isTrue();
        assertThat(row(mark, "telegram.machine-registered")).containsEntry("attempts", 1);
    }

    @Test
    void aGroupThatMovedGetsItsMessageWhereItIs() {
        fault("{\"at\":\"telegram\",\"fault\":\"migrated\",\"chat_id\":" + (person + 1) + ",\"count\":1}");

        message();
        becomes(mark, "telegram.machine-registered", "done");

        assertThat(chat(person)).isEmpty();
        assertThat(chat(person + 1)).hasSize(1);
    }

    @Test
    void aSendOfUnknownOutcomeIsRepeatedOnceAndThenLeftToAPerson() {
        expectDead(mark);
        fault("{\"at\":\"telegram\",\"fault\":\"drop_after\"}");

        message();
        becomes(mark, "telegram.machine-registered", "dead");

        assertThat(chat(person)).hasSize(2);
        assertThat(row(mark, "telegram.machine-registered")).containsEntry("in_doubt", true).containsEntry("repeated", true);
    }

    @Test
    void telegramIsDownAndTheMessageWaits() {
        fault("{\"at\":\"telegram\",\"fault\":\"error500\"}");

        message();
        soon().untilAsserted(() -> assertThat((Integer) row(mark, "telegram.machine-registered").get("attempts")).isGreaterThan(1));

        assertThat(row(mark, "telegram.machine-registered")).containsEntry("failures", 0).containsEntry("status", "failed");
        mend();
        becomes(mark, "telegram.machine-registered", "done");
        assertThat(chat(person)).hasSize(1);
    }

    @Test
    void theMailServerIsDownAndTheCopyWaits() {
        fault("{\"at\":\"smtp\",\"fault\":\"down\"}");

        String lead = lead();
        soon().untilAsserted(() -> assertThat((Integer) row(lead, "mail.lead-copy").get("attempts")).isGreaterThan(1));

        assertThat(row(lead, "mail.lead-copy")).containsEntry("failures", 0).containsEntry("status", "failed");
        becomes(lead, "crm.lead", "done");
        mend();
        becomes(lead, "mail.lead-copy", "done");
        assertThat(mails()).isEqualTo(1);
    }

    @Test
    void aRecipientThatIsRefusedIsCountedAndTheOthersWork() {
        fault("{\"at\":\"smtp\",\"fault\":\"refuse_recipient\",\"count\":2}");

        String lead = lead();
        soon().untilAsserted(() -> assertThat((Integer) row(lead, "mail.lead-copy").get("failures")).isPositive());

        becomes(lead, "crm.lead", "done");
        becomes(lead, "mail.lead-copy", "done");
        assertThat(mails()).isEqualTo(1);
    }

    @Test
    void theMailServerHangsAndTheRestGoesOn() {
        fault("{\"at\":\"smtp\",\"fault\":\"hang\",\"ms\":4000,\"count\":1}");

        String lead = lead();

        becomes(lead, "crm.lead", "done");
        becomes(lead, "mail.lead-copy", "done");
        assertThat(mails()).isEqualTo(1);
        assertThat(row(lead, "mail.lead-copy")).containsEntry("failures", 0);
    }

    @Test
    void amoCrmAnswersACreateWithAPageAndTheLeadIsThereOnce() {
        fault("{\"fault\":\"nonsense\",\"count\":2,\"on\":\"POST *leads\"}");

        String lead = lead();
        becomes(lead, "crm.lead", "done");

        assertThat(row(lead, "crm.lead")).containsEntry("failures", 0);
        assertThat(jdbc.queryForObject("SELECT count(*) FROM sandbox.documents WHERE kind = 'lead' AND doc ->> 'name' LIKE ?", Long.class,
                "%" + mark + "%")).isEqualTo(1);
    }
}
