package dev.amorelay.sandbox.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.json.Json;
import dev.amorelay.sandbox.crm.CrmAccount;
import dev.amorelay.sandbox.crm.CrmAccounts;
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

    private final CrmAccounts accounts;
    private final ChatMessages chats;
    private final Mailbox mailbox;
    private final AllFaults faults;
    private final RoutesNotice routes;

    /** Reads from all parts of the sandbox. */
    public PageState(CrmAccounts accounts, ChatMessages chats, Mailbox mailbox, AllFaults faults, RoutesNotice routes) {
        this.accounts = accounts;
        this.chats = chats;
        this.mailbox = mailbox;
        this.faults = faults;
        this.routes = routes;
    }

    /**
     * What is to be shown.
     *
     * @param account whose leads
     * @return {@code {pipelines, leads, totals, messages, mails, calls, hooks, accounts, faults, fault_names, routes}}; the latest
     *         of each, not all
     */
    ObjectNode read(CrmAccount account) {
        Documents documents = account.documents();
        ObjectNode state = Json.object();
        ArrayNode pipelines = state.putArray("pipelines");
        account.catalogue().pipelines().forEach(pipelines::add);
        state.set("leads", leads(documents, account.catalogue().zone()));
        state.putObject("totals").put("leads", documents.count(Kind.LEAD)).put("messages", chats.count())
                .put("mails", mailbox.count());
        state.set("messages", Json.MAPPER.valueToTree(chats.latest(MESSAGES)));
        state.set("mails", Json.MAPPER.valueToTree(mailbox.latest(MESSAGES)));
        state.put("calls", account.conduct().calls().sum());
        state.putObject("hooks").put("waiting", account.queue().waiting())
                .set("latest", Json.MAPPER.valueToTree(account.sender().latest()));
        ArrayNode counters = state.putArray("accounts");
        accounts.all().stream().filter(one -> one == account || one.conduct().calls().sum() > 0)
                .forEach(one -> counters.add(ConductView.of(one)));
        state.set("faults", faults.view());
        state.set("fault_names", AllFaults.names());
        state.set("routes", routes.view());
        return state;
    }

    private static ArrayNode leads(Documents documents, ZoneId zone) {
        List<ObjectNode> leads = documents.search(Kind.LEAD, new Criteria(), "(doc ->> 'updated_at')::bigint DESC, id DESC", LEADS, 0);
        List<Long> ids = leads.stream().map(lead -> lead.get("id").asLong()).toList();
        Set<Long> contactIds = new TreeSet<>();
        leads.forEach(lead -> lead.path("contacts").forEach(contact -> contactIds.add(contact.get("id").asLong())));
        Map<Long, ObjectNode> contacts = documents.findAll(Kind.CONTACT, contactIds);
        List<ObjectNode> notes = documents.search(Kind.NOTE, new Criteria().oneOf("entity_id", ids), "id", LEADS * 5, 0);
        List<ObjectNode> tasks = documents.search(Kind.TASK, new Criteria().oneOf("entity_id", ids), "id", LEADS * 5, 0);
        ArrayNode view = Json.array();
        leads.forEach(lead -> view.add(lead(lead, contacts, notes, tasks, zone)));
        return view;
    }

    private static ObjectNode lead(ObjectNode lead, Map<Long, ObjectNode> contacts, List<ObjectNode> notes,
                                   List<ObjectNode> tasks, ZoneId zone) {
        long id = lead.get("id").asLong();
        ObjectNode view = Json.object().put("id", id);
        for (String key : List.of("name", "price", "pipeline_id", "status_id", "created_at", "tags")) {
            view.set(key, lead.get(key));
        }
        view.set("fields", fields(lead, zone));
        ArrayNode people = view.putArray("contacts");
        lead.path("contacts").forEach(link -> {
            ObjectNode contact = contacts.get(link.get("id").asLong());
            if (contact != null) {
                people.addObject().put("name", contact.path("name").asText()).set("fields", fields(contact, zone));
            }
        });
        ArrayNode texts = view.putArray("notes");
        notes.stream().filter(note -> note.get("entity_id").asLong() == id && "leads".equals(note.path("entity_type").asText()))
                .forEach(note -> texts.add(note.path("params").path("text").asText("")));
        ArrayNode todo = view.putArray("tasks");
        tasks.stream().filter(task -> task.path("entity_id").asLong() == id && "leads".equals(task.path("entity_type").asText()))
                .forEach(task -> todo.addObject().put("text", task.path("text").asText())
                        .put("till", day(task.path("complete_till").asLong(), zone)).put("done", task.path("is_completed").asBoolean()));
        return view;
    }

    private static ArrayNode fields(JsonNode doc, ZoneId zone) {
        ArrayNode view = Json.array();
        for (JsonNode field : doc.path("custom_fields_values")) {
            for (JsonNode value : field.path("values")) {
                String text = "date".equals(field.path("field_type").asText()) ? day(value.path("value").asLong(), zone)
                        : value.path("value").asText();
                view.addObject().put("id", field.get("field_id").asLong()).put("name", field.get("field_name").asText())
                        .put("value", text);
            }
        }
        return view;
    }

    private static String day(long second, ZoneId zone) {
        return DAY.format(Instant.ofEpochSecond(second).atZone(zone));
    }
}
