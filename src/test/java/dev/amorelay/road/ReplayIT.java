package dev.amorelay.road;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.delivery.Effect;
import dev.amorelay.delivery.Outbox;
import dev.amorelay.json.Json;
import dev.amorelay.work.Postponement;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Work is looked at, paused and done once more by the admin: nothing is lost, nothing happens twice. */
class ReplayIT extends RunningRelay {

    /** A kind that no route serves. */
    private final String kind = "test." + UUID.randomUUID();

    @Autowired
    private Outbox outbox;

    @AfterEach
    void resume() {
        jdbc.update("DELETE FROM paused_kinds");
    }

    private static HttpResponse<String> admin(HttpRequest.Builder request) {
        return send(request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString("admin:sandbox".getBytes())).build());
    }

    private static HttpResponse<String> wish(String body) {
        return admin(HttpRequest.newBuilder(URI.create(url("/api/admin/replay"))).header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    private static JsonNode replay(String body) {
        HttpResponse<String> answer = wish(body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.read(answer.body());
    }

    private static JsonNode look(String path) {
        HttpResponse<String> answer = admin(HttpRequest.newBuilder(URI.create(url(path))));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        return Json.read(answer.body());
    }

    private static JsonNode pause(String what, boolean pause) {
        HttpResponse<String> answer = admin(HttpRequest.newBuilder(URI.create(url("/api/admin/kinds/" + what + (pause ? "/pause" : "/resume"))))
                .POST(BodyPublishers.noBody()));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.read(answer.body());
    }

    private Effect claimed() {
        List<Effect> claimed = outbox.claim(kind, "", 1);
        assertThat(claimed).hasSize(1);
        return claimed.get(0);
    }

    private Effect owed() {
        outbox.owe(kind, kind + ":" + UUID.randomUUID(), "subject", Json.object());
        return claimed();
    }

    private String status(Effect effect) {
        return jdbc.queryForObject("SELECT status FROM outbox WHERE id = ?", String.class, effect.id());
    }

    @AfterEach
    void nobodyWaitsForThem() {
        jdbc.update("UPDATE outbox SET status = 'skipped' WHERE kind = ?", kind);
    }

    @BeforeEach
    void deadOnesAreWhatThisIsAbout() {
        expectDead(kind);
    }

    @Test
    void aDryRunCountsAndChangesNothing() {
        Effect dead = owed();
        outbox.bury(dead, "refused");

        JsonNode answer = replay("{\"what\":\"effects\",\"kinds\":[\"" + kind + "\"]}");

        assertThat(answer.path("dryRun").asBoolean()).isTrue();
        assertThat(answer.path("replayed").asLong()).isEqualTo(1);
        assertThat(answer.path("groups").path(0)).isEqualTo(Json.read("{\"fate\":\"replayed\",\"kind\":\"" + kind
                + "\",\"account\":\"\",\"state\":\"dead\",\"count\":1,\"sample\":[" + dead.id() + "]}"));
        assertThat(status(dead)).isEqualTo("dead");
    }

    @Test
    void theDeadAndSkippedArePendingAgainAndTheDoneAreKept() {
        Effect dead = owed();
        outbox.bury(dead, "refused");
        Effect skipped = owed();
        outbox.skip(skipped, "not needed");
        Effect done = owed();
        outbox.done(done, "77");
        Effect underWay = owed();

        String body = "{\"what\":\"effects\",\"kinds\":[\"" + kind + "\"],\"states\":[\"dead\",\"skipped\",\"done\",\"pending\"],\"dryRun\":false}";
        JsonNode answer = replay(body);

        assertThat(answer.path("replayed").asLong()).isEqualTo(2);
        assertThat(answer.path("kept").asLong()).isEqualTo(1);
        assertThat(answer.path("underWay").asLong()).isEqualTo(1);
        assertThat(status(dead)).isEqualTo("pending");
        assertThat(status(skipped)).isEqualTo("pending");
        assertThat(jdbc.queryForMap("SELECT status, external_id FROM outbox WHERE id = ?", done.id()))
                .containsEntry("status", "done").containsEntry("external_id", "77");
        assertThat(outbox.claim(kind, "", 10)).extracting(Effect::id).containsExactlyInAnyOrder(dead.id(), skipped.id());
        outbox.done(underWay);
        assertThat(replay(body).path("replayed").asLong()).as("a second time there is nothing to do").isZero();
    }

    @Test
    void theLimitIsKeptAndMoreIsTold() {
        for (int i = 0; i < 3; i++) {
            outbox.bury(owed(), "refused");
        }
        String body = "{\"what\":\"effects\",\"kinds\":[\"" + kind + "\"],\"states\":[\"dead\",\"pending\"],\"limit\":2,\"dryRun\":false}";

        JsonNode first = replay(body);
        assertThat(first.path("replayed").asLong()).isEqualTo(2);
        assertThat(first.path("more").asBoolean()).isTrue();
        assertThat(replay(body).path("replayed").asLong()).isEqualTo(1);
    }

    @Test
    void whatMayHaveArrivedTwiceIsPerformedAThirdTimeOnlyOnDemand() {
        Effect first = owed();
        outbox.postpone(first, new Postponement(Duration.ZERO, "silence", false, true));
        Effect second = claimed();
        outbox.repeatAtMostOnce(second);
        outbox.postpone(second, new Postponement(Duration.ZERO, "silence", false, true));
        outbox.bury(claimed(), "outcome unknown twice: it may have arrived");
        String body = "{\"what\":\"effects\",\"ids\":[" + first.id() + "],\"dryRun\":false";

        assertThat(replay(body + "}").path("mayHaveArrived").asLong()).isEqualTo(1);
        assertThat(status(first)).isEqualTo("dead");

        assertThat(replay(body + ",\"evenIfItMayHaveArrived\":true}").path("replayed").asLong()).isEqualTo(1);
        assertThat(claimed().inDoubt()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "{\"what\":\"effects\"}", "{\"what\":\"effects\",\"ids\":[]}", "{\"what\":\"effects\",\"ids\":[1.5]}",
        "{\"what\":\"effects\",\"kind\":[\"crm.lead\"]}", "{\"what\":\"effects\",\"states\":[\"gone\"]}",
        "{\"what\":\"events\",\"from\":\"yesterday\"}", "{\"what\":\"effects\",\"ids\":[1],\"dryRun\":\"no\"}",
        "{\"what\":\"effects\",\"ids\":[1],\"limit\":0}"})
    void aWishThatIsNotUnderstoodDoesNothing(String body) {
        HttpResponse<String> answer = wish(body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(Json.read(answer.body()).path("title").asText()).isNotEmpty();
    }

    @Test
    void strangersAreRefused() {
        assertThat(postJson("/api/admin/replay", "{}").statusCode()).isEqualTo(401);
        assertThat(get("/api/admin/queue").statusCode()).isEqualTo(401);
        assertThat(postJson("/api/admin/kinds/crm.lead/pause", "").statusCode()).isEqualTo(401);
        assertThat(jdbc.queryForObject("SELECT count(*) FROM paused_kinds", Long.class)).isZero();
    }

    @Test
    void aWonDealsEventsReplayedAreStillOneMachineAndOneMessage() {
        String serial = "SN-" + UUID.randomUUID();
        long person = ThreadLocalRandom.current().nextLong(1_000_000_000L, 9_000_000_000L);
        long deal = delivered(ingest("{\"source\":\"site\",\"name\":\"Повтор\",\"phone\":\"+7999"
                + ThreadLocalRandom.current().nextInt(1000000, 9999999) + "\",\"message\":\"" + serial + "\"}"));
        win(deal, serial, "ЧПУ 1", person);
        soon().until(() -> chat(person).size() == 1);
        inboxEmpty();

        JsonNode answer = replay("{\"what\":\"events\",\"deal\":" + deal + ",\"states\":[\"done\"],\"dryRun\":false}");
        assertThat(answer.path("replayed").asLong()).isPositive();
        JsonNode effects = replay("{\"what\":\"effects\",\"deal\":" + deal + ",\"states\":[\"done\"],\"dryRun\":false}");
        assertThat(effects.path("replayed").asLong()).isZero();
        assertThat(effects.path("kept").asLong()).as("lead, notes, mail, machine, message").isGreaterThanOrEqualTo(5);
        inboxEmpty();

        soon().until(() -> jdbc.queryForObject("SELECT count(*) FROM outbox WHERE status IN ('pending', 'failed')"
                + " AND subject_id IN (?, ?)", Long.class, serial, String.valueOf(deal)) == 0);
        assertThat(chat(person)).hasSize(1);
        assertThat(jdbc.queryForObject("SELECT count(*) FROM machine_instances WHERE amocrm_deal_id = ?", Long.class, String.valueOf(deal)))
                .isEqualTo(1);
    }

    @Test
    void aPausedKindWaitsWhileTheDoorsAcceptAndTheOthersWork() {
        assertThat(pause("crm.lead", true).path("changed").asBoolean()).isTrue();
        assertThat(pause("crm.lead", true).path("changed").asBoolean()).isFalse();

        String lead = ingest("{\"source\":\"site\",\"name\":\"Пауза\",\"phone\":\"+79995557788\",\"message\":\"" + kind + "\"}");
        soon().until(() -> outbox(lead).stream().anyMatch(one -> one.get("kind").equals("mail.lead-copy") && one.get("status").equals("done")));

        assertThat(outbox(lead)).anyMatch(one -> one.get("kind").equals("crm.lead") && one.get("status").equals("pending"));
        JsonNode queue = look("/api/admin/queue");
        assertThat(queue.path("paused").findValuesAsText("kind")).containsExactly("crm.lead");
        assertThat(queue.path("queue")).anyMatch(line -> line.path("kind").asText().equals("crm.lead")
                && line.path("account").asText().equals("default") && line.path("state").asText().equals("pending")
                && line.path("count").asLong() >= 1);
        assertThat(health().path("components").path("queue").path("details").path("paused")).hasToString("[\"crm.lead\"]");

        assertThat(pause("crm.lead", false).path("changed").asBoolean()).isTrue();
        delivered(lead);
    }

    @Test
    void aPausedInboxStillAnswersHooks() {
        inboxEmpty();
        pause("inbox", true);
        long entity = ThreadLocalRandom.current().nextLong(10_000_000, 90_000_000);
        assertThat(postForm("/webhook/amocrm", "leads[update][0][id]=" + entity + "&account[id]=31000001").statusCode()).isEqualTo(204);
        // two looks for work later it still waits
        soon().pollDelay(Duration.ofSeconds(1)).until(() -> true);
        assertThat(attempts(entity)).isZero();

        pause("inbox", false);
        soon().until(() -> attempts(entity) == 1);
    }

    private int attempts(long entity) {
        return jdbc.queryForObject("SELECT attempts FROM amocrm_webhook_events WHERE amocrm_entity_id = ?", Integer.class, String.valueOf(entity));
    }

    private static JsonNode health() {
        HttpResponse<String> answer = admin(HttpRequest.newBuilder(URI.create(management("/actuator/health"))));
        return Json.read(answer.body());
    }

    @Test
    void anUnknownKindIsNotPaused() {
        HttpResponse<String> answer = admin(HttpRequest.newBuilder(URI.create(url("/api/admin/kinds/crm.laed/pause"))).POST(BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(Json.read(answer.body()).path("title").asText()).contains("crm.lead", "inbox");
    }

    @Test
    void theDeadAreListedWithTheirReasonAndNothingPersonal() {
        Effect dead = owed();
        outbox.bury(dead, "refused for +79995550011");

        JsonNode found = null;
        for (JsonNode one : look("/api/admin/queue/dead?limit=1000").path("dead")) {
            found = one.path("id").asLong() == dead.id() && one.path("what").asText().equals("effect") ? one : found;
        }

        assertThat(found).isNotNull();
        assertThat(found.path("reason").asText()).startsWith("refused for").doesNotContain("79995550011");
        assertThat(found.has("payload")).isFalse();
    }
}
