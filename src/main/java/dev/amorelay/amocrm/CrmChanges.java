package dev.amorelay.amocrm;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.springframework.stereotype.Component;

/** What has changed in an account within a stretch of time. Every call here goes behind live work. */
@Component
public class CrmChanges {

    /** What the event log is asked for: stage changes, and entities that went or came back. */
    static final List<String> LOGGED =
            List.of("lead_status_changed", "lead_deleted", "lead_restored", "contact_deleted", "contact_restored");

    /** The log gives at most 100 a page (facts §5). */
    private static final int LOG_PAGE = 100;

    private final Gate gate;

    CrmChanges(Gate gate) {
        this.gate = gate;
    }

    /**
     * A page of a list.
     *
     * @param items as API v4 shows them
     * @param isLast whether there is no further page
     */
    public record Page(List<JsonNode> items, boolean isLast) {
    }

    /**
     * A page of the event log: stage changes, deletions, restorations. Their order within the stretch is not promised,
     * but the past does not change: pages by number are safe.
     *
     * @param account the configured name of the account
     * @param from included, whole seconds
     * @param to included, whole seconds
     * @param number from 1
     * @return up to 100 events: {@code {type, entity_id, entity_type, created_at, value_before, value_after}}
     */
    public Page log(String account, Instant from, Instant to, int number) {
        String types = LOGGED.stream().map(type -> "filter[type][]=" + type).collect(Collectors.joining("&"));
        try {
            return page(account, "events", types + within("created_at", from, to) + "&limit=" + LOG_PAGE + "&page=" + number);
        } catch (CrmRejected unknownType) {
            // only the stage changes are named in every document that we know
            return page(account, "events", "filter[type][]=" + LOGGED.get(0) + within("created_at", from, to)
                    + "&limit=" + LOG_PAGE + "&page=" + number);
        }
    }

    /**
     * A page of the leads that were changed last within a stretch of time, the longest ago first.
     *
     * @param account the configured name of the account
     * @param from included, whole seconds
     * @param to included, whole seconds
     * @param number from 1
     * @return up to 250 leads
     */
    public Page deals(String account, Instant from, Instant to, int number) {
        return changed(account, "leads", from, to, number);
    }

    /**
     * A page of the contacts that were changed last within a stretch of time, the longest ago first.
     *
     * @param account the configured name of the account
     * @param from included, whole seconds
     * @param to included, whole seconds
     * @param number from 1
     * @return up to 250 contacts
     */
    public Page contacts(String account, Instant from, Instant to, int number) {
        return changed(account, "contacts", from, to, number);
    }

    private Page changed(String account, String entity, Instant from, Instant to, int number) {
        return page(account, entity, "order[updated_at]=asc" + within("updated_at", from, to) + "&limit=250&page=" + number);
    }

    private static String within(String attribute, Instant from, Instant to) {
        return "&filter[" + attribute + "][from]=" + from.getEpochSecond() + "&filter[" + attribute + "][to]=" + to.getEpochSecond();
    }

    private Page page(String account, String entity, String query) {
        CrmAnswer answer = gate.call(CrmCall.get(Accounts.orDefault(account), "/api/v4/" + entity, query).afterLiveWork());
        return new Page(StreamSupport.stream(answer.embedded(entity).spliterator(), false).toList(),
                !answer.body().path("_links").has("next"));
    }
}
