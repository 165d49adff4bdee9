package dev.amorelay.road;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.json.Json;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An engineer edits the routes of a running relay. */
class LiveEditingIT {

    private static final String HEALTH = "health.camel.yaml";
    private static final String HELLO = """
            - route:
                id: leads.hello.door
                description: Says hello
                routeConfigurationId: doors
                from:
                  uri: platform-http:/ingest/hello
                  parameters:
                    httpMethodRestrict: GET
                  steps:
                    - removeHeaders:
                        pattern: "*"
                    - setBody:
                        constant: hello
            """;
    private static EditedRelay edited;

    @BeforeAll
    static void start() throws IOException {
        edited = EditedRelay.start();
    }

    @AfterAll
    static void stop() {
        edited.close();
    }

    @AfterEach
    void restore() throws IOException {
        edited.restore();
        EditedRelay.ready().untilAsserted(() -> {
            assertThat(health()).isEqualTo("{\"status\":\"ok\"}");
            assertThat(edited.health().path("state").asText()).isEqualTo("RUNNING");
            assertThat(edited.camel().getRoute("leads.hello.door")).isNull();
            assertThat(status("/ingest/hello")).isEqualTo(404);
        });
    }

    private static String get(String path) {
        return edited.relay.send("GET", path, "text/plain", "").body();
    }

    private static int status(String path) {
        return edited.relay.send("GET", path, "text/plain", "").statusCode();
    }

    private static String health() {
        return get("/health");
    }

    private static void allIsDone(String lead) {
        EditedRelay.ready().untilAsserted(() -> assertThat(edited.relay.jdbc().queryForList(
                "SELECT status || coalesce(last_error, '') FROM outbox WHERE subject_id = ?", String.class, lead)).containsExactly("done", "done", "done"));
    }

    private static long count(String sql, Object... values) {
        return edited.relay.jdbc().queryForObject(sql, Long.class, values);
    }

    @Test
    void aGoodEditTakesEffectAndNothingElseIsTouched() {
        Route other = edited.camel().getRoute("leads.ingest.api-door");
        double taken = edited.edits("taken");

        edited.edit(HEALTH, "\"ok\"", "\"better\"");

        EditedRelay.soon().until(() -> health().equals("{\"status\":\"better\"}"));
        EditedRelay.ready().until(() -> edited.health().path("message").asText().equals("the edit is in effect: exchanged health.check.answer"));
        assertThat(edited.camel().getRoute("leads.ingest.api-door")).isSameAs(other);
        EditedRelay.ready().untilAsserted(() -> assertThat(edited.edits("taken")).isEqualTo(taken + 1));
    }

