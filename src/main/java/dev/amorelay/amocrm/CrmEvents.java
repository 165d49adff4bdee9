package dev.amorelay.amocrm;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** The account's event log: what really happened, and when. */
@Component
public class CrmEvents {

    private static final int MOST_IDS = 10;

    private final Gate gate;

    CrmEvents(Gate gate) {
        this.gate = gate;
    }

    /**
     * A lead has come to a stage.
     *
     * @param lead amoCRM's id of the lead
     * @param pipeline the pipeline it came to
     * @param stage the stage it came to
     * @param at when
     */
    public record StageChange(long lead, long pipeline, long stage, Instant at) {
    }

    /**
     * Reads the stage changes of leads.
     *
     * @param account the configured name of the account; null = the default one
     * @param leads amoCRM's ids
     * @return the changes, the newest 100 of each ten leads at most, as many as the log gives in one page
     */
    public List<StageChange> stageChanges(String account, Collection<Long> leads) {
        List<Long> ids = leads.stream().distinct().toList();
        List<StageChange> changes = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += MOST_IDS) {
            String filter = ids.subList(from, Math.min(from + MOST_IDS, ids.size())).stream()
                    .map(id -> "&filter[entity_id][]=" + id).collect(Collectors.joining());
            CrmAnswer answer = gate.call(CrmCall.get(Accounts.orDefault(account), "/api/v4/events",
                    "filter[type]=lead_status_changed&filter[entity]=lead&limit=100" + filter));
            for (JsonNode event : answer.embedded("events")) {
                JsonNode stage = event.path("value_after").path(0).path("lead_status");
                changes.add(new StageChange(event.path("entity_id").asLong(), stage.path("pipeline_id").asLong(),
                        stage.path("id").asLong(), Instant.ofEpochSecond(event.path("created_at").asLong())));
            }
        }
        return changes;
    }
}
