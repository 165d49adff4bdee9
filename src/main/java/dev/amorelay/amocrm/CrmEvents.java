package dev.amorelay.amocrm;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The account's event log: what really happened, and when. */
@Component
public class CrmEvents {

    private static final Logger LOG = LoggerFactory.getLogger(CrmEvents.class);
    private static final int MOST_IDS = 10;
    private static final int MOST_PAGES = 20;

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
     * Reads the stage changes of leads, ten leads a call (facts §5), newest first. A log that grows meanwhile only
     * shows a change twice, on two pages: none is passed over.
     *
     * @param account the configured name of the account; null = the default one
     * @param leads amoCRM's ids
     * @return the changes, each once; of each ten leads the newest 2,000 at most
     */
    public List<StageChange> stageChanges(@Nullable String account, Collection<Long> leads) {
        List<Long> ids = leads.stream().distinct().toList();
        Set<StageChange> changes = new LinkedHashSet<>();
        for (int from = 0; from < ids.size(); from += MOST_IDS) {
            addChanges(Accounts.orDefault(account), ids.subList(from, Math.min(from + MOST_IDS, ids.size())), changes);
        }
        return List.copyOf(changes);
    }

    private void addChanges(String account, List<Long> leads, Set<StageChange> changes) {
        String query = "filter[type]=lead_status_changed&filter[entity]=lead&limit=100"
                + leads.stream().map(id -> "&filter[entity_id][]=" + id).collect(Collectors.joining());
        for (int page = 1; page <= MOST_PAGES; page++) {
            CrmAnswer answer = gate.call(CrmCall.get(account, "/api/v4/events", page == 1 ? query : query + "&page=" + page));
            answer.embedded("events").forEach(event -> changes.add(changeOf(event)));
            if (!answer.body().path("_links").has("next")) {
                return;
            }
        }
        LOG.warn("amoCRM account {}: the event log of leads {} has more than {} pages, older stage changes are left out",
                account, leads, MOST_PAGES);
    }

    private static StageChange changeOf(JsonNode event) {
        JsonNode stage = event.path("value_after").path(0).path("lead_status");
        return new StageChange(event.path("entity_id").asLong(), stage.path("pipeline_id").asLong(),
                stage.path("id").asLong(), Instant.ofEpochSecond(event.path("created_at").asLong()));
    }
}