    /** {@code %d} is the line that is edited. */
    static Stream<Arguments> mistakes() {
        return Stream.of(
                Arguments.of(HEALTH, "- setBody:", "- setBdy:", HEALTH + ":%d:11: 'setBdy' does not belong here"),
                Arguments.of(HEALTH, "description: 200 while", "description: 200: while", HEALTH + ":%d:21: no valid YAML"),
                Arguments.of(HEALTH, "id: health.check.answer", "id: leads.ingest.door", "lead-ingest.camel.yaml:3:9: route leads.ingest.door is there already"),
                Arguments.of(HEALTH, "platform-http:", "platform-htp:", HEALTH + ":%d:12: no component platform-htp, did you mean platform-http?"),
                Arguments.of(HEALTH, "ref: healthProbe", "ref: helthProbe", HEALTH + ":%d:18: no bean helthProbe, did you mean healthProbe?"),
                Arguments.of("kamelets/mail-send.kamelet.yaml", "{{relay.mail.from}}", "{{relay.mail.form}}", "kamelets/mail-send.kamelet.yaml:%d:21: no property relay.mail.form"),
                Arguments.of("lead-mail-copy.camel.yaml", "kamelet:mail-send", "kamelet:mail-sent", "lead-mail-copy.camel.yaml:%d:18: no connector mail-sent"),
                Arguments.of("kamelets/mail-send.kamelet.yaml", "javaMailSender:", "javaMailsender:", "kamelets/mail-send.kamelet.yaml:%d:31: option javaMailsender is no option"),
                Arguments.of("errors/work.camel.yaml", "dev.amorelay.work.Later", "dev.amorelay.work.Latter", "errors/work.camel.yaml:%d:15: no exception dev.amorelay.work.Latter"),
                Arguments.of(HEALTH, "\"status\":\"ok\"", "\"status\":\"new\"", "new.camel.yaml:1:1: the file is empty"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void aBrokenEditChangesNothingAndIsTold(String file, String from, String to, String told) {
        double refused = edited.edits("refused");
        Route running = edited.camel().getRoute("health.check.answer");

        if (told.startsWith("new")) {
            edited.write("new.camel.yaml", "# nothing yet\n");
        }
        // a good edit of another file, which must not take effect alone
        edited.edit(HEALTH, "\"status\":\"ok\"", "\"status\":\"new\"");
        edited.edit(file, from, to);

        String expected = told.replace("%d", String.valueOf(edited.text(file).lines().takeWhile(line -> !line.contains(from)).count() + 1));
        EditedRelay.ready().untilAsserted(() -> assertThat(edited.findings()).anyMatch(finding -> finding.startsWith(expected)));
        assertThat(edited.health().path("state").asText()).isEqualTo("REFUSED");
        EditedRelay.ready().untilAsserted(() -> assertThat(edited.edits("refused")).isEqualTo(refused + 1));
        assertThat(health()).isEqualTo("{\"status\":\"ok\"}");
        assertThat(edited.camel().getRoute("health.check.answer")).isSameAs(running);
    }

    /** Red would take the relay out of service, although all that it did before it does still. */
    @Test
    void whatIsWrongIsToldInHealthAndMetricsAndOnTheSandboxPage() {
        edited.edit(HEALTH, "- setBody:", "- setBdy:");
        EditedRelay.ready().until(() -> edited.health().path("state").asText().equals("REFUSED"));

        JsonNode told = edited.told();
        assertThat(told.path("status").asText()).isEqualTo("UP");
        assertThat(told.path("components").path("routes").path("status").asText()).isEqualTo("EDIT_REFUSED");
        assertThat(told.path("components").path("routes").path("details").path("findings").path(0).asText())
                .startsWith(HEALTH + ":25:11: 'setBdy' does not belong here");
        assertThat(edited.relay.bean(MeterRegistry.class).get("relay.routes.findings").gauge().value()).isEqualTo(1);
        assertThat(edited.relay.json("GET", "/sandbox/api/state", "").path("routes").path("findings").path(0).asText())
                .startsWith(HEALTH + ":25:11:");
    }

    @Test
    void aNewARenamedAndADeletedFile() throws IOException {
        edited.write("hello.camel.yaml", HELLO);
        EditedRelay.soon().until(() -> get("/ingest/hello").equals("hello"));

        Files.move(edited.file("hello.camel.yaml"), edited.file("moved.camel.yaml"));
        double taken = edited.edits("taken");
        EditedRelay.ready().until(() -> edited.edits("taken") == taken + 1);
        assertThat(get("/ingest/hello")).isEqualTo("hello");

        edited.write("moved.camel.yaml", HELLO.replace("leads.hello.door", "leads.hello.renamed").replace("/ingest/hello", "/ingest/hallo"));
        EditedRelay.soon().until(() -> get("/ingest/hallo").equals("hello"));
        assertThat(status("/ingest/hello")).isEqualTo(404);
        assertThat(edited.camel().getRoute("leads.hello.door")).isNull();

        edited.delete("moved.camel.yaml");
        EditedRelay.soon().until(() -> status("/ingest/hallo") == 404);
        assertThat(edited.camel().getRoute("leads.hello.renamed")).isNull();
    }

    /** What no check foresees, and the first request meets. */
    @Test
    void anEditSinceWhichAFlowFailsIsTakenBack() {
        edited.write("hello.camel.yaml", HELLO);
        EditedRelay.soon().until(() -> get("/ingest/hello").equals("hello"));

        edited.write("hello.camel.yaml", HELLO + "        - convertBodyTo:\n            type: Long\n");
        EditedRelay.soon().until(() -> status("/ingest/hello") == 503);
        EditedRelay.soon().until(() -> get("/ingest/hello").equals("hello"));

        EditedRelay.ready().until(() -> edited.health().path("state").asText().equals("TAKEN_BACK"));
        assertThat(edited.findings()).singleElement().asString()
                .startsWith("hello.camel.yaml:2:9: leads.hello.door failed since the edit (").contains("mend the edit and save it again");
        edited.write("hello.camel.yaml", HELLO.replace("constant: hello", "constant: mended"));
        EditedRelay.soon().until(() -> get("/ingest/hello").equals("mended"));
        EditedRelay.ready().until(() -> edited.health().path("state").asText().equals("RUNNING"));
    }

    /** Who may come is what stands in the file, from the moment in which it stands there; everywhere else is nothing. */
    @Test
    void aDoorOfAFlowsOwnIsAsOpenAsItSays() {
        String own = HELLO.replace("/ingest/hello", "/partner/hello").replace("        httpMethodRestrict: GET\n", "        httpMethodRestrict: GET\n        access: %s\n");
        assertThat(status("/partner/hello")).isEqualTo(404);
        edited.write("hello.camel.yaml", own.formatted("open"));
        EditedRelay.soon().until(() -> get("/partner/hello").equals("hello"));
        assertThat(edited.relay.send("POST", "/partner/hello", "text/plain", "").statusCode()).isEqualTo(404);
        assertThat(status("/partner/hallo")).isEqualTo(404);

        // printf %s open-sesame-17 | sha256sum
        edited.write("hello.camel.yaml", own.formatted("keyed\n        keyHash: " + sha256("open-sesame-17") + "\n        headers: X-Partner")
                .replace("constant: hello", "simple: ${header.X-Partner}").replace("pattern: \"*\"", "pattern: no-such-header"));
        EditedRelay.soon().until(() -> status("/partner/hello") == 401);
        assertThat(edited.relay.get("/partner/hello", "X-Api-Key", "open-sesame", "X-Partner", "17").statusCode()).isEqualTo(401);
        assertThat(edited.relay.get("/partner/hello", "X-Api-Key", "open-sesame-17", "X-Partner", "17").body()).isEqualTo("17");
        assertThat(edited.relay.get("/partner/hello", "Authorization", "Bearer open-sesame-17", "X-Partner", "18", "X-Other", "1").body()).isEqualTo("18");

        edited.write("hello.camel.yaml", own.formatted("operator"));
        EditedRelay.soon().until(() -> edited.relay.get("/partner/hello", "X-Api-Key", "open-sesame-17").statusCode() == 401
                && edited.relay.get("/partner/hello", "Authorization", EditedRelay.ADMIN).body().equals("hello"));

        double refused = edited.edits("refused");
        edited.write("hello.camel.yaml", own.replace("        access: %s\n", ""));
        EditedRelay.ready().until(() -> edited.edits("refused") == refused + 1);
        assertThat(edited.findings()).singleElement().asString().contains("nothing says who may come to /partner/hello");
        edited.delete("hello.camel.yaml");
        EditedRelay.soon().until(() -> status("/partner/hello") == 404);
    }

    private static String sha256(String key) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void severalFilesAtOnceAreOneEdit() {
        double taken = edited.edits("taken");
        edited.edit(HEALTH, "\"ok\"", "\"with hello\"");
        edited.write("hello.camel.yaml", HELLO.replace("constant: hello", "constant: at once"));
        edited.edit("webhook-relayed.camel.yaml", "\"received\":true", "\"received\":\"yes\"");

        EditedRelay.soon().until(() -> get("/ingest/hello").equals("at once"));
        assertThat(health()).isEqualTo("{\"status\":\"with hello\"}");
        EditedRelay.ready().until(() -> edited.edits("taken") == taken + 1);
    }

    @Test
    void anEditorThatWritesInSteps() throws IOException {
        double refused = edited.edits("refused");
        String wanted = edited.text(HEALTH).replace("\"ok\"", "\"in steps\"");
        Files.writeString(edited.file(HEALTH), "");
        Awaitility.await().pollDelay(Duration.ofMillis(100)).until(() -> true);
        Files.writeString(edited.file(HEALTH), wanted.substring(0, wanted.length() / 2));
        Awaitility.await().pollDelay(Duration.ofMillis(100)).until(() -> true);
        Files.writeString(edited.file(".health.camel.yaml.swp"), wanted);
        Files.move(edited.file(".health.camel.yaml.swp"), edited.file(HEALTH), StandardCopyOption.REPLACE_EXISTING);

        EditedRelay.soon().until(() -> health().equals("{\"status\":\"in steps\"}"));
        assertThat(edited.edits("refused")).as("no half file was looked at").isEqualTo(refused);
    }

    @Test
    void aConnectorIsExchangedWithItsUsers() {
        long before = edited.camel().getRoutes().size();
        edited.edit("kamelets/mail-send.kamelet.yaml", "method: of(${variable.mailSubject})",
                "method: of('ПРАВКА ${variable.mailSubject}')");
        EditedRelay.ready().until(() -> edited.health().path("message").asText().equals("the edit is in effect: exchanged leads.mail-copy.send"));
        assertThat(edited.camel().getRoutes()).as("the old connector's route is gone").hasSize((int) before);

        edited.relay.ingest("site", "Правка Коннектора", "+79990001122");

        EditedRelay.ready().until(() -> StreamSupport.stream(edited.relay.json("GET", "/sandbox/api/state", "").path("mails").spliterator(), false)
                .anyMatch(mail -> mail.path("subject").asText().startsWith("ПРАВКА Новая заявка")));
    }

    /** Whatever names no policy of its own is under it: every step of the flows, the clocks, the connectors. */
    @Test
    void thePolicyOfAllOthersExchangesHalfOfTheFlows() {
        long before = edited.camel().getRoutes().size();
        Route door = edited.camel().getRoute("webhooks.receive.store");
        edited.edit("errors/inner.camel.yaml", "not at every step", "and not at every step");

        EditedRelay.ready().until(() -> edited.health().path("message").asText().contains("exchanged")
                && edited.health().path("message").asText().contains("maintenance.remind.daily"));
        assertThat(edited.camel().getRoutes()).hasSize((int) before)
                .allMatch(route -> edited.camel().getRouteController().getRouteStatus(route.getId()).isStarted());
        assertThat(edited.camel().getRoute("webhooks.receive.store")).as("has a policy of its own").isSameAs(door);
        String lead = edited.relay.ingest("site", "Правка всего", "+79990005566");
        allIsDone(lead);
    }

    /** What no check foresees. */
    @Test
    void whenTheNewRoutesCannotBeStartedTheOldOnesAreThereAgain() {
        double failed = edited.edits("failed");
        edited.edit(HEALTH, "\"ok\"", "\"half way\"");
        edited.write("hello.camel.yaml", HELLO);
        edited.write("late.camel.yaml", """
                - route:
                    id: leads.late.tick
                    description: Begins at a time that is none
                    from:
                      uri: timer:late
                      parameters:
                        time: at tea time
                      steps:
                        - log:
                            message: late
                """);

        EditedRelay.ready().until(() -> edited.health().path("state").asText().equals("FAILED"));
        assertThat(edited.findings()).singleElement().asString().startsWith("late.camel.yaml:2:9: leads.late.tick cannot be started");
        assertThat(edited.edits("failed")).isEqualTo(failed + 1);
        assertThat(health()).isEqualTo("{\"status\":\"ok\"}");
        assertThat(edited.camel().getRoute("leads.late.tick")).isNull();
        assertThat(status("/ingest/hello")).as("a door that was open for a moment").isEqualTo(404);
        assertThat(edited.camel().getRouteController().getRouteStatus("health.check.answer")).isEqualTo(ServiceStatus.Started);
    }

    @Test
    void whatAnOperatorHasStoppedStaysStopped() throws Exception {
        edited.camel().getRouteController().stopRoute("leads.mail-copy.send");
        edited.camel().getRouteController().suspendRoute("webhooks.relayed.door");
        try {
            edited.edit("lead-mail-copy.camel.yaml", "even while the CRM is down", "even while the CRM is away");
            edited.edit("webhook-relayed.camel.yaml", "\"received\":true", "\"received\":1");
            EditedRelay.ready().until(() -> edited.health().path("message").asText()
                    .equals("the edit is in effect: exchanged leads.mail-copy.send, webhooks.relayed.door"));

            assertThat(edited.camel().getRouteController().getRouteStatus("leads.mail-copy.send")).isEqualTo(ServiceStatus.Stopped);
            assertThat(edited.camel().getRouteController().getRouteStatus("webhooks.relayed.door")).isEqualTo(ServiceStatus.Suspended);
            assertThat(edited.relay.send("POST", "/amocrm/process-webhook", "application/json", "{}").statusCode()).isEqualTo(503);
        } finally {
            edited.restore();
            EditedRelay.ready().until(() -> edited.camel().getRoute("leads.mail-copy.send").getDescription().contains("is down"));
            edited.camel().getRouteController().startRoute("leads.mail-copy.send");
            edited.camel().getRouteController().resumeRoute("webhooks.relayed.door");
        }
    }

    /** What is under way when the edit comes is finished by the routes in which it began, and nothing is done twice. */
    @Test
    void workUnderWayIsFinishedByTheOldRoutes() {
        edited.relay.fault("a", "{\"fault\":\"slow\",\"ms\":2500,\"count\":2}");
        try {
            String lead = edited.relay.ingest("site", "Правка на ходу", "+79990003344");
            EditedRelay.ready().until(() -> count("SELECT count(*) FROM outbox WHERE subject_id = ? AND kind LIKE 'crm.lead%' AND locked_until IS NOT NULL", lead) > 0);

            edited.edit("lead-delivery.camel.yaml", "up to 50 in one call", "at most 50 in one call");

            EditedRelay.ready().until(() -> edited.health().path("message").asText().contains("exchanged leads.delivery"));
            allIsDone(lead);
            assertThat(count("SELECT count(*) FROM sandbox.documents WHERE kind = 'lead' AND search LIKE '%правка на ходу%'")).isEqualTo(1);
        } finally {
            edited.relay.mend();
        }
    }

    /** Work that takes long holds up no edit: new work is done by the new route, beside the old one that finishes what it has begun. */
    @Test
    void anEditOfABusyWorkerWaitsForNobody() {
        edited.relay.fault("a", "{\"fault\":\"slow\",\"ms\":18000,\"count\":1}");
        try {
            String slow = edited.relay.ingest("site", "Медленная заявка", "+79990003355");
            EditedRelay.ready().until(() -> count("SELECT count(*) FROM outbox WHERE subject_id = ? AND kind = 'crm.lead-of-stranger' AND locked_until IS NOT NULL", slow) > 0);

            edited.edit("lead-delivery.camel.yaml", "Meets many strangers", "Meets all strangers");
            EditedRelay.soon().until(() -> edited.health().path("message").asText().contains("the old leads.delivery.strangers")
                    && edited.health().path("state").asText().equals("RUNNING"));
            assertThat(edited.camel().getRoutes()).extracting(Route::getId).contains("leads.delivery.strangers", "leads.delivery.strangers~next");

            String quick = edited.relay.ingest("site", "Быстрая заявка", "+79990003366");
            allIsDone(quick);
            assertThat(count("SELECT count(*) FROM outbox WHERE subject_id = ? AND status = 'done' AND kind LIKE 'crm.lead%'", slow))
                    .as("the slow one is still under way").isZero();

            allIsDone(slow);
            assertThat(count("SELECT count(*) FROM sandbox.documents WHERE kind = 'lead' AND search LIKE '%медленная заявка%'")).isEqualTo(1);
            assertThat(count("SELECT count(*) FROM sandbox.documents WHERE kind = 'lead' AND search LIKE '%быстрая заявка%'")).isEqualTo(1);
            // for a moment it stands under neither name
            EditedRelay.ready().until(() -> edited.camel().getRoutes().stream().map(Route::getId).filter(id -> id.startsWith("leads.delivery.strangers"))
                    .toList().equals(List.of("leads.delivery.strangers")));
            assertThat(edited.camel().getRoute("leads.delivery.strangers").getDescription()).startsWith("Meets all");
        } finally {
            edited.relay.mend();
        }
    }

    /** Clocks outlive their flows in the scheduler's tables. */
    @Test
    void aClockThatNamesAnotherTimeZoneGoesByIt() {
        edited.edit("housekeeping.camel.yaml", "trigger.timeZone: \"{{relay.time-zone}}\"", "trigger.timeZone: Asia/Omsk");
        EditedRelay.ready().untilAsserted(() -> assertThat(edited.relay.jdbc().queryForList(
                "SELECT time_zone_id FROM qrtz_cron_triggers WHERE trigger_name = 'nightly'", String.class)).containsExactly("Asia/Omsk"));
    }

    @Test
    void aNewNameOfAFormsFieldCountsAtOnceAndABrokenTableChangesNothing() {
        edited.edit("lead/names.yaml", "    - [phone, phones,", "    - [вертушка, phone, phones,");
        EditedRelay.soon().untilAsserted(() -> assertThat(edited.health().toString()).contains("the edit is in effect: lead/names.yaml"));
        assertThat(phoneOf("Вертушка=8 912 555-01-02")).isEqualTo("+79125550102");

        edited.edit("lead/names.yaml", "  email:\n", "  email:\n    - [телефон]\n");
        EditedRelay.soon().untilAsserted(() -> assertThat(edited.health().path("state").asText()).isEqualTo("REFUSED"));
        assertThat(edited.health().toString()).contains("lead/names.yaml:").contains("claimed by phone and email");
        assertThat(phoneOf("Вертушка=8 912 555-01-03")).isEqualTo("+79125550103");

        edited.delete("lead/names.yaml");
        EditedRelay.soon().untilAsserted(() -> assertThat(edited.health().path("state").asText()).isEqualTo("RUNNING"));
        assertThat(phoneOf("Вертушка=8 912 555-01-04")).isNull();
        assertThat(phoneOf("Мобильный=8 912 555-01-05")).isEqualTo("+79125550105");
    }

    @Test
    void textsAndTablesCountAtOnceAndWhatIsWrongChangesNothing() {
        edited.edit("lead/sources.yaml", "label: Telegram Бот", "label: Бот\n    tags: [из бота]");
        edited.edit("lead/note-message.ftl", "💬 СООБЩЕНИЕ ПОЛЬЗОВАТЕЛЯ:", "💬 КЛИЕНТ ПИШЕТ:");
        EditedRelay.soon().untilAsserted(() -> assertThat(edited.health().toString()).contains("lead/note-message.ftl").contains("RUNNING"));
        deliver("первая");
        EditedRelay.ready().until(() -> count("SELECT count(*) FROM sandbox.documents WHERE kind = 'lead' AND doc ->> 'name' = 'Бот: первая'") == 1);
        EditedRelay.ready().until(() -> count("SELECT count(*) FROM sandbox.documents WHERE kind = 'note' AND doc::text LIKE '%КЛИЕНТ ПИШЕТ:%первая%'") == 1);

        edited.edit("lead/note-message.ftl", "${lead.message}", "${lead.mesage}");
        EditedRelay.soon().untilAsserted(() -> assertThat(edited.health().path("state").asText()).isEqualTo("REFUSED"));
        assertThat(edited.health().toString()).contains("lead/note-message.ftl:3:3").contains("lead.mesage is not there");
        deliver("вторая");
        EditedRelay.ready().until(() -> count("SELECT count(*) FROM sandbox.documents WHERE kind = 'note' AND doc::text LIKE '%КЛИЕНТ ПИШЕТ:%вторая%'") == 1);

        edited.delete("lead/note-message.ftl");
        edited.delete("lead/sources.yaml");
        EditedRelay.soon().untilAsserted(() -> assertThat(edited.health().path("state").asText()).isEqualTo("RUNNING"));
        deliver("третья");
        EditedRelay.ready().until(() -> count("SELECT count(*) FROM sandbox.documents WHERE kind = 'lead' AND doc ->> 'name' = 'Telegram Бот: третья'") == 1);
    }

    private static void deliver(String name) {
        assertThat(edited.relay.send("POST", "/ingest/leads", "application/json", "{\"source\":\"bot\",\"name\":\"" + name
                + "\",\"phone\":\"8 912 555-01-09\",\"message\":\"" + name + "\"}").statusCode()).isEqualTo(200);
    }

    private static String phoneOf(String form) {
        String id = Json.read(edited.relay.send("POST", "/ingest/leads", "application/x-www-form-urlencoded", form).body()).path("lead_id").asText();
        return edited.relay.jdbc().queryForObject("SELECT phone_e164 FROM leads WHERE id = ?::uuid", String.class, id);
    }
}
