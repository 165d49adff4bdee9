package dev.amorelay.maintenance;

import dev.amorelay.amocrm.Account;
import dev.amorelay.amocrm.AccountZones;
import dev.amorelay.amocrm.Accounts;
import dev.amorelay.database.SqlFile;
import dev.amorelay.json.Json;
import dev.amorelay.settings.MaintenanceSettings;
import dev.amorelay.settings.MaintenanceSettings.Hours;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
     * Notes what is due today by the clock of each machine's account, in the caller's commit, which owes what follows from it. On however
     * many nodes and however late: each machine, date and step is announced once, and of steps that were missed only the newest is.
     *
     * @param steps so many days before the date a client is reminded, commas between them; empty for what the settings say
     * @param hours of the account's day, in which clients are reminded, like {@code 9-21}; empty for what the settings say
     * @return a plain map a machine: {@code machine_id}, {@code serial}, {@code machine} its model or «Станок», {@code day} (ISO) and
     *     {@code date} (as people write it), {@code step}, {@code days} left when the message goes, {@code chat} of its client or null,
     *     {@code send_at} (unix seconds), {@code account}, {@code subject}, {@code task} what the manager's task is about, by its name
     * @throws IllegalArgumentException when one of them is neither
     */
    public List<Map<String, Object>> announce(@Variable("steps") String steps, @Variable("hours") String hours) {
        List<Integer> days = blank(steps) ? settings.steps() : steps(steps);
        if (!blank(hours) && !Hours.understands(hours.strip())) {
            throw new IllegalArgumentException("hours are like 9-21, and not " + hours);
        }
        Hours open = blank(hours) ? settings.hours() : Hours.valueOf(hours.strip());
        return sql.query(announce, new MapSqlParameterSource()
                .addValue("now", Timestamp.from(clock.instant()))
                .addValue("steps", days.toArray(Integer[]::new))
                .addValue("earliest", Collections.max(days))
                .addValue("usual", usual.getId())
                .addValue("first", open.first())
                .addValue("last", open.last())
                .addValue("accounts", accounts.stream().map(Account::name).toArray(String[]::new))
                .addValue("responsibles", accounts.stream().map(account -> account.settings().responsibleUserId())
                        .map(user -> user == null ? 0L : user).toArray(Long[]::new)), Reminders::due);
    }

    private static Map<String, Object> due(ResultSet row, int number) throws SQLException {
        Map<String, Object> due = new LinkedHashMap<>();
        for (String name : List.of("machine_id", "serial", "machine", "day", "date", "step", "days", "chat", "send_at", "account", "subject")) {
            due.put(name, row.getObject(name));
        }
        due.put("task", Json.MAPPER.convertValue(Json.read(row.getString("task")), Map.class));
        return due;
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
