package dev.amorelay.road;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.json.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntFunction;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Much at once: what it costs in calls, and that nobody is met twice. */
class BurstIT extends RunningRelay {

    private final String mark = UUID.randomUUID().toString();

    private List<String> ingestAtOnce(int leads, IntFunction<String> phone) throws Exception {
        List<Callable<String>> posts = new ArrayList<>();
        for (int i = 0; i < leads; i++) {
            String body = "{\"source\":\"site\",\"name\":\"Наплыв " + i + "\",\"phone\":\"" + phone.apply(i)
                    + "\",\"message\":\"" + mark + " " + i + "\"}";
            posts.add(() -> ingest(body));
        }
        ExecutorService callers = Executors.newFixedThreadPool(16);
        List<String> ids = new ArrayList<>();
        try {
            for (Future<String> id : callers.invokeAll(posts)) {
                ids.add(id.get());
            }
        } finally {
            callers.shutdown();
        }
        return ids;
    }

    private void allIsQuiet() {
        soon().atMost(Duration.ofSeconds(60)).until(() -> jdbc.queryForObject("""
                SELECT (SELECT count(*) FROM outbox WHERE status IN ('pending', 'failed'))
                     + (SELECT count(*) FROM amocrm_webhook_events WHERE NOT processed AND outcome IS NULL)""", Long.class) == 0
                && sandbox().path("hooks").path("waiting").asInt() == 0);
    }

    private static long calls() {
        JsonNode byKind = Json.read(get("/sandbox/api/calls").body());
        return StreamSupport.stream(byKind.spliterator(), false).mapToLong(JsonNode::asLong).sum();
    }

    private static String somePhone() {
        return "+7999" + ThreadLocalRandom.current().nextInt(1000000, 9999999);
    }

    @Test
    void twentyLeadsFromOneNewPhoneMakeOneContact() throws Exception {
        String phone = somePhone();

        ingestAtOnce(20, i -> phone);
        allIsQuiet();

        assertThat(jdbc.queryForList("SELECT DISTINCT amo_contact_id FROM leads WHERE phone_e164 = ? AND status = 'sent'",
                Long.class, phone)).hasSize(1);
        assertThat(jdbc.queryForObject("SELECT count(*) FROM leads WHERE phone_e164 = ? AND status = 'sent'", Long.class, phone))
                .isEqualTo(20);
        assertThat(jdbc.queryForObject("SELECT count(*) FROM amocrm_contacts WHERE phones @> ARRAY[?::text]", Long.class, phone)).isEqualTo(1);
        assertThat(jdbc.queryForObject("SELECT count(*) FROM contact_claims", Long.class)).isZero();
    }

    @Test
    void aThousandLeadsFromKnownPhonesCostAtMostSixtyCalls() throws Exception {
        List<String> phones = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            phones.add(somePhone());
        }
        ingestAtOnce(40, phones::get);
        allIsQuiet();
        long before = calls();

        List<String> leads = ingestAtOnce(1000, i -> phones.get(i % 40));
        allIsQuiet();

        assertThat(calls() - before).isLessThanOrEqualTo(60);
        assertThat(jdbc.queryForObject("SELECT count(*) FROM leads WHERE id = ANY (?::uuid[]) AND status = 'sent'", Long.class,
                (Object) leads.toArray(String[]::new))).isEqualTo(1000);
        assertThat(jdbc.queryForObject("SELECT count(DISTINCT amo_lead_id) FROM leads WHERE id = ANY (?::uuid[])", Long.class,
                (Object) leads.toArray(String[]::new))).isEqualTo(1000);
    }
}
