package dev.amorelay.amocrm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amorelay.amocrm.CrmEvents.StageChange;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.commons.lang3.StringUtils;
import org.junit.jupiter.api.Test;

class CrmEventsTest {

    private final FakeGate gate = new FakeGate();
    private final CrmEvents events = new CrmEvents(gate);

    @Test
    void readsWhereALeadHasBeen() {
        gate.answers("""
                {"_embedded":{"events":[
                  {"type":"lead_status_changed","entity_id":5,"created_at":1800000100,
                   "value_after":[{"lead_status":{"id":142,"pipeline_id":10226282}}]},
                  {"type":"lead_status_changed","entity_id":5,"created_at":1800000200,
                   "value_after":[{"lead_status":{"id":80953558,"pipeline_id":10226282}}]}]}}""");
        assertThat(events.stageChanges(null, List.of(5L))).containsExactly(
                new StageChange(5, 10226282, 142, Instant.ofEpochSecond(1800000100)),
                new StageChange(5, 10226282, 80953558, Instant.ofEpochSecond(1800000200)));
        assertThat(gate.onlyCall()).isEqualTo(CrmCall.get("default", "/api/v4/events",
                "filter[type]=lead_status_changed&filter[entity]=lead&limit=100&filter[entity_id][]=5"));
    }

    @Test
    void tenLeadsACall() {
        events.stageChanges("default", LongStream.rangeClosed(1, 21).boxed().toList());
        assertThat(gate.calls()).extracting(call -> StringUtils.countMatches(call.query(), "filter[entity_id][]="))
                .containsExactly(10, 10, 1);
        assertThat(gate.calls().get(2).query()).endsWith("&filter[entity_id][]=21");
    }

    @Test
    void eachLeadOnce() {
        events.stageChanges(null, List.of(7L, 7L));
        assertThat(StringUtils.countMatches(gate.onlyCall().query(), "filter[entity_id][]=7")).isEqualTo(1);
    }

    @Test
    void pagesThroughALongLog() {
        gate.answers(call -> FakeGate.found(200, call.query().endsWith("&page=3")
                ? page(300, "") : call.query().endsWith("&page=2")
                ? page(200, "\"next\":{\"href\":\"https://example.amocrm.ru/api/v4/events?page=3\"}")
                : page(100, "\"next\":{\"href\":\"https://example.amocrm.ru/api/v4/events?page=2\"}")));
        assertThat(events.stageChanges(null, List.of(5L))).extracting(change -> change.at().getEpochSecond())
                .containsExactly(100L, 200L, 300L);
        assertThat(gate.calls()).hasSize(3);
    }

    @Test
    void andNotForEver() {
        gate.answers(page(100, "\"next\":{\"href\":\"https://example.amocrm.ru/api/v4/events?page=2\"}"));
        assertThat(events.stageChanges(null, List.of(5L))).as("the same change on each page").hasSize(1);
        assertThat(gate.calls()).hasSize(20);
    }

    private static String page(long at, String next) {
        return "{\"_links\":{" + next + "},\"_embedded\":{\"events\":[{\"entity_id\":5,\"created_at\":" + at
                + ",\"value_after\":[{\"lead_status\":{\"id\":142,\"pipeline_id\":10226282}}]}]}}";
    }

    @Test
    void noLeadsNoCall() {
        assertThat(events.stageChanges(null, List.of())).isEmpty();
        assertThat(gate.calls()).isEmpty();
    }
}
