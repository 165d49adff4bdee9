package dev.amorelay.sandbox.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.json.Json;
import dev.amorelay.sandbox.crm.CallCounts;
import dev.amorelay.sandbox.crm.Catalogue;
import dev.amorelay.sandbox.hooks.HookQueue;
import dev.amorelay.sandbox.hooks.HookSender;
import dev.amorelay.sandbox.mail.Mailbox;
import dev.amorelay.sandbox.store.Criteria;
import dev.amorelay.sandbox.store.Documents;
import dev.amorelay.sandbox.store.Kind;
import dev.amorelay.sandbox.telegram.ChatMessages;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** All that the sandbox's page shows, as one tree. */
public final class PageState {

    private static final int LEADS = 60;
    private static final int MESSAGES = 100;
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd.MM.yyyy");

    private final Documents documents;
    private final Catalogue catalogue;
    private final ChatMessages chats;
    private final Mailbox mailbox;
    private final CallCounts calls;
    private final HookQueue queue;
    private final HookSender sender;

    /** Reads from all parts of the sandbox. */
    public PageState(Documents documents, Catalogue catalogue, ChatMessages chats, Mailbox mailbox, CallCounts calls,
                     HookQueue queue, HookSender sender) {
        this.documents = documents;
        this.catalogue = catalogue;
        this.chats = chats;
        this.mailbox = mailbox;
        this.calls = calls;
        this.queue = queue;
        this.sender = sender;
    }

    /** @return {@code {pipelines, leads, totals, messages, mails, calls, hooks}}; the latest of each, not all */
    ObjectNode read() {
        ObjectNode state = Json.object();
        ArrayNode pipelines = state.putArray("pipelines");
        catalogue.pipelines().forEach(pipelines::add);
        state.set("leads", leads());
        state.putObject("totals").put("leads", documents.count(Kind.LEAD)).put("messages", chats.count())
                .put("mails", mailbox.count());
        state.set("messages", Json.MAPPER.valueToTree(chats.latest(MESSAGES)));
        state.set("mails", Json.MAPPER.valueToTree(mailbox.latest(MESSAGES)));
        state.put("calls", calls.byKind().values().stream().mapToLong(Long::longValue).sum());
        state.putObject("hooks").put("waiting", queue.waiting()).set("latest", Json.MAPPER.valueToTree(sender.latest()));
        return state;
    }

    private ArrayNode leads() {
        List<ObjectNode> leads = documents.search(Kind.LEAD, new Criteria(), "(doc ->> 'updated_at')::bigint DESC, id DESC", LEADS, 0);
        List<Long> ids = leads.stream().map(lead -> lead.get("id").asLong()).toList();
        Set<Long> contactIds = new TreeSet<>();
        leads.forEach(lead -> lead.path("contacts").forEach(contact -> contactIds.add(contact.get("id").asLong())));
        Map<Long, ObjectNode> contacts = documents.findAll(Kind.CONTACT, contactIds);
        List<ObjectNode> notes = documents.search(Kind.NOTE, new Criteria().oneOf("entity_id", ids), "id", LEADS * 5, 0);
        List<ObjectNode> tasks = documents.search(Kind.TASK, new Criteria().oneOf("entity_id", ids), "id", LEADS * 5, 0);
        ArrayNode view = Json.array();
        leads.forEach(lead -> view.add(lead(lead, contacts, notes, tasks)));
        return view;
    }

    private ObjectNode lead(ObjectNode lead, Map<Long, ObjectNode> contacts, List<ObjectNode> notes, List<ObjectNode> tasks) {
        long id = lead.get("id").asLong();
        ObjectNode view = Json.object().put("id", id);
        for (String key : List.of("name", "price", "pipeline_id", "status_id", "created_at", "tags")) {
            view.set(key, lead.get(key));
        }
        view.set("fields", fields(lead));
        ArrayNode people = view.putArray("contacts");
        lead.path("contacts").forEach(link -> {
            ObjectNode contact = contacts.get(link.get("id").asLong());
            if (contact != null) {
                people.addObject().put("name", contact.path("name").asText()).set("fields", fields(contact));
            }
        });
        ArrayNode texts = view.putArray("notes");
        notes.stream().filter(note -> note.get("entity_id").asLong() == id && "leads".equals(note.path("entity_type").asText()))
                .forEach(note -> texts.add(note.path("params").path("text").asText("")));
        ArrayNode todo = view.putArray("tasks");
        tasks.stream().filter(task -> task.path("entity_id").asLong() == id && "leads".equals(task.path("entity_type").asText()))
                .forEach(task -> todo.addObject().put("text", task.path("text").asText())
                        .put("till", day(task.path("complete_till").asLong())).put("done", task.path("is_completed").asBoolean()));
        return view;
    }

    private ArrayNode fields(JsonNode doc) {
        ArrayNode view = Json.array();
        for (JsonNode field : doc.path("custom_fields_values")) {
            for (JsonNode value : field.path("values")) {
                String text = "date".equals(field.path("field_type").asText()) ? day(value.path("value").asLong())
                        : value.path("value").asText();
                view.addObject().put("id", field.get("field_id").asLong()).put("name", field.get("field_name").asText())
                        .put("value", text);
            }
        }
        return view;
    }

    private String day(long second) {
        ZoneId zone = catalogue.zone();
        return DAY.format(Instant.ofEpochSecond(second).atZone(zone));
    }
}
