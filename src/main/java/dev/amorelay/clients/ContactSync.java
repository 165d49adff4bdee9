package dev.amorelay.clients;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.webhooks.EventGroup;
import dev.amorelay.webhooks.Inbox;
import java.util.ArrayList;
import java.util.List;
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
     * Stores what the CRM says now, and settles the events that made us ask, in one commit.
     *
     * @param group the events
     * @param contacts the contacts they name, as the CRM has them now
     */
    @Transactional
    public void store(@Variable("group") EventGroup group, @Variable("contacts") List<JsonNode> contacts) {
        book.store(group.accountId(), contacts.stream().map(Contact::of).toList());
        List<Long> gone = new ArrayList<>(group.entityIds());
        contacts.forEach(contact -> gone.remove(Long.valueOf(contact.path("id").asLong())));
        book.markDeleted(group.accountId(), gone);
        inbox.done(group.events());
    }
}
