package dev.amorelay.maintenance;

import dev.amorelay.amocrm.Account;
import dev.amorelay.amocrm.AccountZones;
import dev.amorelay.amocrm.Accounts;
import dev.amorelay.delivery.FlowEvents;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Sets the date of a machine's next maintenance here, and tells the flow that the CRM is to have it. */
@Component
public class NextMaintenance {

    private final JdbcTemplate jdbc;
    private final Accounts accounts;
    private final AccountZones zones;
    private final CrmDates crm;
    private final DateBook book;
    private final FlowEvents events;
    private final Clock clock;

    @Autowired
    NextMaintenance(JdbcTemplate jdbc, Accounts accounts, AccountZones zones, CrmDates crm, DateBook book, FlowEvents events) {
        this(jdbc, accounts, zones, crm, book, events, Clock.systemUTC());
    }

    NextMaintenance(JdbcTemplate jdbc, Accounts accounts, AccountZones zones, CrmDates crm, DateBook book, FlowEvents events, Clock clock) {
        this.jdbc = jdbc;
        this.accounts = accounts;
        this.zones = zones;
        this.crm = crm;
        this.book = book;
        this.events = events;
        this.clock = clock;
    }

    private record Machine(Long accountId, String deal, String account) {
    }

    /**
     * Takes turns, until the commit, with what the CRM tells of the same date. To be called by who sets a date later in a
     * transaction that locks the machine's row: first the deal's date, then its machines, is everybody's order.
     *
     * @param machine id of the machine
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void takeTurn(UUID machine) {
        find(machine).filter(one -> one.accountId() != null && one.deal() != null)
                .ifPresent(one -> book.lock(new DateBook.Deal(one.accountId(), one.deal(), zones.usual())));
    }

    /**
     * Sets the date, in the transaction of the caller where there is one: the machine's row and what is owed to the CRM are one
     * commit. The same date once more changes and owes nothing. The field of a deal holds one date for all its machines: the
     * nearest of theirs. Where the machine has no deal, or its account no such field, only the machine's date is set. To be called
     * before the caller changes the machine's row: whoever changes dates locks those of the deal first, then the machines.
     *
     * @param machine id of the machine
     * @param day by the clock of the machine's account
     * @return whether it is another date than before; false also where there is no such machine
     */
    @Transactional
    public boolean set(UUID machine, LocalDate day) {
        Optional<Machine> found = find(machine);
        if (found.isEmpty()) {
            return false;
        }
        Optional<Account> account = accounts.all().stream().filter(one -> one.name().equals(found.get().account())).findFirst();
        ZoneId zone = zones.of(found.get().account());
        if (account.isEmpty() || found.get().deal() == null || account.get().settings().field().nextMaintenanceId() == null) {
            return move(machine, day, zone);
        }
        DateBook.Deal deal = new DateBook.Deal(found.get().accountId(), found.get().deal(), zone);
        book.lock(deal);
        // what the CRM has told before is older than this
        crm.look(account.get(), deal.accountId(), List.of(deal.id()));
        if (!move(machine, day, zone)) {
            return false;
        }
        tell(account.get(), deal);
        return true;
    }

    private Optional<Machine> find(UUID machine) {
        return jdbc.query("""
                SELECT machine.account_id, machine.amocrm_deal_id, account.name FROM machine_instances machine
                LEFT JOIN amocrm_accounts account ON account.account_id = machine.account_id WHERE machine.id = ?""",
                (row, number) -> machine(row), machine).stream().findFirst();
    }

    private boolean move(UUID machine, LocalDate day, ZoneId zone) {
        return jdbc.update("""
                UPDATE machine_instances SET next_maintenance_date = ?::date::timestamp AT TIME ZONE ?, updated_at = now()
                WHERE id = ? AND (next_maintenance_date AT TIME ZONE ?)::date IS DISTINCT FROM ?""",
                day, zone.getId(), machine, zone.getId(), day) == 1;
    }

    private void tell(Account account, DateBook.Deal deal) {
        KnownDate known = book.lock(deal);
        LocalDate nearest = book.nearest(deal).orElseThrow();
        if (nearest.equals(known.crmDay()) && known.writingDay() == null) {
            book.wantNothing(deal);
        } else if (!nearest.equals(known.wantedDay())) {
            long revision = book.want(deal, nearest, clock.instant());
            events.tell("maintenance.date.wanted", Map.of("account", account.name(), "account_id", deal.accountId(), "deal", deal.id(),
                    "revision", revision));
        }
    }

    private static Machine machine(ResultSet row) throws SQLException {
        long account = row.getLong("account_id");
        return new Machine(row.wasNull() ? null : account, row.getString("amocrm_deal_id"), row.getString("name"));
    }
}
