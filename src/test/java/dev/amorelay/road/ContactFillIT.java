package dev.amorelay.road;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amorelay.delivery.Outbox;
import dev.amorelay.json.Json;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The CRM's contacts are read through, page by page. */
class ContactFillIT extends RunningRelay {

    @Autowired
    private Outbox outbox;

    @Test
    void eachPageOwesTheNextUntilTheLast() {
        long first = Json.read(postJson("/sandbox/api/seed", "{\"leads\":0,\"contacts\":600,\"won\":0}").body())
                .path("contacts").path("from").asLong();

        outbox.owe("crm.contacts-page", "default", "crm.contacts-page:default:1", "default", Json.object().put("page", 1));

        soon().untilAsserted(() -> assertThat(jdbc.queryForObject(
                "SELECT count(*) FROM amocrm_contacts WHERE contact_id BETWEEN ? AND ? AND cardinality(phones) = 1",
                Long.class, first, first + 599)).isEqualTo(600));
        soon().untilAsserted(() -> assertThat(jdbc.queryForObject(
                "SELECT count(*) FROM outbox WHERE kind = 'crm.contacts-page' AND status <> 'done'", Long.class)).isZero());
        assertThat(jdbc.queryForObject("SELECT count(*) FROM outbox WHERE kind = 'crm.contacts-page'", Long.class)).isGreaterThanOrEqualTo(3);
    }
}
