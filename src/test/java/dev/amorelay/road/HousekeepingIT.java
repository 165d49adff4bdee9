package dev.amorelay.road;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What is no longer needed is forgotten, and a late repeat is recognised all the same. */
class HousekeepingIT extends RunningRelay {

    @Autowired
    private ProducerTemplate template;

    @Test
    void oldPayloadsAreEmptiedAndYoungRepeatsStillRecognised() {
        String id = "5" + System.nanoTime() % 1_000_000_000L;
        String hook = "catalogs[add][0][id]=" + id + "&catalogs[add][0][name]=secret&account[id]=31000001";
        String young = hook.replace(id, id + "1");
        postForm("/webhook/amocrm", hook);
        postForm("/webhook/amocrm", young);
        inboxEmpty();
        jdbc.update("UPDATE amocrm_webhook_events SET ts = now() - interval '91 days' WHERE amocrm_entity_id = ?", id);

        template.sendBody("direct:housekeeping.forget.old", null);

        assertThat(payload(id)).isEqualTo("{}");
        assertThat(payload(id + "1")).contains("secret");
        postForm("/webhook/amocrm", young);
        assertThat(stored(id + "1")).isEqualTo(1);
        // told again after months it is another event, whose payload is its own
        postForm("/webhook/amocrm", hook);
        assertThat(stored(id)).isEqualTo(2);
    }

    private long stored(String id) {
        return jdbc.queryForObject("SELECT count(*) FROM amocrm_webhook_events WHERE amocrm_entity_id = ?", Long.class, id);
    }

    private String payload(String id) {
        return jdbc.queryForObject("SELECT payload::text FROM amocrm_webhook_events WHERE amocrm_entity_id = ?", String.class, id);
    }
}
