package dev.amorelay.leads;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.amocrm.KnownAccounts;
import dev.amorelay.clients.Contact;
import dev.amorelay.clients.ContactBook;
import dev.amorelay.clients.ReadMark;
import dev.amorelay.delivery.Outbox;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.camel.Body;
import org.springframework.stereotype.Component;

/**
 * The CRM contacts of leads, as far as we know them: the one an earlier attempt used, else the one that our copy of the
 * contacts names. That costs no call. Leads of one person share one contact.
 */
@Component
public class LeadContacts {

    /** The effect that brings a lead into the CRM, once it is known that its person has to be looked for there. */
    public static final String OF_STRANGER = "crm.lead-of-stranger";

    private final LeadBook leads;
    private final ContactBook book;
    private final KnownAccounts accounts;
    private final Outbox outbox;

    /**
     * @param leads remembers the contact of a lead
     * @param book our copy of the CRM's contacts
     * @param accounts amoCRM's numbers of the accounts
     * @param outbox where leads of strangers are handed over
     */
    public LeadContacts(LeadBook leads, ContactBook book, KnownAccounts accounts, Outbox outbox) {
        this.leads = leads;
        this.book = book;
        this.accounts = accounts;
        this.outbox = outbox;
    }

    /**
     * Finds the contacts that we know. The leads of strangers are handed over to {@link #OF_STRANGER}, so that nobody
     * whom we know waits for a search.
     *
     * @param deliveries leads of one account on their way
     * @return those whose contact is known
     */
    public List<Delivery> withoutStrangers(@Body List<Delivery> deliveries) {
        Map<Person, List<Delivery>> persons = withoutContact(deliveries);
        linkKnown(persons).forEach(persons::remove);
        List<Delivery> strangers = persons.values().stream().flatMap(Collection::stream).toList();
        if (strangers.isEmpty()) {
            return deliveries;
        }
        outbox.handOver(strangers.stream().map(Delivery::effect).toList(), OF_STRANGER);
        return deliveries.stream().filter(delivery -> !strangers.contains(delivery)).toList();
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

    /** The leads whose contact is not remembered with them, by person, in their order. */
    Map<Person, List<Delivery>> withoutContact(List<Delivery> deliveries) {
        Set<UUID> remembered = remembered(deliveries);
        Map<Person, List<Delivery>> persons = new LinkedHashMap<>();
        deliveries.stream().filter(delivery -> !remembered.contains(delivery.lead().id()))
                .forEach(delivery -> persons.computeIfAbsent(Person.of(delivery.lead()), key -> new ArrayList<>()).add(delivery));
        return persons;
    }

    /** The leads whose contact is remembered with them. */
    List<Delivery> withContact(List<Delivery> deliveries) {
        Set<UUID> remembered = remembered(deliveries);
        return deliveries.stream().filter(delivery -> remembered.contains(delivery.lead().id())).toList();
    }

    private Set<UUID> remembered(List<Delivery> deliveries) {
        return leads.contacts(deliveries.stream().map(delivery -> delivery.lead().id()).toList()).keySet();
    }

    /** Remembers the contacts of those whom our copy knows, and says who that is. */
    Set<Person> linkKnown(Map<Person, List<Delivery>> persons) {
        Map<Person, String> keys = new HashMap<>();
        persons.keySet().stream().filter(Person::isNamed).forEach(person -> keys.put(person, person.key()));
        return linkKnown(persons, keys);
    }

    /** The same by the e-mails, of persons whose phones nobody knows. */
    Set<Person> linkKnownByEmail(Map<Person, List<Delivery>> persons) {
        Map<Person, String> keys = new HashMap<>();
        persons.forEach((person, theirs) -> theirs.stream().map(delivery -> delivery.lead().address())
                .filter(Objects::nonNull).findFirst().ifPresent(email -> keys.put(person, email.toLowerCase(Locale.ROOT))));
        return linkKnown(persons, keys);
    }

    private Set<Person> linkKnown(Map<Person, List<Delivery>> persons, Map<Person, String> keys) {
        if (keys.isEmpty()) {
            return Set.of();
        }
        long account = numberOf(persons);
        Map<String, Long> contacts = book.contactsOf(account, Set.copyOf(keys.values()));
        Map<Person, Long> known = new HashMap<>();
        keys.forEach((person, key) -> {
            if (contacts.containsKey(key)) {
                known.put(person, contacts.get(key));
            }
        });
        link(persons, known, known.isEmpty() ? Map.of() : book.full(account, known.values()));
        return known.keySet();
    }

    /** To be noted before contacts are searched or created. */
    ReadMark mark() {
        return book.mark();
    }

    /**
     * Remembers contacts that were found or created after the mark, as API v4 shows them. The phone of somebody who was found by an
     * e-mail is a claim: in our copy of the contact it would open its client to whoever owns the phone.
     */
    void met(Map<Person, List<Delivery>> persons, Map<Person, JsonNode> contacts, boolean areNew, ReadMark mark) {
        if (contacts.isEmpty()) {
            return;
        }
        long account = numberOf(persons);
        Map<Person, Long> ids = new HashMap<>();
        contacts.forEach((person, contact) -> ids.put(person, contact.path("id").asLong()));
        book.store(account, contacts.values().stream().map(Contact::of).toList(), mark);
        Map<String, Long> phones = new HashMap<>();
        ids.forEach((person, contact) -> {
            if (person.hasPhone() && (areNew || PersonSearch.bearsPhone(contacts.get(person), person.key()))) {
                phones.put(person.key(), contact);
            }
        });
        book.remember(account, phones);
        link(persons, ids, contacts.values().stream().collect(Collectors.toMap(contact -> contact.path("id").asLong(), one -> one, (a, b) -> a)));
    }

    /** What a contact lacks is found out now, and stays so: the notes of a lead are the same for every attempt. */
    private void link(Map<Person, List<Delivery>> persons, Map<Person, Long> contacts, Map<Long, JsonNode> shown) {
        Map<UUID, LeadBook.Link> found = new HashMap<>();
        contacts.forEach((person, contact) -> persons.get(person).forEach(delivery ->
                found.put(delivery.lead().id(), new LeadBook.Link(contact, ContactGaps.of(delivery.lead(), shown.get(contact))))));
        leads.rememberContacts(found);
    }

    private long numberOf(Map<Person, List<Delivery>> persons) {
        return accounts.numberOf(persons.values().iterator().next().get(0).account().name());
    }
}
