package dev.amorelay.clients;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.webhooks.Event;
import dev.amorelay.webhooks.EventGroup;
import dev.amorelay.webhooks.Inbox;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.Variable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Keeps our copy of the CRM's contacts current. */
@Component
public class ContactSync {

    private final ContactBook book;
    private final Inbox inbox;

    /**
     * @param book our copy
     * @param inbox where the events are settled
     */
    public ContactSync(ContactBook book, Inbox inbox) {
        this.book = book;
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
     * Stores what the CRM says now, and settles the events that made us ask, in one commit.
     *
     * @param group the events
     * @param asked the contacts that were read
     * @param contacts those that the CRM has, as it has them now
     */
    @Transactional
    public void store(@Variable("group") EventGroup group, @Variable("asked") List<Long> asked,
                      @Variable("contacts") List<JsonNode> contacts) {
        book.store(group.accountId(), contacts.stream().map(Contact::of).toList());
        List<Long> gone = new ArrayList<>(asked);
        contacts.forEach(contact -> gone.remove(Long.valueOf(contact.path("id").asLong())));
        book.markDeleted(group.accountId(), gone);
        inbox.done(group.events());
    }
}
