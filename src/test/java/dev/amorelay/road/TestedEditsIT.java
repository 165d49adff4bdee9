package dev.amorelay.road;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Before an edit takes effect the tests of the flows that it touches are played, apart from all that is real. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TestedEditsIT {

    private static final String HEALTH = "health.camel.yaml";
    private static final String TESTS = "tests/health.test.yaml";
    private static EditedRelay edited;

    @BeforeAll
    static void start() throws IOException {
        edited = EditedRelay.tested();
    }

    @AfterAll
    static void stop() {
        edited.close();
    }

    private static String health() {
        return edited.relay.send("GET", "/health", "text/plain", "").body();
    }

    private static void awaitState(String state) {
        EditedRelay.ready().untilAsserted(() -> assertThat(edited.health().path("state").asText()).isEqualTo(state));
    }

    @Test
    @Order(1)
    void anEditThatATestSpeaksAgainstIsNotTakenAndTheTestIsNamed() {
        edited.edit(HEALTH, "\"ok\"", "\"better\"");

        awaitState("REFUSED");
        assertThat(edited.findings()).singleElement().asString().startsWith(TESTS + ":2:1: the test «The relay is well while the database can store» fails with this edit: "
                + "expected answer to GET /health: status: expected ok, was better");
        assertThat(edited.health().path("message").asText()).contains("the routes from before run on: 1 test fails with it");
        assertThat(health()).isEqualTo("{\"status\":\"ok\"}");
    }

    @Test
    @Order(2)
    void withItsTestMendedItIsTaken() {
        edited.edit(TESTS, "{status: ok}", "{status: better}");

        awaitState("RUNNING");
        assertThat(edited.health().path("message").asText()).isEqualTo("the edit is in effect: exchanged health.check.answer; 2 tests passed");
        assertThat(health()).isEqualTo("{\"status\":\"better\"}");
    }

    @Test
    @Order(3)
    void anEditedTextIsTestedWithTheFlowThatWritesIt() {
        edited.edit("service/photo.ftl", "№", "no ");

        awaitState("REFUSED");
        assertThat(edited.findings()).anyMatch(finding -> finding.startsWith("tests/service-messages.test.yaml:") && finding.contains("caption"));
    }

    @Test
    @Order(4)
    void nothingOfItReachesWhatIsReal() {
        assertThat(edited.relay.jdbc().queryForObject("SELECT (SELECT count(*) FROM outbox WHERE kind LIKE 'telegram.%') + (SELECT count(*) FROM service_requests)", Long.class)).isZero();
    }

    @Test
    @Order(5)
    void anEditThatBringsNoTestIsTakenAtOnce() throws IOException {
        edited.restore();
        edited.write("hello.camel.yaml", """
                - route:
                    id: leads.hello.door
                    description: Says hello
                    routeConfigurationId: doors
                    from:
                      uri: platform-http:/ingest/hello
                      parameters:
                        httpMethodRestrict: GET
                      steps:
                        - setBody:
                            id: say-hello
                            constant: hello
                """);

        EditedRelay.ready().untilAsserted(() -> assertThat(edited.health().path("message").asText()).isEqualTo("the edit is in effect: new leads.hello.door"));
    }
}
