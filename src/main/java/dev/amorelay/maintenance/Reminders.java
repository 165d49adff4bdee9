package dev.amorelay.maintenance;

import dev.amorelay.amocrm.Account;
import dev.amorelay.amocrm.AccountZones;
import dev.amorelay.amocrm.Accounts;
import dev.amorelay.database.SqlFile;
import dev.amorelay.settings.MaintenanceSettings;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Collections;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;

/** Announces maintenance that is near: to the client, and to the manager who offers consumables. */
@Component
public class Reminders {

    private final NamedParameterJdbcTemplate sql;
    private final MaintenanceSettings settings;
    private final ZoneId usual;
    private final Collection<Account> accounts;
    private final Clock clock;
    private final String announce = SqlFile.read("maintenance/announce.sql");

    /**
     * @param jdbc the relay's database
     * @param settings so many days before, and the hours in which people are written to
     * @param accounts who gets tasks about machines without a deal
     * @param zones by whose clock the days are counted
     */
    @Autowired
    public Reminders(JdbcTemplate jdbc, MaintenanceSettings settings, Accounts accounts, AccountZones zones) {
        this(jdbc, settings, accounts.all(), zones.usual(), Clock.systemUTC());
    }

    Reminders(JdbcTemplate jdbc, MaintenanceSettings settings, Collection<Account> accounts, ZoneId usual, Clock clock) {
        this.sql = new NamedParameterJdbcTemplate(jdbc);
        this.settings = settings;
        this.usual = usual;
        this.accounts = accounts;
        this.clock = clock;
    }

    /**
     * Owes what is due today by the clock of each machine's account, in one statement. On however many nodes and however late:
     * each machine, date and step is announced once, and of steps that were missed only the newest is.
     *
     * @return the number of effects that are owed now
     */
    public long announce() {
        return sql.queryForObject(announce, new MapSqlParameterSource()
                .addValue("now", Timestamp.from(clock.instant()))
                .addValue("steps", settings.steps().toArray(Integer[]::new))
                .addValue("earliest", Collections.max(settings.steps()))
                .addValue("usual", usual.getId())
                .addValue("first", settings.hours().first())
                .addValue("last", settings.hours().last())
                .addValue("accounts", accounts.stream().map(Account::name).toArray(String[]::new))
                .addValue("responsibles", accounts.stream().map(account -> account.settings().responsibleUserId())
                        .map(user -> user == null ? 0L : user).toArray(Long[]::new)), Long.class);
    }
}
