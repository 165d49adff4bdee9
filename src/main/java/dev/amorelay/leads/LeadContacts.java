package dev.amorelay.leads;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.amocrm.CrmContacts;
import dev.amorelay.amocrm.CrmOutcomeUnknown;
import dev.amorelay.amocrm.CustomFields;
import dev.amorelay.amocrm.KnownAccounts;
import dev.amorelay.clients.ContactBook;
import dev.amorelay.delivery.Outbox;
import dev.amorelay.phone.Phones;
import dev.amorelay.work.Postponement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.camel.Body;
import org.springframework.stereotype.Component;

/**
 * The CRM contacts of leads: the one an earlier attempt used, else the one we know by its phone, else the oldest
 * that the CRM finds, verified, else a new one. Leads of one phone share one contact; an existing contact is never
 * changed; what we know costs no call, and new contacts are created together.
 */
@Component
public class LeadContacts {

    private static final Duration ANOTHER_WORKERS_TURN = Duration.ofSeconds(1);

    private final CrmContacts crm;
    private final LeadBook leads;
    private final ContactBook book;
    private final KnownAccounts accounts;
    private final PhoneClaims claims;
    private final ContactCard card;
    private final Outbox outbox;

    /**
     * @param crm the CRM's contacts
     * @param leads remembers the contact of a lead
     * @param book our copy of the CRM's contacts
     * @param accounts amoCRM's numbers of the accounts
     * @param claims one worker a phone
     * @param card what a new contact looks like
     * @param outbox where leads wait their turn
     */
    public LeadContacts(CrmContacts crm, LeadBook leads, ContactBook book, KnownAccounts accounts, PhoneClaims claims,
                        ContactCard card, Outbox outbox) {
        this.crm = crm;
        this.leads = leads;
        this.book = book;
        this.accounts = accounts;
        this.claims = claims;
        this.card = card;
        this.outbox = outbox;
    }

    /**
     * Finds or creates the contacts, and remembers each with its lead.
     *
     * @param deliveries leads of one account on their way
     * @return those whose contact is known now; a lead whose phone another worker is busy with waits its turn
     */
    public List<Delivery> findOrCreate(@Body List<Delivery> deliveries) {
        if (deliveries.isEmpty()) {
            return deliveries;
        }
        String account = deliveries.get(0).account().name();
        Map<UUID, Long> remembered = leads.contacts(deliveries.stream().map(delivery -> delivery.lead().id()).toList());
        Map<String, List<Delivery>> byPerson = new LinkedHashMap<>();
        deliveries.stream().filter(delivery -> !remembered.containsKey(delivery.lead().id()))
                .forEach(delivery -> byPerson.computeIfAbsent(person(delivery.lead()), key -> new ArrayList<>()).add(delivery));
        List<String> phones = byPerson.keySet().stream().filter(person -> person.startsWith("+")).toList();
        Map<String, Long> known = book.withPhones(accounts.numberOf(account), phones);
        known.forEach((phone, contact) -> remember(byPerson.remove(phone), contact));

        UUID worker = UUID.randomUUID();
        List<String> unknown = phones.stream().filter(phone -> !known.containsKey(phone)).toList();
        Set<String> ours = claims.claim(account, unknown, worker);
        List<Delivery> waiting = new ArrayList<>();
        unknown.stream().filter(phone -> !ours.contains(phone)).forEach(phone -> waiting.addAll(byPerson.remove(phone)));
        waiting.forEach(delivery -> outbox.postpone(delivery.effect(), new Postponement(ANOTHER_WORKERS_TURN, null, false, false)));
        try {
            meet(account, byPerson);
        } catch (CrmOutcomeUnknown lost) {
            // the contacts may be there in a moment: nobody looks for these phones until the claim has ended
            throw lost;
        } catch (RuntimeException failed) {
            claims.release(account, ours, worker);
            throw failed;
        }
        claims.release(account, ours, worker);
        return deliveries.stream().filter(delivery -> !waiting.contains(delivery)).toList();
    }

    /**
     * Forgets the contact of a lead, which the CRM does not have any more: the next attempt looks anew.
     *
     * @param delivery the lead on its way
     */
    public void forget(Delivery delivery) {
        UUID lead = delivery.lead().id();
        book.markDeleted(accounts.numberOf(delivery.account().name()), leads.contacts(List.of(lead)).values(), book.mark());
        leads.forgetContact(lead);
    }

    /** Leads of one person share a contact; a lead that names no way to find a person is a person of its own. */
    private static String person(Lead lead) {
        if (lead.phoneE164() != null) {
            return lead.phoneE164();
        }
        return lead.email() != null && EmailAddress.looksRight(lead.email()) ? lead.email() : lead.id().toString();
    }

    private void meet(String account, Map<String, List<Delivery>> byPerson) {
        Map<String, List<Delivery>> strangers = new LinkedHashMap<>();
        byPerson.forEach((person, theirs) -> find(account, theirs.get(0).lead())
                .ifPresentOrElse(contact -> know(account, person, theirs, contact), () -> strangers.put(person, theirs)));
        List<Lead> first = strangers.values().stream().map(theirs -> theirs.get(0).lead()).toList();
        Map<String, Long> created = crm.create(account, first.stream().map(lead -> (JsonNode) card.card(lead)).toList(),
                first.stream().map(lead -> (JsonNode) card.card(lead.withoutEmail())).toList());
        strangers.forEach((person, theirs) ->
                know(account, person, theirs, created.get(theirs.get(0).lead().id().toString())));
    }

    private void know(String account, String person, List<Delivery> theirs, long contact) {
        if (person.startsWith("+")) {
            book.remember(accounts.numberOf(account), contact, person);
        }
        remember(theirs, contact);
    }

    private void remember(List<Delivery> theirs, long contact) {
        theirs.forEach(delivery -> leads.rememberContact(delivery.lead().id(), contact));
    }

    private Optional<Long> find(String account, Lead lead) {
        Optional<JsonNode> found = Optional.empty();
        if (lead.phoneE164() != null) {
            found = crm.find(account, Phones.lastTen(lead.phoneE164()), contact -> CustomFields
                    .texts(contact.path("custom_fields_values"), "PHONE").stream()
                    .anyMatch(phone -> Phones.same(phone, lead.phoneE164())));
        } else if (lead.email() != null && EmailAddress.looksRight(lead.email())) {
            found = crm.find(account, lead.email(), contact -> CustomFields
                    .texts(contact.path("custom_fields_values"), "EMAIL").stream().anyMatch(lead.email()::equalsIgnoreCase));
        }
        return found.map(contact -> contact.path("id").asLong());
    }
}
