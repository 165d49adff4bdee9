package dev.amorelay.leads;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.amocrm.BudgetUsedUp;
import dev.amorelay.amocrm.CrmContacts;
import dev.amorelay.amocrm.CrmField;
import dev.amorelay.amocrm.CrmOutcomeUnknown;
import dev.amorelay.amocrm.CrmRejected;
import dev.amorelay.amocrm.CrmUnavailable;
import dev.amorelay.amocrm.FieldBook;
import dev.amorelay.clients.ReadMark;
import dev.amorelay.delivery.Effect;
import dev.amorelay.delivery.Outbox;
import dev.amorelay.leads.PersonClaims.Claim;
import dev.amorelay.work.FailurePolicy;
import dev.amorelay.work.Postponement;
import dev.amorelay.work.WorkEndpoint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.springframework.stereotype.Component;

/**
 * Persons of leads whom we do not know: searched in the CRM, one call a person; those whom it does not know either are
 * created together. An existing contact is never changed.
 */
@Component
public class Strangers {

    private static final Postponement ANOTHER_WORKERS_TURN = new Postponement(Duration.ofSeconds(1), null, false, false);
    private static final Postponement NOT_BEGUN = new Postponement(Duration.ZERO, null, false, false);

    private final LeadContacts contacts;
    private final PersonClaims claims;
    private final PersonSearch search;
    private final CrmContacts crm;
    private final ContactCard card;
    private final FieldBook fields;
    private final Outbox outbox;
    private final FailurePolicy failures;

    /**
     * @param contacts the contacts that we know
     * @param claims one worker a person
     * @param search finds persons in the CRM
     * @param crm creates contacts
     * @param card what a new contact looks like
     * @param fields which fields of it are filled
     * @param outbox where leads wait their turn
     * @param failures what becomes of leads whose person could not be met
     */
    public Strangers(LeadContacts contacts, PersonClaims claims, PersonSearch search, CrmContacts crm, ContactCard card,
                     FieldBook fields, Outbox outbox, FailurePolicy failures) {
        this.contacts = contacts;
        this.claims = claims;
        this.search = search;
        this.crm = crm;
        this.card = card;
        this.fields = fields;
        this.outbox = outbox;
        this.failures = failures;
    }

    /**
     * Finds or creates the contacts. A person whose search or create fails holds up nobody else.
     *
     * @param deliveries leads of one account on their way
     * @param stopping whether to come to an end: who was not searched yet goes back then
     * @return those whose contact is known now; the others are settled, or wait
     */
    public List<Delivery> meet(@Body List<Delivery> deliveries, @ExchangeProperty(WorkEndpoint.STOPPING) BooleanSupplier stopping) {
        if (deliveries.isEmpty()) {
            return deliveries;
        }
        String account = deliveries.get(0).account().name();
        Map<Person, List<Delivery>> persons = contacts.withoutContact(deliveries);
        Map<String, Claim> ours = claims.claim(account, leadOfEach(persons));
        // after the claim: another worker may have met them just before
        leave(account, persons, contacts.linkKnown(persons), ours);
        List<Person> theirs = persons.keySet().stream().filter(person -> person.isNamed() && !ours.containsKey(person.key())).toList();
        theirs.forEach(person -> persons.remove(person).forEach(delivery -> outbox.postpone(delivery.effect(), ANOTHER_WORKERS_TURN)));

        ReadMark mark = contacts.mark();
        PersonSearch.Told told = search.search(account, toSearch(persons, ours), stopping);
        told.unknown().forEach(person -> ours.computeIfPresent(person.key(), (key, claim) -> claim.unknownSince(Instant.now())));
        contacts.met(persons, told.found(), false, mark);
        leave(account, persons, told.found().keySet(), ours);
        List<Person> missed = persons.keySet().stream().filter(person -> isToBeSearched(person, ours)).toList();
        putOff(account, take(persons, missed), told, ours, stopping.getAsBoolean());

        boolean isDoubtful = persons.values().stream().flatMap(Collection::stream).anyMatch(delivery -> delivery.effect().inDoubt());
        int most = isDoubtful ? CrmContacts.FEW_IN_A_CALL : CrmContacts.MOST_IN_A_CALL;
        leave(account, persons, contacts.linkKnownByEmail(persons), ours);
        createAll(account, take(persons, ofDifferentEmails(persons)), most, ours);
        leave(account, persons, contacts.linkKnownByEmail(persons), ours);
        createAll(account, persons, most, ours);
        // a contact may be known by now for a lead that was given back above: whoever has it since creates it
        return contacts.withContact(deliveries.stream().filter(delivery -> outbox.isOurs(delivery.effect())).toList());
    }

