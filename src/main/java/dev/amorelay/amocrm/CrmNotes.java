package dev.amorelay.amocrm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.amorelay.json.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Notes of leads. */
@Component
public class CrmNotes {

    /** Notes that go into one call. */
    public static final int MOST_IN_A_CALL = 200;

    /** The call that adds notes, see {@link CrmCall#label}. */
    public static final String ADD = "POST /api/v4/leads/notes";

    private final Gate gate;

    CrmNotes(Gate gate) {
        this.gate = gate;
    }

    /**
     * A common note of a lead.
     *
     * @param lead amoCRM's id of the lead
     * @param text up to 20,000 characters
     */
    public record Note(long lead, String text) {
    }

    /**
     * Adds common notes to leads, up to 200 a call.
     *
     * @param account the configured name of the account; null = the default one
     * @param notes the notes, in the order in which they shall stand
     */
    public void add(@Nullable String account, List<Note> notes) {
        for (int from = 0; from < notes.size(); from += MOST_IN_A_CALL) {
            addSome(Accounts.orDefault(account), notes.subList(from, Math.min(from + MOST_IN_A_CALL, notes.size())));
        }
    }

    private void addSome(String account, List<Note> notes) {
        ArrayNode body = Json.array();
        for (int i = 0; i < notes.size(); i++) {
            Note note = notes.get(i);
            body.addObject().put("entity_id", note.lead()).put("note_type", "common")
                    .put("request_id", String.valueOf(i))
                    .putObject("params").put("text", note.text());
        }
        gate.call(CrmCall.post(account, "/api/v4/leads/notes", body));
    }

    /**
     * Texts of a lead's common notes.
     *
     * @param account the configured name of the account; null = the default one
     * @param lead amoCRM's id of the lead
     * @return the texts, the newest 250 at most
     */
    public Set<String> texts(@Nullable String account, long lead) {
        CrmAnswer answer = gate.call(CrmCall.get(Accounts.orDefault(account), "/api/v4/leads/" + lead + "/notes",
                "filter[note_type]=common&order[updated_at]=desc&limit=250"));
        Set<String> texts = new HashSet<>();
        for (JsonNode note : answer.embedded("notes")) {
            texts.add(note.path("params").path("text").asText());
        }
        return texts;
    }
}
