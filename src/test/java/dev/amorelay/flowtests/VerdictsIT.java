package dev.amorelay.flowtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amorelay.AmoRelayApplication;
import dev.amorelay.database.TemplateDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tests that have to fail do, and say what was there. */
class VerdictsIT {

    private static final String LEAD = """
              when:
                - POST: /api/ingest/leads
                  json: {source: site, name: Мария, phone: 8 999 765 43 21}
            """;

    private static RelayUnderTest relay;
    private static Stage stage;

    @BeforeAll
    static void start() {
        relay = RelayUnderTest.start(AmoRelayApplication.class, Path.of("routes"), Map.of("relay.data-dir", TemplateDatabase.directory().toString()));
        stage = new Stage(relay);
    }

    @AfterAll
    static void stop() {
        relay.close();
    }

    private static String play(String rest) {
        TestReader reader = new TestReader();
        List<FlowTest> tests = reader.read("t", "- test: x\n" + rest);
        assertThat(reader.wrong()).isEmpty();
        return stage.play(tests.get(0)).problems().stream().flatMap(problem -> problem.lines().stream()).collect(Collectors.joining("\n"));
    }

    @Test
    void anotherCallThanExpected() {
        assertThat(play(LEAD + """
              expect:
                calls:
                  - amocrm: POST /api/v4/leads
                    json: [{pipeline_id: 1}]
            """)).contains("t:7: expected call: amocrm POST /api/v4/leads", "[0].pipeline_id: expected 1, was 10226282");
    }

    @Test
    void noSuchCall() {
        assertThat(play(LEAD + """
              expect:
                calls:
                  - telegram: sendMessage
            """)).contains("t:7: expected call: telegram sendMessage", "calls made:", "amocrm POST /api/v4/leads");
    }

    @Test
    void aCallTooMany() {
        assertThat(play(LEAD + """
              expect:
                calls:
                  - amocrm: POST /api/v4/leads
                    times: 2
                never:
                  - mail: "*"
            """)).contains("expected 2 times, was made 1 times", "t:10: never expected: mail *", "but it was made: mail zakaz@");
    }

    @Test
    void anotherRowThanExpected() {
        assertThat(play(LEAD + """
              expect:
                rows:
                  - table: leads
                    where: {source: site}
                    has: {name: Анна}
                  - table: leads
                    count: 2
                  - table: no_such
                    count: 0
            """)).contains("t:12: the table no_such cannot be read");
        assertThat(play(LEAD + """
              expect:
                rows:
                  - table: leads
                    where: {source: site}
                    has: {name: Анна}
                  - table: leads
                    count: 2
            """)).contains("t:7: expected row: leads where {\"source\":\"site\"}", "name: expected Анна, was Мария", "expected 2 rows, there were 1");
    }

    @Test
    void aColumnThatIsNotThere() {
        assertThat(play(LEAD + """
              expect:
                rows:
                  - table: outbox
                    where: {knd: crm.lead}
                    count: 0
            """)).contains("t:7: the table outbox has no column knd; it has ", "dedupe_key");
    }

    @Test
    void anotherAnswerThanExpected() {
        assertThat(play("""
              when:
                - POST: /api/ingest/leads
                  json: {}
            """ + "  expect:\n    rows: [{table: leads, count: 0}]\n")).contains("t:3: expected answer to POST /api/ingest/leads", "status: expected 2xx, was 422");
    }

    @Test
    void whatWasPreparedForNothing() {
        assertThat(play("""
              given:
                rows:
                  - table: clients
                    values: {nam: x}
              when: [{GET: /health}]
              expect:
                rows: [{table: leads, count: 0}]
            """)).contains("t:4: the table clients does not take this row", "nam");
        assertThat(play("""
              given:
                answers:
                  - amocrm: GET /api/v4/lead
                    status: 500
                failures:
                  - step: leadIntake.stor
                    throws: java.lang.IllegalStateException
              when: [{GET: /health}]
              expect:
                rows: [{table: leads, count: 0}]
            """)).contains("t:4: nobody asked for this answer: amocrm GET /api/v4/lead", "t:7: no route came to the step leadIntake.stor");
    }

    @Test
    void aClockThatIsNone() {
        assertThat(play("""
              when: [{fires: leads.ingest.door}]
              expect:
                rows: [{table: leads, count: 0}]
            """)).contains("no clock starts a route leads.ingest.door", "maintenance.remind.daily");
    }

    @Test
    void oneTestLeavesNothingToTheNext() {
        assertThat(play(LEAD + "  expect:\n    rows: [{table: leads, count: 1}]\n")).isEmpty();
        assertThat(play("  when: [{GET: /health}]\n  expect:\n    rows: [{table: leads, count: 0}, {table: outbox, count: 0}]\n"
                + "    never: [{amocrm: \"* /*\"}, {mail: \"*\"}]\n")).isEmpty();
    }
}
