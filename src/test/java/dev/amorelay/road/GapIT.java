package dev.amorelay.road;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;

/** A relay that was away: it notices, makes up for it behind live work, and goes on where it died. */
class GapIT {

    private static ConditionFactory soon() {
        return Awaitility.await().atMost(Duration.ofSeconds(150)).pollInterval(Duration.ofMillis(100));
    }

    private static long count(StartedRelay relay, String sql, Object... values) {
        return relay.jdbc().queryForObject("SELECT count(*) " + sql, Long.class, values);
    }

    private static long deal(StartedRelay relay) {
        String lead = relay.ingest("site", "Покупатель", "+7999" + ThreadLocalRandom.current().nextInt(1000000, 9999999));
        soon().until(() -> count(relay, "FROM leads WHERE id = ?::uuid AND status = 'sent'", lead) == 1);
        long deal = relay.jdbc().queryForObject("SELECT amo_lead_id FROM leads WHERE id = ?::uuid", Long.class, lead);
        soon().until(() -> count(relay, "FROM amocrm_deals WHERE amocrm_deal_id = ?", String.valueOf(deal)) == 1);
        return deal;
    }

    @Test
    void aStartAfterDowntimeLooksForWhatWasMissedAndADeathGoesOn() throws IOException {
        String serial = "SN-" + UUID.randomUUID();
        long deal;
        long first;
        try (StartedRelay relay = StartedRelay.first("1000/1s,60000/1m")) {
            deal = deal(relay);
            soon().until(() -> count(relay, "FROM account_watch WHERE hook_state = 'ok'") == 1);
            assertThat(count(relay, "FROM reconciliations")).as("the first start has missed nothing").isZero();
            relay.json("POST", "/sandbox/api/hooks/disable", "{}");
            relay.json("POST", "/sandbox/api/leads/" + deal + "/win", "{\"serial\":\"" + serial + "\",\"model\":\"ЧПУ\"}");
            first = relay.seed("a", 300, 0);
            relay.jdbc().update("UPDATE account_watch SET alive_at = now() - interval '1 hour'");
            StartedRelay again = restart(relay);
            try (again) {
                // what the first page of deals told cannot be worked on, so no further page is read; then it dies
                again.fault("a", "{\"fault\":\"error500\",\"on\":\"GET contacts\"}");
                soon().until(() -> count(again, "FROM reconciliations WHERE step = 'deals' AND found_deals > 200") == 1);
                assertThat(count(again, "FROM reconciliations WHERE cause = 'downtime' AND finished_at IS NULL")).isEqualTo(1);
            }
            try (StartedRelay last = again.again()) {
                soon().until(() -> count(last, "FROM reconciliations WHERE cause = 'downtime' AND finished_at IS NOT NULL") == 1);
                soon().until(() -> count(last, "FROM machine_instances WHERE serial_number = ?", serial) == 1);
                soon().until(() -> count(last, "FROM amocrm_deals WHERE amocrm_deal_id::bigint BETWEEN ? AND ?", first, first + 299) == 300);
                assertThat(count(last, "FROM amocrm_webhook_events WHERE payload ->> 'source' = 'reconciliation'"
                        + " AND amocrm_entity_id::bigint BETWEEN ? AND ? AND entity_type = 'lead'", first, first + 299)).isEqualTo(300);
                assertThat(count(last, "FROM reconciliations WHERE cause = 'downtime'")).as("no gap the second time").isEqualTo(1);
                long run = last.jdbc().queryForObject("SELECT id FROM reconciliations WHERE cause = 'downtime'", Long.class);
                assertThat(count(last, "FROM outbox WHERE kind = 'crm.reconciliation' AND status = 'done' AND payload ->> 'run' = ?",
                        String.valueOf(run))).as("each page once")
                        .isEqualTo(last.jdbc().queryForObject("SELECT pages FROM reconciliations WHERE id = ?", Long.class, run));
            }
        }
    }

    private static StartedRelay restart(StartedRelay relay) {
        relay.close();
        return relay.again();
    }

    @Test
    void liveLeadsPassAReconciliationAndNoWindowIsExceeded() throws IOException {
        try (StartedRelay relay = StartedRelay.first("10/1s,60/20s")) {
            long first = relay.seed("a", 300, 0);
            // thirty days of log are thirty calls and more: half of the longer window does not last for them
            relay.admin("POST", "/api/admin/reconcile", "{\"from\":\"" + Instant.now().minus(Duration.ofDays(40)) + "\"}");
            soon().until(() -> count(relay, "FROM amocrm_calls") >= 25);

            String lead = relay.ingest("site", "Спешит", "+79995550011");

            soon().until(() -> count(relay, "FROM leads WHERE id = ?::uuid AND status = 'sent'", lead) == 1);
            assertThat(count(relay, "FROM reconciliations WHERE finished_at IS NULL")).as("the lead has passed it").isEqualTo(1);
            Awaitility.await().atMost(Duration.ofMinutes(10)).until(() -> count(relay, "FROM reconciliations WHERE finished_at IS NOT NULL") == 1);
            soon().until(() -> count(relay, "FROM amocrm_deals WHERE amocrm_deal_id::bigint BETWEEN ? AND ?", first, first + 299) == 300);
            for (JsonNode window : relay.limits("a").path("windows")) {
                assertThat(window.path("fullest").asLong()).isLessThanOrEqualTo(window.path("limit").asLong());
            }
            assertThat(Duration.between(
                    relay.jdbc().queryForObject("SELECT from_at FROM reconciliations", Timestamp.class).toInstant(), Instant.now()))
                    .as("thirty days back at most").isLessThan(Duration.ofDays(31));
        }
    }
}
