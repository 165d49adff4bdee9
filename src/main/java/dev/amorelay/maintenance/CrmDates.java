package dev.amorelay.maintenance;

import dev.amorelay.amocrm.Account;
import dev.amorelay.amocrm.AccountZones;
import dev.amorelay.amocrm.Accounts;
import dev.amorelay.amocrm.DateField;
import dev.amorelay.database.SqlFile;
import dev.amorelay.deals.ChangedDeal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.Body;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * A date of the next maintenance that somebody changes in the CRM moves the date of the deal's machines. Only a change does: an
 * echo of what we have written, or a read that began before, moves nothing.
 */
@Component
public class CrmDates {

    private final NamedParameterJdbcTemplate sql;
    private final Accounts accounts;
    private final AccountZones zones;
    private final DateBook book;
    private final String datesTold = SqlFile.read("maintenance/dates-told.sql");

    CrmDates(JdbcTemplate jdbc, Accounts accounts, AccountZones zones, DateBook book) {
        this.sql = new NamedParameterJdbcTemplate(jdbc);
        this.accounts = accounts;
        this.zones = zones;
        this.book = book;
    }

    /**
     * Moves the dates of the deals' machines, in the commit that stores the deals; nothing where the account has no such field.
     *
     * @param deals of one account, see {@link ChangedDeal}
     */
    public void follow(@Body List<Map<String, Object>> deals) {
        if (!deals.isEmpty()) {
            ChangedDeal first = new ChangedDeal(deals.get(0));
            Account account = accounts.named(first.account());
            if (account.settings().field().nextMaintenanceId() != null) {
                look(account, first.accountId(), List.of(ChangedDeal.ids(deals)));
            }
        }
    }

    /** Takes over what our copy of the deals says; the copy is newer than any single read. */
    void look(Account account, long accountId, List<String> deals) {
        List<Told> told = sql.query(datesTold, new MapSqlParameterSource().addValue("account", accountId)
                .addValue("deals", deals.toArray(String[]::new)).addValue("field", account.settings().field().nextMaintenanceId()),
                (row, number) -> new Told(row.getString("deal"), row.getString("told"),
                        row.getTimestamp("updated_at") == null ? Instant.EPOCH : row.getTimestamp("updated_at").toInstant(),
                        row.getObject("crm_day", LocalDate.class)));
        if (told.isEmpty()) {
            return;
        }
        ZoneId zone = zones.of(account.name());
        for (Told one : told) {
            LocalDate day = DateField.day(one.value(), zone).orElse(null);
            // most often nothing is new, and nobody has to take turns
            if (!Objects.equals(day, one.known())) {
                book.told(new DateBook.Deal(accountId, one.deal(), zone), day, one.updatedAt());
            }
        }
    }

    private record Told(String deal, String value, Instant updatedAt, LocalDate known) {
    }
}