    /** Of those who share an e-mail only the first: the others find the contact that is made for them. */
    private static List<Person> ofDifferentEmails(Map<Person, List<Delivery>> persons) {
        Set<String> emails = new HashSet<>();
        return persons.keySet().stream().filter(person -> {
            String email = persons.get(person).get(0).lead().address();
            return email == null || emails.add(email.toLowerCase(Locale.ROOT));
        }).toList();
    }

    private static Map<String, Effect> leadOfEach(Map<Person, List<Delivery>> persons) {
        Map<String, Effect> leads = new LinkedHashMap<>();
        persons.forEach((person, theirs) -> {
            if (person.isNamed()) {
                leads.put(person.key(), theirs.get(0).effect());
            }
        });
        return leads;
    }

    private static boolean isToBeSearched(Person person, Map<String, Claim> ours) {
        return person.isNamed() && ours.get(person.key()).nobodyAt() == null;
    }

    private static Map<Person, Lead> toSearch(Map<Person, List<Delivery>> persons, Map<String, Claim> ours) {
        Map<Person, Lead> wanted = new LinkedHashMap<>();
        persons.forEach((person, theirs) -> {
            if (isToBeSearched(person, ours)) {
                wanted.put(person, theirs.get(0).lead());
            }
        });
        return wanted;
    }

    /** Ends with persons whose contacts are known now. */
    private void leave(String account, Map<Person, List<Delivery>> persons, Set<Person> met, Map<String, Claim> ours) {
        claims.met(account, claimsOf(met, ours));
        met.forEach(persons::remove);
    }

    private static Map<Person, List<Delivery>> take(Map<Person, List<Delivery>> persons, List<Person> some) {
        Map<Person, List<Delivery>> taken = new LinkedHashMap<>();
        some.forEach(person -> taken.put(person, persons.remove(person)));
        return taken;
    }

    private static List<Claim> claimsOf(Collection<Person> persons, Map<String, Claim> ours) {
        return persons.stream().map(person -> ours.get(person.key())).filter(Objects::nonNull).toList();
    }

    private void putOff(String account, Map<Person, List<Delivery>> missed, PersonSearch.Told told, Map<String, Claim> ours,
                        boolean stopping) {
        claims.giveBack(account, claimsOf(missed.keySet(), ours));
        RuntimeException noRoom = told.failed().values().stream().filter(BudgetUsedUp.class::isInstance).findFirst().orElse(null);
        missed.forEach((person, theirs) -> {
            RuntimeException failure = told.failed().getOrDefault(person, noRoom);
            if (stopping || failure == null) {
                theirs.forEach(delivery -> outbox.postpone(delivery.effect(), NOT_BEGUN));
            } else {
                failures.settle(effects(theirs), failure);
            }
        });
    }

    private void createAll(String account, Map<Person, List<Delivery>> persons, int most, Map<String, Claim> ours) {
        while (!persons.isEmpty()) {
            create(account, take(persons, persons.keySet().stream().limit(most).toList()), ours);
        }
    }

    private void create(String account, Map<Person, List<Delivery>> persons, Map<String, Claim> ours) {
        Map<Person, Lead> first = new LinkedHashMap<>();
        persons.forEach((person, theirs) -> first.put(person, theirs.get(0).lead()));
        List<Claim> claimed = claimsOf(persons.keySet(), ours);
        ReadMark mark = contacts.mark();
        Map<String, JsonNode> created;
        try {
            Collection<CrmField> own = fields.contact(persons.values().iterator().next().get(0).account());
            created = crm.create(account, first.values().stream().map(lead -> card.card(lead, own)).toList(),
                    first.values().stream().map(lead -> card.card(lead.withoutEmail(), own)).toList());
        } catch (CrmOutcomeUnknown lost) {
            // the contacts may be there in a moment: nobody looks for these persons before
            claims.keep(account, claimed);
            failures.settle(effects(persons), lost);
            return;
        } catch (CrmUnavailable | CrmRejected notDone) {
            claims.giveBack(account, claimed);
            failures.settle(effects(persons), notDone);
            return;
        }
        contacts.met(persons, first.keySet().stream()
                .collect(Collectors.toMap(person -> person, person -> created.get(first.get(person).id().toString()))), true, mark);
        claims.met(account, claimed);
    }

    private static List<Effect> effects(Map<Person, List<Delivery>> persons) {
        return effects(persons.values().stream().flatMap(Collection::stream).toList());
    }

    private static List<Effect> effects(List<Delivery> deliveries) {
        return deliveries.stream().map(Delivery::effect).toList();
    }
}
