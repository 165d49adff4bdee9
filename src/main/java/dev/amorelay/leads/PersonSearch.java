package dev.amorelay.leads;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.amocrm.BudgetUsedUp;
import dev.amorelay.amocrm.CrmContacts;
import dev.amorelay.amocrm.CrmUnavailable;
import dev.amorelay.amocrm.CustomFields;
import dev.amorelay.phone.Phones;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.springframework.stereotype.Component;

/**
 * Searches the CRM for many persons, a few at a time: so the searches go as fast as the call budget lets them, though each
 * answer takes its time.
 */
@Component
public class PersonSearch {

    /** Seven calls a second with answers that take half a second keep four threads busy. */
    private static final int AT_ONCE = 4;

    /** Where each search fails with a chance of a tenth, one person in a thousand is left to another round. */
    private static final int MOST_PASSES = 3;

    private static final long LOOK_MILLIS = 100;

    private final CrmContacts crm;

    /**
     * @param crm the CRM's contacts
     */
    public PersonSearch(CrmContacts crm) {
        this.crm = crm;
    }

    /** What a round of searches has told; whoever is in none of it was not asked for. */
    static final class Told {

        private final Map<Person, JsonNode> found = new ConcurrentHashMap<>();
        private final Set<Person> unknown = ConcurrentHashMap.newKeySet();
        private final Map<Person, RuntimeException> failed = new ConcurrentHashMap<>();
        private volatile boolean over;

        /** @return the oldest contacts, as API v4 shows them */
        Map<Person, JsonNode> found() {
            return Map.copyOf(found);
        }

        /** @return those whom the CRM does not know */
        Set<Person> unknown() {
            return Set.copyOf(unknown);
        }

        /** @return those whose search was not answered, and why */
        Map<Person, RuntimeException> failed() {
            return Map.copyOf(failed);
        }
    }

    /**
     * Searches. Whose search fails while most are answered is searched again at the end: otherwise the person would wait for
     * the whole round, and for creates of its own.
     *
     * @param account the configured name of the account
     * @param wanted persons that can be found, each with a lead
     * @param stopping whether to come to an end; what is under way is broken off then
     * @return what was found out; after a search for which the budget had no room, no further one is made
     */
    Told search(String account, Map<Person, Lead> wanted, BooleanSupplier stopping) {
        Told told = new Told();
        Map<Person, Lead> open = wanted;
        for (int pass = 0; pass < MOST_PASSES && !open.isEmpty() && !told.over; pass++) {
            searchAll(account, open, told, stopping);
            if (2 * told.failed.size() >= open.size()) {
                // it is not they who are unlucky
                break;
            }
            open = new LinkedHashMap<>(open);
            open.keySet().removeIf(person -> !mayFareBetter(told.failed.get(person)));
        }
        return told;
    }

    private static boolean mayFareBetter(RuntimeException failure) {
        return failure instanceof CrmUnavailable unavailable && !unavailable.isNotTried();
    }

    private void searchAll(String account, Map<Person, Lead> wanted, Told told, BooleanSupplier stopping) {
        ExecutorService searchers = Executors.newFixedThreadPool(Math.min(AT_ONCE, wanted.size()), task -> {
            Thread thread = new Thread(task, "search-" + account);
            thread.setDaemon(true);
            return thread;
        });
        wanted.forEach((person, lead) -> searchers.execute(() -> search(account, person, lead, told)));
        searchers.shutdown();
        try {
            while (!searchers.awaitTermination(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                if (stopping.getAsBoolean()) {
                    told.over = true;
                    searchers.shutdownNow();
                }
            }
        } catch (InterruptedException e) {
            told.over = true;
            searchers.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private void search(String account, Person person, Lead lead, Told told) {
        if (told.over) {
            return;
        }
        try {
            find(account, lead).ifPresentOrElse(contact -> told.found.put(person, contact), () -> told.unknown.add(person));
            told.failed.remove(person);
        } catch (BudgetUsedUp usedUp) {
            told.over = true;
            told.failed.put(person, usedUp);
        } catch (RuntimeException failure) {
            told.failed.put(person, failure);
        }
    }

    /** By the phone; who has none that the CRM knows may be known there by the e-mail. */
    private Optional<JsonNode> find(String account, Lead lead) {
        Optional<JsonNode> byPhone = lead.phoneE164() == null ? Optional.empty()
                : crm.find(account, Phones.lastTen(lead.phoneE164()), contact -> bearsPhone(contact, lead.phoneE164()));
        String email = lead.address();
        return byPhone.isPresent() || email == null ? byPhone : crm.find(account, email, contact -> CustomFields
                .texts(contact.path("custom_fields_values"), "EMAIL").stream().anyMatch(email::equalsIgnoreCase));
    }

    /** Whether a contact, as API v4 shows it, bears a phone, in whatever form. */
    static boolean bearsPhone(JsonNode contact, String e164) {
        return CustomFields.texts(contact.path("custom_fields_values"), "PHONE").stream().anyMatch(phone -> Phones.same(phone, e164));
    }
}
