package dev.amorelay.amocrm;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** What the API tells of talks, messages and notes that webhooks have told of. Live work goes first. */
@Component
public class CrmConversations {

    private static final int MOST_PAGES = 10;

    private final Gate gate;

    CrmConversations(Gate gate) {
        this.gate = gate;
    }

    /**
     * Reads a talk.
     *
     * @param account the configured name of the account
     * @param talk amoCRM's id of it
     * @return {@code {talk_id, contact_id, chat_id, entity_id, entity_type, is_in_work, is_read, origin, …}}; empty where there is none, or
     *     none that the token's user may see
     */
    public Optional<JsonNode> talk(String account, long talk) {
        CrmAnswer answer = gate.call(CrmCall.get(account, "/api/v4/talks/" + talk, null).afterLiveWork());
        return answer.notFound() || answer.body().path("talk_id").asLong() != talk ? Optional.empty() : Optional.of(answer.body());
    }

    /**
     * Reads notes of one kind of entity.
     *
     * @param account the configured name of the account
     * @param entities {@code leads}, {@code contacts}, {@code companies} or {@code customers}
     * @param notes ids, up to 50
     * @return those found, by id
     */
    public Map<Long, JsonNode> notes(String account, String entities, Collection<Long> notes) {
        String path = "/api/v4/" + entities + "/notes";
        String query = notes.stream().map(id -> "filter[id][]=" + id).collect(Collectors.joining("&")) + "&limit=250";
        Map<Long, JsonNode> found = new HashMap<>();
        for (JsonNode note : gate.call(CrmCall.get(account, path, query).afterLiveWork()).embedded("notes")) {
            if (!notes.contains(note.path("id").asLong())) {
                // filters are not switched on for this account: it ignores them and lists strangers
                return oneByOne(account, path, notes);
            }
            found.put(note.path("id").asLong(), note);
        }
        return found;
    }

    private Map<Long, JsonNode> oneByOne(String account, String path, Collection<Long> notes) {
        Map<Long, JsonNode> found = new HashMap<>();
        for (Long id : notes) {
            CrmAnswer answer = gate.call(CrmCall.get(account, path + "/" + id, null).afterLiveWork());
            if (!answer.notFound() && answer.body().path("id").asLong() == id) {
                found.put(id, answer.body());
            }
        }
        return found;
    }

    /**
     * Which messages the event log knows. It tells their ids only (facts §5), and these nobody guesses.
     *
     * @param account the configured name of the account
     * @param from when the first of those that matter was sent
     * @param to when the last was
     * @return ids, those of the newest thousand messages at most
     */
    public Set<String> messages(String account, Instant from, Instant to) {
        String query = "filter[type]=incoming_chat_message,outgoing_chat_message&filter[created_at][from]=" + from.getEpochSecond()
                + "&filter[created_at][to]=" + to.getEpochSecond() + "&limit=100";
        Set<String> ids = new HashSet<>();
        for (int page = 1; page <= MOST_PAGES; page++) {
            String asked = page == 1 ? query : query + "&page=" + page;
            CrmAnswer answer = gate.call(CrmCall.get(account, "/api/v4/events", asked).afterLiveWork());
            answer.embedded("events").forEach(event -> event.path("value_after")
                    .forEach(value -> ids.add(value.path("message").path("id").asText())));
            if (!answer.body().path("_links").has("next")) {
                break;
            }
        }
        return ids;
    }
}
