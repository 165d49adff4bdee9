package dev.amorelay.clients;

import dev.amorelay.amocrm.Accounts;
import dev.amorelay.amocrm.CrmContacts;
import dev.amorelay.amocrm.KnownAccounts;
import dev.amorelay.delivery.Effect;
import dev.amorelay.delivery.FlowEvents;
import dev.amorelay.delivery.Outbox;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Fills our copy of the contacts once from the CRM's list, page by page, so that a lead from a phone the CRM knows
 * costs no search. Off unless told otherwise: amoCRM does not like its lists to be read through.
 */
@Component
public class ContactFill {

    private final CrmContacts crm;
    private final ContactBook book;
    private final KnownAccounts numbers;
    private final Accounts accounts;
    private final Outbox outbox;
    private final FlowEvents events;
    private final boolean wanted;

    ContactFill(CrmContacts crm, ContactBook book, KnownAccounts numbers, Accounts accounts, Outbox outbox, FlowEvents events,
                @Value("${relay.fill-contacts:false}") boolean wanted) {
        this.crm = crm;
        this.book = book;
        this.numbers = numbers;
        this.accounts = accounts;
        this.outbox = outbox;
        this.events = events;
        this.wanted = wanted;
    }

    /** Tells the flow that the first page of each account is due; its key makes that once, however often the relay starts. */
    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        if (wanted) {
            accounts.names().forEach(account -> due(account, 1));
        }
    }

    private void due(String account, int page) {
        events.tell("clients.fill.due", Map.of("account", account, "page", page));
    }

    /**
     * Reads a page.
     *
     * @param effect {@code crm.contacts-page} with {@code {page}}
     * @return what the CRM has there
     */
    public CrmContacts.Page read(@Body Effect effect) {
        return crm.page(effect.account(), page(effect));
    }

    /**
     * Stores a page, and the next one is due, in one commit.
     *
     * @param effect the page that was owed
     * @param noted just before, before it was read, see {@link ReadMark#of}
     * @param page what was read
     */
    @Transactional
    public void store(@Variable("effect") Effect effect, @Variable("mark") Map<String, Object> noted, @Body CrmContacts.Page page) {
        book.store(numbers.numberOf(effect.account()), page.contacts().stream().map(Contact::of).toList(), ReadMark.of(noted));
        if (!page.isLast()) {
            due(effect.account(), page(effect) + 1);
        }
        outbox.done(effect, page.contacts().size() + " contacts");
    }

    private static int page(Effect effect) {
        return ((Number) effect.payload().get("page")).intValue();
    }
}
