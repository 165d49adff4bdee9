package dev.amorelay.leads;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.amocrm.CrmContacts;
import dev.amorelay.amocrm.CrmRejected;
import dev.amorelay.amocrm.CustomFields;
import dev.amorelay.phone.Phones;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.camel.Body;
import org.springframework.stereotype.Component;

/**
 * The CRM contact of a lead: the one an earlier attempt used, else the oldest with the same phone (or e-mail,
 * where no phone is known), else a new one. An existing contact is never changed.
 */
@Component
public class ContactFinder {

    private final CrmContacts crm;
    private final LeadBook leads;
    private final ContactCard card;

    /**
     * @param crm the CRM's contacts
     * @param leads remembers the contact of a lead
     * @param card what a new contact looks like
     */
    public ContactFinder(CrmContacts crm, LeadBook leads, ContactCard card) {
        this.crm = crm;
        this.leads = leads;
        this.card = card;
    }

    /**
     * Finds the contact, or creates it, and remembers it with the lead.
     *
     * @param delivery the lead on its way
     * @return the same delivery
     */
    public Delivery findOrCreate(@Body Delivery delivery) {
        Lead lead = delivery.lead();
        if (leads.contact(lead.id()) == null) {
            String account = delivery.account().name();
            leads.rememberContact(lead.id(), find(account, lead).orElseGet(() -> create(account, lead)));
        }
        return delivery;
    }

    /** An e-mail that the CRM's check refuses must not keep the person out. */
    private long create(String account, Lead lead) {
        try {
            return crm.create(account, card.card(lead));
        } catch (CrmRejected rejected) {
            return crm.create(account, card.card(lead.withoutEmail()));
        }
    }

    private Optional<Long> find(String account, Lead lead) {
        Optional<JsonNode> found = Optional.empty();
        if (lead.phoneE164() != null) {
            found = crm.find(account, Phones.lastTen(lead.phoneE164()), has("PHONE", phone -> Phones.same(phone, lead.phoneE164())));
        } else if (lead.email() != null && EmailAddress.looksRight(lead.email())) {
            found = crm.find(account, lead.email(), has("EMAIL", lead.email()::equalsIgnoreCase));
        }
        return found.map(contact -> contact.path("id").asLong());
    }

    private static Predicate<JsonNode> has(String code, Predicate<String> value) {
        return contact -> CustomFields.texts(contact.path("custom_fields_values"), code).stream().anyMatch(value);
    }
}
