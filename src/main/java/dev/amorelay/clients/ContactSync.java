package dev.amorelay.clients;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.json.Json;
import dev.amorelay.webhooks.Arrival;
import dev.amorelay.webhooks.Event;
import dev.amorelay.webhooks.EventGroup;
import dev.amorelay.webhooks.EventHash;
import dev.amorelay.webhooks.HookEvent;
import dev.amorelay.webhooks.Inbox;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Variable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Keeps our copy of the CRM's contacts current. */
@Component
public class ContactSync {

    private final ContactBook book;
    private final ClientMerges merges;
    private final Inbox inbox;

    /**
     * @param book our copy
     * @param merges follows contacts that were merged
     * @param inbox where the events are settled
     */
    public ContactSync(ContactBook book, ClientMerges merges, Inbox inbox) {
        this.book = book;
        this.merges = merges;
        this.inbox = inbox;
    }

    /**
     * The contacts that have to be read. That a contact was added is no news once we have a copy: a lead of ours made it,
     * or it was read with its deal. What changes it afterwards is an event of its own.
     *
     * @param group the events
     * @return amoCRM's ids
     */
    public List<Long> withNews(@Variable("group") EventGroup group) {
        Set<String> changed = group.events().stream().filter(event -> !event.type().equals("contact.add"))
                .map(Event::entityId).collect(Collectors.toSet());
        Set<Long> known = book.known(group.accountId(), group.entityIds());
        return group.entityIds().stream().filter(id -> changed.contains(String.valueOf(id)) || !known.contains(id)).toList();
    }

    /**
     * Stores what the CRM says now, and settles the events that made us ask, in one commit. The deals of contacts that are
     * gone are to be read anew: a merge moves them to another contact.
     *
     * @param group the events
     * @param asked the contacts that were read
     * @param noted just before, see {@link ReadMark#of}
     * @param contacts those that the CRM has, as it has them now
     */
    @Transactional
    public void store(@Variable("group") EventGroup group, @Variable("asked") List<Long> asked,
                      @Variable("mark") Map<String, Object> noted, @Variable("contacts") List<JsonNode> contacts) {
        ReadMark mark = ReadMark.of(noted);
        book.store(group.accountId(), contacts.stream().map(Contact::of).toList(), mark);
        List<Long> gone = new ArrayList<>(asked);
        contacts.forEach(contact -> gone.remove(Long.valueOf(contact.path("id").asLong())));
        book.markDeleted(group.accountId(), gone, mark);
        merges.contactsStored(group.accountId(), asked);
        List<Arrival> left = gone.stream().flatMap(contact -> dealsLeftBy(contact, group))
                .map(event -> new Arrival(event, group.account())).toList();
        if (!left.isEmpty()) {
            inbox.store(left);
        }
        inbox.done(group.events());
    }

    /** Named after the event that told of it, so that the same event makes the same ones again. */
    private Stream<HookEvent> dealsLeftBy(long contact, EventGroup group) {
        long cause = group.events().stream().filter(event -> String.valueOf(contact).equals(event.entityId()))
                .mapToLong(Event::id).max().orElse(0);
        return book.dealsOf(group.accountId(), contact).stream().map(deal -> {
            ObjectNode fields = Json.object().put("id", deal).put("source", "contact-gone").put("cause", String.valueOf(cause));
            return new HookEvent("lead.update", "lead", "update", deal, group.accountId(), fields,
                    EventHash.of(group.accountId(), "lead", "update", deal, fields));
        });
    }
}
