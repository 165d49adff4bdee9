package dev.amorelay.maintenance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.amocrm.Account;
import dev.amorelay.amocrm.AccountZones;
import dev.amorelay.amocrm.Accounts;
import dev.amorelay.amocrm.CrmLeads;
import dev.amorelay.amocrm.CustomFields;
import dev.amorelay.amocrm.DateField;
import dev.amorelay.delivery.Effect;
import dev.amorelay.delivery.Outbox;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Body;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Writes a date that was set here into the deal's field, never over a newer change of the CRM's: the deal is read just before.
 * No transaction is open while amoCRM is asked.
 */
@Component("maintenanceDateDelivery")
public class DateDelivery {

    private final Accounts accounts;
    private final AccountZones zones;
    private final CrmLeads crm;
    private final DateBook book;
    private final Outbox outbox;
    private final TransactionOperations transaction;

    DateDelivery(Accounts accounts, AccountZones zones, CrmLeads crm, DateBook book, Outbox outbox, TransactionOperations transaction) {
        this.accounts = accounts;
        this.zones = zones;
        this.crm = crm;
        this.book = book;
        this.outbox = outbox;
        this.transaction = transaction;
    }

    /**
     * Writes the date, and settles the effect. Where a later date was set since, or the CRM's own is newer, there is nothing
     * to write.
     *
     * @param effect {@code crm.maintenance-date} with {@code {account_id, revision}}, its subject the deal's id
     */
    public void write(@Body Effect effect) {
        Account account = accounts.named(effect.account());
        Long field = account.settings().field().nextMaintenanceId();
        long revision = ((Number) effect.payload().get("revision")).longValue();
        DateBook.Deal deal = new DateBook.Deal(((Number) effect.payload().get("account_id")).longValue(), effect.subject(),
                zones.of(account.name()));
        if (field == null) {
            outbox.skip(effect, "the account has no field for it any more");
            return;
        }
        List<JsonNode> read = crm.read(account.name(), List.of(Long.valueOf(deal.id())));
        Optional<LocalDate> wanted = transaction.execute(status -> toWrite(effect, deal, revision, field, read));
        if (wanted.isPresent()) {
            Optional<Instant> updatedAt = crm.setDate(account.name(), Long.parseLong(deal.id()), field, DateField.midnight(wanted.get(), deal.zone()));
            transaction.executeWithoutResult(status -> {
                book.lock(deal);
                if (updatedAt.isPresent()) {
                    book.written(deal, wanted.get(), revision, updatedAt.get());
                    outbox.done(effect, wanted.get().toString());
                } else {
                    book.wantNothing(deal);
                    outbox.skip(effect, "the account refuses the field; a note of the deal tells the date");
                }
            });
        }
    }

    /** What is still to be written; empty when the effect is settled. */
    private Optional<LocalDate> toWrite(Effect effect, DateBook.Deal deal, long revision, long field, List<JsonNode> read) {
        KnownDate known = book.lock(deal);
        if (known.wantedDay() == null || known.revision() != revision) {
            outbox.skip(effect, "another date was set since");
            return Optional.empty();
        }
        if (read.isEmpty()) {
            book.wantNothing(deal);
            outbox.skip(effect, "the deal is gone");
            return Optional.empty();
        }
        LocalDate there = DateField.day(CustomFields.text(read.get(0).path("custom_fields_values"), field), deal.zone()).orElse(null);
        Instant updatedAt = Instant.ofEpochSecond(read.get(0).path("updated_at").asLong());
        if (known.wantedDay().equals(there)) {
            book.written(deal, there, revision, updatedAt);
            outbox.done(effect, there.toString());
            return Optional.empty();
        }
        if (book.told(deal, there, updatedAt) == KnownDate.Meaning.CHANGED) {
            outbox.skip(effect, "the CRM's own date is newer");
            return Optional.empty();
        }
        book.writing(deal, known.wantedDay());
        return Optional.of(known.wantedDay());
    }
}
