package dev.amorelay.road;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.camel.CamelContext;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A node is told to stop while its work is under way. */
class GracefulStopIT {

    private static final String LIMITS = "1000/1s,60000/1m";
    private static final List<String> DELIVERY = List.of("leads.delivery.create", "leads.delivery.strangers");
    private static StartedRelay stays;
    private static CamelContext routes;

    @BeforeAll
    static void start() throws IOException {
        stays = StartedRelay.first(LIMITS);
        routes = stays.bean(CamelContext.class, "camelContext");
    }

    @AfterAll
    static void stop() {
        stays.close();
    }

    private static ConditionFactory soon() {
        return Awaitility.await().atMost(Duration.ofSeconds(180)).pollInterval(Duration.ofMillis(100));
    }

    private static Map<String, Object> delivery(String lead) {
        return stays.jdbc().queryForMap("SELECT *, coalesce(locked_until > now(), false) AS held"
                + " FROM outbox WHERE dedupe_key = 'crm.lead:' || ?", lead);
    }

    private static long inCrm(String name) {
        return stays.jdbc().queryForObject("SELECT count(*) FROM sandbox.documents WHERE kind = 'lead' AND doc ->> 'name' LIKE ?",
                Long.class, "%" + name + "%");
    }

    @Test
    void aCreateUnderWayGoesBackInDoubtAndIsNotRepeatedBlindly() throws Exception {
        String name = "Остановка " + UUID.randomUUID();
        StartedRelay goes = stays.further(LIMITS);
        String lead;
        Duration took;
        try {
            for (String route : DELIVERY) {
                routes.getRouteController().suspendRoute(route);
            }
            stays.fault("a", "{\"fault\":\"slow\",\"ms\":15000,\"on\":\"POST *leads\"}");
            lead = goes.ingest("site", name, "+79995551234");
            soon().until(() -> inCrm(name) == 1);
        } finally {
            long begin = System.nanoTime();
            goes.close();
            took = Duration.ofNanos(System.nanoTime() - begin);
        }

        assertThat(took).isLessThan(Duration.ofSeconds(10));
        assertThat(delivery(lead)).containsEntry("status", "pending").containsEntry("held", false).containsEntry("lease", null)
                .containsEntry("in_doubt", true).containsEntry("failures", 0);

        stays.mend();
        for (String route : DELIVERY) {
            routes.getRouteController().resumeRoute(route);
        }
        soon().until(() -> delivery(lead).get("status").equals("done"));
        assertThat(inCrm(name)).as("looked up, not made again").isEqualTo(1);
    }

    @Test
    void aNodeWithNothingToDoStopsAtOnce() throws Exception {
        StartedRelay goes = stays.further(LIMITS);
        long begin = System.nanoTime();
        goes.close();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
    }
}
