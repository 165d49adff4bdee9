package dev.amorelay.road;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amorelay.json.Json;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** amoCRM answers what it should not, or not at all: nothing is lost, nothing is there twice. */
class FaultsIT extends FaultyOutside {

    private final String mark = UUID.randomUUID().toString();

    private String lead(int number) {
        return ingest("{\"source\":\"site\",\"name\":\"Сбой " + mark + " " + number + "\",\"phone\":\"+7999555" + (1000 + number % 40)
                + "\",\"message\":\"Сообщение " + mark + " " + number + "\"}");
    }

    private void sent(int leads) {
        soon().atMost(Duration.ofSeconds(300)).untilAsserted(() -> assertThat(jdbc.queryForObject(
                "SELECT count(*) FROM outbox o JOIN leads l ON l.id::text = o.subject_id WHERE l.name LIKE ? AND o.status = 'done'",
                Long.class, "Сбой " + mark + "%")).isEqualTo(3L * leads));
    }

    /** Notes that tell another name of a contact that the CRM knows already, each once. */
    private long ofKnownContacts() {
        String such = " FROM sandbox.documents WHERE kind = 'note' AND doc #>> '{params,text}' LIKE ?";
        String text = "%Контакт уже есть%Сбой " + mark + "%";
        long all = jdbc.queryForObject("SELECT count(*)" + such, Long.class, text);
        assertThat(jdbc.queryForObject("SELECT count(DISTINCT doc #>> '{params,text}')" + such, Long.class, text)).isEqualTo(all);
        return all;
    }

    private long inCrm(String kind, String field) {
        return jdbc.queryForObject("SELECT count(*) FROM sandbox.documents WHERE kind = ? AND doc #>> ?::text[] LIKE ?", Long.class,
                kind, field, "%" + mark + "%");
    }

    @Test
    void batchesWhoseAnswersAreLostOrErrorsAreEachLeadOnceWithItsNotes() throws Exception {
        fault("""
                [{"fault":"drop_after","count":3,"on":"POST leads"},
                 {"fault":"error500","count":2,"on":"POST leads"},
                 {"fault":"error429","count":2,"on":"POST leads","retry_after":1},
                 {"fault":"drop_after","count":2,"on":"POST leads/notes"},
                 {"fault":"drop_after","count":1,"on":"POST contacts"}]""");
        List<Callable<String>> posts = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            int number = i;
            posts.add(() -> lead(number));
        }
        ExecutorService callers = Executors.newFixedThreadPool(4);
        try {
            for (Future<String> id : callers.invokeAll(posts)) {
                id.get();
            }
        } finally {
            callers.shutdown();
        }

        sent(200);

        Json.read(get("/sandbox/api/faults").body()).path("faults").forEach(fault -> assertThat(fault.path("hits").asLong())
                .as(fault.toString()).isEqualTo(fault.path("count").asLong()));
        assertThat(inCrm("lead", "{name}")).isEqualTo(200);
        assertThat(inCrm("note", "{params,text}") - ofKnownContacts()).isEqualTo(200);
        assertThat(jdbc.queryForObject("SELECT count(DISTINCT amo_lead_id) FROM leads WHERE name LIKE ?", Long.class, "Сбой " + mark + "%"))
                .isEqualTo(200);
    }

    @Test
    void aLostAnswerToACreateIsLookedUpBeforeItIsRepeated() {
        fault("{\"fault\":\"drop_after\",\"count\":1,\"on\":\"POST *leads\"}");

        lead(1);
        sent(1);

        assertThat(inCrm("lead", "{name}")).isEqualTo(1);
        assertThat(jdbc.queryForObject("SELECT in_doubt OR attempts > 1 FROM outbox o JOIN leads l ON l.id::text = o.subject_id"
                + " WHERE l.name LIKE ? AND o.dedupe_key = 'crm.lead:' || l.id", Boolean.class, "Сбой " + mark + "%")).isTrue();
    }

    @Test
    void aBlockStopsTheAccountAndNothingFails() {
        fault("{\"fault\":\"html403\"}");

        lead(2);

        soon().untilAsserted(() -> assertThat(jdbc.queryForMap("SELECT state, paused_until > now() AS paused FROM amocrm_accounts"
                + " WHERE name = 'default'")).containsEntry("state", "blocked").containsEntry("paused", true));
        soon().untilAsserted(() -> assertThat(jdbc.queryForMap("SELECT o.failures, o.status FROM outbox o JOIN leads l ON l.id::text = o.subject_id"
                + " WHERE l.name LIKE ? AND o.dedupe_key = 'crm.lead:' || l.id", "Сбой " + mark + "%"))
                .as("it waits").isEqualTo(Map.of("failures", 0, "status", "failed")));
        HttpResponse<String> check = get("/ingest/test-crm");
        assertThat(check.statusCode()).isEqualTo(502);
        assertThat(Json.read(check.body()).path("cause").asText()).isEqualTo("amoCRM заблокировала запросы интеграции или её адрес");

        mend();
        sent(1);
        assertThat(jdbc.queryForObject("SELECT state FROM amocrm_accounts WHERE name = 'default'", String.class)).isEqualTo("ok");
    }

    @Test
    void aMailIsSentWhateverBecomesOfTheCrm() {
        fault("{\"fault\":\"error500\"}");

        String id = lead(3);

        soon().until(() -> outbox(id).stream().anyMatch(effect -> effect.get("kind").equals("mail.lead-copy")
                && effect.get("status").equals("done")));
        assertThat(outbox(id)).anyMatch(effect -> effect.get("kind").toString().startsWith("crm.lead") && !effect.get("status").equals("done"));
        mend();
        sent(1);
    }

    @Test
    void whereFiltersAreIgnoredDealsAreReadOneByOne() {
        lead(4);
        sent(1);
        fault("{\"fault\":\"filters_ignored\"}");
        long deal = jdbc.queryForObject("SELECT amo_lead_id FROM leads WHERE name LIKE ?", Long.class, "Сбой " + mark + "%");

        move(deal, 10226282, 80953558);

        soon().until(() -> Long.valueOf(80953558).equals(jdbc.query("SELECT status_id FROM amocrm_deals WHERE amocrm_deal_id = ?",
                rows -> rows.next() ? rows.getLong(1) : null, String.valueOf(deal))));
    }

    @Test
    void aReadThatIsTooHeavyIsHalvedUntilItPasses() {
        long first = Json.read(postJson("/sandbox/api/seed", "{\"leads\":120,\"contacts\":0,\"won\":0}").body())
                .path("leads").path("from").asLong();
        fault("{\"fault\":\"too_heavy\",\"ids\":40,\"on\":\"GET leads\"}");
        StringBuilder body = new StringBuilder("account[id]=31000001");
        for (int i = 0; i < 120; i++) {
            body.append("&leads[update][").append(i).append("][id]=").append(first + i);
        }

        postForm("/webhook/amocrm", body.toString());

        soon().until(() -> jdbc.queryForObject("SELECT count(*) FROM amocrm_deals WHERE amocrm_deal_id::bigint BETWEEN ? AND ? AND NOT deleted",
                Long.class, first, first + 119) == 120);
    }
}
