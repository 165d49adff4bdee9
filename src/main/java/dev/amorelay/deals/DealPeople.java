package dev.amorelay.deals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.amocrm.Account;
import dev.amorelay.amocrm.CustomFields;
import dev.amorelay.clients.Contact;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The people a deal tells of.
 *
 * @param telegram Telegram id of the buyer; null unless the deal is won and a user of the CRM has written it
 * @param contacts its contacts, the main one first
 * @param inn taxpayer number; null unless the deal is won and a user of the CRM has written it
 * @param company amoCRM's id of the company; null for none
 */
record DealPeople(@Nullable Long telegram, List<Contact> contacts, @Nullable String inn, @Nullable Long company) {

    static DealPeople of(Account account, DealStore.Read read) {
        JsonNode fields = read.deal().path("custom_fields_values");
        // the lead doors are open to everybody: what came through one proves nothing, whatever is made of the deal
        String telegram = read.won() ? CustomFields.text(fields, account.settings().field().telegramId()) : null;
        String inn = read.won() ? CustomFields.text(fields, account.settings().field().innId()) : null;
        JsonNode company = read.deal().path("_embedded").path("companies").path(0).path("id");
        boolean isProved = telegram != null && telegram.matches("[1-9]\\d{0,17}") && read.claims().provesTelegram(telegram);
        return new DealPeople(isProved ? Long.valueOf(telegram) : null,
                read.contacts().stream().map(Contact::of).toList(),
                inn != null && !inn.isBlank() && read.claims().provesInn(inn) ? inn : null,
                company.isNumber() ? company.asLong() : null);
    }

    Long[] contactIds() {
        return contacts.stream().map(Contact::id).toArray(Long[]::new);
    }

    /** @return E.164, each once */
    String[] phones() {
        return contacts.stream().flatMap(person -> person.phones().stream()).distinct().toArray(String[]::new);
    }

    String[] emails() {
        return contacts.stream().flatMap(person -> person.emails().stream()).distinct().toArray(String[]::new);
    }

    /** @return the first name that is one */
    String name() {
        return contacts.stream().map(Contact::name).filter(name -> !name.isBlank()).findFirst().orElse("Клиент");
    }
}
