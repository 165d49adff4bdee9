package dev.amorelay.amocrm;

import dev.amorelay.delivery.StartupWork;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * The time zones of the accounts: a date in amoCRM is midnight by the account's clock (facts §3.3). Each account tells its own,
 * which is kept; until then it is Moscow's.
 */
@Component
public class AccountZones {

    /** Where nothing else is told. */
    public static final ZoneId USUAL = ZoneId.of("Europe/Moscow");

    private static final String FIRST_LOOK = "time zones of the accounts";
    private static final Logger LOG = LoggerFactory.getLogger(AccountZones.class);

    private final Accounts accounts;
    private final KnownAccounts numbers;
    private final Gate gate;
    private final JdbcTemplate jdbc;
    private final TaskScheduler scheduler;
    private final StartupWork startup;

    AccountZones(Accounts accounts, KnownAccounts numbers, Gate gate, JdbcTemplate jdbc, TaskScheduler scheduler,
                 StartupWork startup) {
        this.accounts = accounts;
        this.numbers = numbers;
        this.gate = gate;
        this.jdbc = jdbc;
        this.scheduler = scheduler;
        this.startup = startup;
        startup.expect(FIRST_LOOK);
    }

    /**
     * The zone of an account.
     *
     * @param name the configured name
     * @return as the account told it, else {@link #USUAL}
     */
    public ZoneId of(String name) {
        return jdbc.queryForList("SELECT time_zone FROM amocrm_accounts WHERE name = ?", String.class, name)
                .stream().map(ZoneId::of).findFirst().orElse(USUAL);
    }

    /** Nobody waits for the answers, the doors least of all. */
    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        scheduler.schedule(() -> {
            try {
                learn();
            } finally {
                startup.done(FIRST_LOOK);
            }
        }, Instant.now());
    }

    /** Asks the accounts that have not told their zone yet, once an hour until each has. */
    @Scheduled(fixedDelay = 3_600_000, initialDelay = 3_600_000)
    public void learn() {
        List<String> known = jdbc.queryForList("SELECT name FROM amocrm_accounts WHERE time_zone_read_at IS NOT NULL", String.class);
        accounts.all().stream().map(Account::name).filter(name -> !known.contains(name)).forEach(this::ask);
    }

    /** Asks all accounts: somebody may have changed one's zone. Who cannot answer keeps what is known. */
    public void refresh() {
        accounts.all().forEach(account -> ask(account.name()));
    }

    private void ask(String name) {
        try {
            CrmAnswer answer = gate.call(CrmCall.get(name, "/api/v4/account", "with=datetime_settings"));
            String told = answer.embedded("datetime_settings").path("timezone").asText("");
            if (isZone(told)) {
                keep(name, numbers.numberOf(name), told);
            } else {
                LOG.warn("amoCRM account {} tells a time zone that is none, dates stay in {}", name, of(name));
            }
        } catch (RuntimeException e) {
            LOG.warn("amoCRM account {} does not tell its time zone now, dates stay in {}: {}", name, of(name), e.getMessage());
        }
    }

    /** The number too: where it is configured nothing else has written it beside the name. */
    private void keep(String name, long number, String zone) {
        jdbc.update("""
                INSERT INTO amocrm_accounts AS known (name, account_id, time_zone, time_zone_read_at)
                SELECT ?, (SELECT ?::bigint WHERE NOT EXISTS (SELECT FROM amocrm_accounts WHERE account_id = ? AND name <> ?)), ?, now()
                ON CONFLICT (name) DO UPDATE SET account_id = coalesce(excluded.account_id, known.account_id),
                    time_zone = excluded.time_zone, time_zone_read_at = now()""", name, number, number, name, zone);
    }

    /** The database reckons in it as well. */
    private boolean isZone(String told) {
        try {
            ZoneId.of(told);
        } catch (DateTimeException e) {
            return false;
        }
        return Boolean.TRUE.equals(jdbc.queryForObject("SELECT EXISTS (SELECT FROM pg_timezone_names WHERE name = ?)", Boolean.class, told));
    }
}
