package dev.amorelay.flowtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amorelay.flowtests.Answer.Lost;
import dev.amorelay.json.Json;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class TestReaderTest {

    private static final String GOOD = """
            # a comment
            - test: A lead becomes a deal
              hurry: true
              given:
                rows:
                  - table: clients
                    values: {name: Завод}
                answers:
                  - amocrm: GET /api/v4/leads?page=2
                    asked: {name: x}
                    after: 300ms
                    lost: after
                    times: 2
                  - mail: "*"
                    status: 421
                failures:
                  - step: leadIntake.store
                    throws: java.lang.IllegalStateException
              when:
                - POST: /api/ingest/leads
                  form: {"a[b]": ü, c: "1"}
                  answer:
                    status: 422
                - fires: maintenance.remind.daily
              expect:
                calls:
                  - telegram: sendMessage
                    json: {chat_id: 700}
                    times: 1
                  - mail: orders@example.com
                    subject: Новая заявка
                never:
                  - amocrm: POST /api/v4/tasks
                rows:
                  - table: outbox
                    where: {kind: crm.lead}
                    has: {status: done}
                    count: 1
            """;

    private static FlowTest read(String text) {
        TestReader reader = new TestReader();
        List<FlowTest> tests = reader.read("t.test.yaml", text);
        assertThat(reader.wrong()).isEmpty();
        return tests.get(0);
    }

    private static String complaint(String text) {
        TestReader reader = new TestReader();
        reader.read("t.test.yaml", text);
        assertThat(reader.wrong()).hasSize(1);
        return reader.wrong().get(0).getMessage();
    }

    private static String changed(String from, String to) {
        assertThat(GOOD).contains(from);
        return complaint(GOOD.replace(from, to));
    }

    @Test
    void aWholeTest() {
        FlowTest test = read(GOOD);
        assertThat(test.name()).isEqualTo("A lead becomes a deal");
        assertThat(test.place()).hasToString("t.test.yaml:2");
        assertThat(test.hurry()).isTrue();
        assertThat(test.rows().get(0).values()).isEqualTo(Json.object().put("name", "Завод"));
        Answer answer = test.answers().get(0);
        assertThat(answer.status()).isZero();
        assertThat(answer.lost()).isEqualTo(Lost.AFTER);
        assertThat(answer.after()).isEqualTo(Duration.ofMillis(300));
        assertThat(answer.times()).isEqualTo(2);
        assertThat(answer.pattern()).hasToString("amocrm GET /api/v4/leads?page=2");
        assertThat(test.failures().get(0).exception()).isEqualTo(IllegalStateException.class);
        Step.Request request = (Step.Request) test.steps().get(0);
        assertThat(request.body()).isEqualTo("a%5Bb%5D=%C3%BC&c=1");
        assertThat(request.type()).isEqualTo("application/x-www-form-urlencoded");
        assertThat(request.status()).isEqualTo(422);
        assertThat(test.steps().get(1)).isEqualTo(new Step.Firing(new Place("t.test.yaml", 24), "maintenance.remind.daily"));
        assertThat(test.calls()).extracting(call -> call.pattern().system()).containsExactly("telegram", "mail");
        assertThat(test.calls().get(1).body()).isEqualTo(Json.object().put("subject", "Новая заявка"));
        assertThat(test.never().get(0).times()).isNull();
        assertThat(test.expectedRows().get(0).count()).isEqualTo(1);
    }

    @Test
    void unknownKeysAreErrors() {
        assertThat(changed("    hurry: true".strip(), "hury: true"))
                .isEqualTo("t.test.yaml:3: unknown key 'hury' of a test; known are expect, given, hurry, test, when");
        assertThat(changed("throws:", "trows:")).startsWith("t.test.yaml:18: unknown key 'trows' of a failure; known are route, step, throws, times");
        assertThat(changed("    count: 1", "    cout: 1")).startsWith("t.test.yaml:38: unknown key 'cout' of expected rows");
        assertThat(changed("form:", "from:")).startsWith("t.test.yaml:21: unknown key 'from' of a step");
    }

    @Test
    void aTestThatCannotFailIsAnError() {
        assertThat(complaint("- test: Nothing\n  when:\n    - GET: /health\n")).startsWith("t.test.yaml:1: this test expects nothing, so it cannot fail");
        assertThat(complaint("- test: Nothing\n  expect:\n    rows:\n      - {table: leads, count: 0}\n"))
                .startsWith("t.test.yaml:1: nothing happens in this test");
        assertThat(complaint("- test: x\n  when: [{GET: /health}]\n  expect:\n    rows:\n      - {table: leads, where: {id: 1}}\n"))
                .startsWith("t.test.yaml:5: expected rows have 'has'");
    }

    @Test
    void whatIsNotUnderstoodIsNamed() {
        assertThat(changed("amocrm: GET /api/v4/leads?page=2", "amocrm: /api/v4/leads")).startsWith("t.test.yaml:9: 'amocrm' names method and path");
        assertThat(changed("telegram: sendMessage\n", "mail: x@example.com\n")).startsWith("t.test.yaml:28: a mail has 'subject', 'text' and 'type'");
        assertThat(changed("lost: after", "lost: later")).isEqualTo("t.test.yaml:12: 'lost' is one of before, after, not 'later'");
        assertThat(changed("after: 300ms", "after: soon")).startsWith("t.test.yaml:11: 'after' is a time like 300ms or 2s");
        assertThat(changed("status: 421", "status: 500")).startsWith("t.test.yaml:15: a mail server refuses a recipient with 550");
        assertThat(changed("IllegalStateException", "NoSuchException")).startsWith("t.test.yaml:18: there is no exception java.lang.NoSuchException");
        assertThat(changed("POST: /api", "POST: api")).startsWith("t.test.yaml:20: the address of a door begins with /");
        assertThat(changed("table: outbox", "table: out;box")).startsWith("t.test.yaml:35: 'out;box' is no name of a table");
        assertThat(changed("times: 2", "times: twice")).startsWith("t.test.yaml:13: 'times' is a whole number");
        assertThat(complaint("- test: x\n  when: [{fires: a, json: {}}]\n")).startsWith("t.test.yaml:2: 'fires' stands alone");
        assertThat(complaint("- test: x\n  test: y\n")).startsWith("t.test.yaml:2: the key 'test' is there twice");
    }

    @Test
    void whatIsNoTestAtAll() {
        assertThat(complaint("")).startsWith("t.test.yaml:1: there is no test in it");
        assertThat(complaint("test: x\n")).startsWith("t.test.yaml:1: a file of tests is a list");
        assertThat(complaint("- test: x\n  when: [\n")).startsWith("t.test.yaml:3: this is not YAML");
    }

    @Test
    void oneBadTestTakesNoOtherWithIt() {
        TestReader reader = new TestReader();
        assertThat(reader.read("t.test.yaml", GOOD + "- tst: x\n" + GOOD)).hasSize(2);
        assertThat(reader.wrong()).hasSize(1);
    }

    @Test
    void theShippedTestsAreUnderstood() {
        TestFiles files = TestFiles.at(Path.of("routes"));
        assertThat(files.wrong()).isEmpty();
        assertThat(files.tests()).hasSizeGreaterThan(60);
        assertThat(files.untested()).isEmpty();
    }

    @Test
    void aRequestIsSentByTheAdminOrAUserOfTheMiniApp() {
        String text = "- test: t\n  when:\n    - GET: /api/park/me\n      as: %s\n  expect:\n    rows:\n      - {table: leads, count: 0}\n";
        assertThat(((Step.Request) read(text.formatted("700100200")).steps().get(0)).as()).isEqualTo("700100200");
        assertThat(((Step.Request) read(text.formatted("admin")).steps().get(0)).as()).isEqualTo("admin");
        assertThat(complaint(text.formatted("Ivan"))).contains("'as' is admin, or the Telegram id");
    }

    @Test
    void timesAreThoseOfTheMomentAtWhichTheTestIsPlayed() {
        AtomicReference<Instant> clock = new AtomicReference<>(Instant.parse("2026-11-27T20:59:30Z"));
        FlowTest read = new TestReader(clock::get).read("a.test.yaml", """
                - test: the day of today
                  given:
                    rows:
                      - table: machine_instances
                        values: {next_maintenance_date: "${today}"}
                  expect:
                    rows:
                      - {table: machine_instances, has: {next_maintenance_date: "${today+1 day}"}}
                """).get(0);
        assertThat(read.rows().get(0).values().path("next_maintenance_date").asText()).isEqualTo("2026-11-27");

        clock.set(Instant.parse("2026-11-27T21:00:30Z"));
        FlowTest played = read.anew().get();
        assertThat(played.rows().get(0).values().path("next_maintenance_date").asText()).as("midnight has passed in Moscow").isEqualTo("2026-11-28");
        assertThat(played.expectedRows().get(0).has().path("next_maintenance_date").asText()).isEqualTo("2026-11-29");
        assertThat(played.place()).isEqualTo(read.place());
    }

    @Test
    void aTestThatFailsWhileADayEndsIsPlayedOnceMore() {
        LocalDate day = LocalDate.of(2026, 11, 27);
        Result bad = new Result(null, List.of(new Problem(new Place("a.test.yaml", 1), "expected rows", List.of())), Duration.ZERO);
        Result good = new Result(null, List.of(), Duration.ZERO);
        assertThat(Stage.onOneDay(days(day, day.plusDays(1))::next, results(bad, good)::next)).isSameAs(good);
        assertThat(Stage.onOneDay(days(day, day)::next, results(bad, good)::next)).isSameAs(bad);
        assertThat(Stage.onOneDay(days(day, day.plusDays(1))::next, results(good, bad)::next)).isSameAs(good);
    }

    private static Iterator<LocalDate> days(LocalDate... days) {
        return List.of(days).iterator();
    }

    private static Iterator<Result> results(Result... results) {
        return List.of(results).iterator();
    }
}
