package dev.amorelay.maintenance;

import dev.amorelay.amocrm.Account;
import dev.amorelay.amocrm.AccountZones;
import dev.amorelay.amocrm.Accounts;
import dev.amorelay.database.SqlFile;
import dev.amorelay.settings.MaintenanceSettings;
import dev.amorelay.settings.MaintenanceSettings.Hours;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.Variable;
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
     * @param steps so many days before the date a client is reminded, commas between them; empty for what the settings say
     * @param hours of the account's day, in which clients are reminded, like {@code 9-21}; empty for what the settings say
     * @return the number of effects that are owed now
     * @throws IllegalArgumentException when one of them is neither
     */
    public long announce(@Variable("steps") String steps, @Variable("hours") String hours) {
        List<Integer> days = blank(steps) ? settings.steps() : steps(steps);
        if (!blank(hours) && !Hours.understands(hours.strip())) {
            throw new IllegalArgumentException("hours are like 9-21, and not " + hours);
        }
        Hours open = blank(hours) ? settings.hours() : Hours.valueOf(hours.strip());
        return sql.queryForObject(announce, new MapSqlParameterSource()
                .addValue("now", Timestamp.from(clock.instant()))
                .addValue("steps", days.toArray(Integer[]::new))
                .addValue("earliest", Collections.max(days))
                .addValue("usual", usual.getId())
                .addValue("first", open.first())
                .addValue("last", open.last())
                .addValue("accounts", accounts.stream().map(Account::name).toArray(String[]::new))
                .addValue("responsibles", accounts.stream().map(account -> account.settings().responsibleUserId())
                        .map(user -> user == null ? 0L : user).toArray(Long[]::new)), Long.class);
    }

    private static boolean blank(String text) {
        return text == null || text.isBlank();
    }

    private static List<Integer> steps(String text) {
        if (!text.strip().matches("\\d{1,3}(\\s*,\\s*\\d{1,3})*")) {
            throw new IllegalArgumentException("steps are days with commas between them, like 30,7,1, and not " + text);
        }
        return Stream.of(text.strip().split("\\s*,\\s*")).map(Integer::valueOf).distinct().sorted().toList();
    }
}
