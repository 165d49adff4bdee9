package dev.amorelay.amocrm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.delivery.StartupWork;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The time zones of the accounts: a date in amoCRM is midnight by the account's clock (facts §3.3). Each account tells its own,
 * which is kept; until then it is the one of the settings. Whoever reckons in SQL calls {@code account_zone(account_id, usual)}.
 */
@Component
public class AccountZones {

    private static final String FIRST_LOOK = "time zones of the accounts";
    private static final Logger LOG = LoggerFactory.getLogger(AccountZones.class);

    private final Accounts accounts;
    private final KnownAccounts numbers;
    private final Gate gate;
    private final JdbcTemplate jdbc;
    private final TaskScheduler scheduler;
    private final ApplicationEventPublisher events;
    private final TransactionOperations transaction;
    private final ZoneId usual;
    private final StartupWork startup;

    AccountZones(Accounts accounts, KnownAccounts numbers, Gate gate, JdbcTemplate jdbc, TaskScheduler scheduler, StartupWork startup,
                 ApplicationEventPublisher events, TransactionOperations transaction, @Value("${relay.time-zone}") ZoneId usual) {
        this.accounts = accounts;
        this.numbers = numbers;
        this.gate = gate;
        this.jdbc = jdbc;
        this.scheduler = scheduler;
        this.startup = startup;
        startup.expect(FIRST_LOOK);
        this.events = events;
        this.transaction = transaction;
        this.usual = usual;
    }

    /** @return the zone of an account that has not told its own */
    public ZoneId usual() {
        return usual;
    }

    /**
     * The zone of an account.
     *
     * @param name the configured name; null = the default account
     * @return as the account told it, else {@link #usual()}
     */
    public ZoneId of(@Nullable String name) {
        return jdbc.queryForList("SELECT time_zone FROM amocrm_accounts WHERE name = ? AND time_zone IS NOT NULL", String.class,
                name == null ? Accounts.DEFAULT : name).stream().flatMap(told -> known(told).stream()).findFirst().orElse(usual);
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

    /** Asks the accounts that have not told their zone yet, every five minutes until each has. */
    @Scheduled(fixedDelay = 300_000, initialDelay = 300_000)
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
            JsonNode told = gate.call(CrmCall.get(name, "/api/v4/account", "with=datetime_settings")).embedded("datetime_settings");
            String zone = told.path("timezone").asText("");
            Optional<String> usable = Stream.of(zone, byOffset(told.path("timezone_offset").asText(""))).filter(this::isZone).findFirst();
            if (usable.isEmpty()) {
                LOG.warn("amoCRM account {} tells a time zone that is none, dates stay in {}", name, of(name));
                return;
            }
            if (!usable.get().equals(zone)) {
                LOG.warn("amoCRM account {} tells a time zone that is not known here, its dates go by its distance from UTC: {}", name, usable.get());
            }
            keep(name, numbers.numberOf(name), usable.get());
        } catch (RuntimeException e) {
            LOG.warn("amoCRM account {} does not tell its time zone now, dates stay in {}: {}", name, of(name), e.getMessage());
        }
    }

    /** Keeps it; what was reckoned in another zone before is set right in the same commit. The number too: where it is configured
     * nothing else has written it beside the name. */
    private void keep(String name, long number, String zone) {
        transaction.executeWithoutResult(commit -> {
            ZoneId before = of(name);
            jdbc.update("""
                INSERT INTO amocrm_accounts AS known (name, account_id, time_zone, time_zone_read_at)
                SELECT ?, (SELECT ?::bigint WHERE NOT EXISTS (SELECT FROM amocrm_accounts WHERE account_id = ? AND name <> ?)), ?, now()
                ON CONFLICT (name) DO UPDATE SET account_id = coalesce(excluded.account_id, known.account_id),
                    time_zone = excluded.time_zone, time_zone_read_at = now()""", name, number, number, name, zone);
            if (!before.getId().equals(zone)) {
                LOG.info("amoCRM account {} counts its days in {}, until now {}", name, zone, before);
                events.publishEvent(new ZoneLearned(name, number, before, ZoneId.of(zone)));
            }
        });
    }

    /** Zones come, go and are renamed; whole hours have a name of their own in every list, whose sign is turned round. */
    private static String byOffset(String told) {
        try {
            int seconds = ZoneOffset.of(told).getTotalSeconds();
            return seconds % 3600 != 0 ? "" : seconds == 0 ? "UTC" : "Etc/GMT" + (seconds > 0 ? "-" : "+") + Math.abs(seconds / 3600);
        } catch (DateTimeException e) {
            return "";
        }
    }

    private static Optional<ZoneId> known(String zone) {
        try {
            return Optional.of(ZoneId.of(zone));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** The database reckons in it as well. */
    private boolean isZone(String told) {
        return known(told).isPresent() && Boolean.TRUE.equals(
                jdbc.queryForObject("SELECT EXISTS (SELECT FROM pg_timezone_names WHERE name = ?)", Boolean.class, told));
    }
}
