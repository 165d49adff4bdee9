package dev.amorelay.amocrm;

import dev.amorelay.amocrm.ConfiguredValue.Place;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Configured ids that an account refuses, for all nodes: a manager who was dismissed, a stage, pipeline or field that is gone.
 * They are left out of what is written, the account is degraded, and now and then one write tries them again.
 */
@Component
public class RefusedValues {

    private static final Logger LOG = LoggerFactory.getLogger(RefusedValues.class);

    /** So long nobody pays a refused call for a value that was refused. */
    private static final Duration LEFT_OUT = Duration.ofMinutes(10);

    private final JdbcTemplate jdbc;
    private final Accounts accounts;

    RefusedValues(JdbcTemplate jdbc, Accounts accounts) {
        this.jdbc = jdbc;
        this.accounts = accounts;
    }

    /**
     * A refused id.
     *
     * @param place where it is written
     * @param id amoCRM's id
     * @param code the rule that it breaks, as amoCRM calls it
     */
    public record Value(Place place, long id, String code) {

        /** @return whether both name the same id at the same place */
        boolean isSame(Value other) {
            return place == other.place && id == other.id;
        }
    }

    /**
     * What is wrong with an account's settings.
     *
     * @param cause a Russian sentence
     * @param remedy what to do, a Russian sentence
     * @param since when it was refused first
     */
    public record Fault(String cause, String remedy, OffsetDateTime since) {
    }

    /**
     * What is to be left out at present.
     *
     * @param account the configured name
     * @return the refused ids whose time to be tried again has not come
     */
    public Set<Value> leftOut(String account) {
        return values(account, " AND left_out_until > now()");
    }

    /**
     * Whether an id was refused and not served since.
     *
     * @param account the configured name
     * @param place where it is written
     * @param id amoCRM's id
     * @return true also when it is due to be tried again
     */
    public boolean isRefused(String account, Place place, long id) {
        return values(account, "").stream().anyMatch(value -> value.place() == place && value.id() == id);
    }

    private Set<Value> values(String account, String which) {
        return new HashSet<>(jdbc.query("SELECT place, value, code FROM amocrm_refused_values WHERE account = ?" + which,
                (row, number) -> new Value(Place.of(row.getString("place")), row.getLong("value"), row.getString("code")), account));
    }

    /**
     * Notes that the account refuses an id; the log tells it once.
     *
     * @param account the configured name
     * @param value the id
     * @return whether that is news
     */
    boolean refused(String account, Value value) {
        String cause = "amoCRM не принимает " + value.place().object() + " " + named(account, value.place(), value.id()) + ": "
                + value.place().usualReason() + " (" + value.code() + ")";
        String remedy = "исправьте настройку или верните значение в amoCRM и проверьте GET /api/admin/crm-setup;"
                + " до того сделки создаются без него, о чём в них есть примечание";
        Boolean isNews = jdbc.queryForObject("""
                INSERT INTO amocrm_refused_values AS known (account, place, value, code, cause, remedy, left_out_until)
                VALUES (?, ?, ?, ?, ?, ?, now() + ? * interval '1 s')
                ON CONFLICT (account, place, value) DO UPDATE SET code = excluded.code, cause = excluded.cause,
                    remedy = excluded.remedy, left_out_until = excluded.left_out_until
                RETURNING since = now()""", Boolean.class, account, value.place().word(), value.id(), value.code(), cause, remedy,
                LEFT_OUT.toSeconds());
        if (Boolean.TRUE.equals(isNews)) {
            LOG.error("amoCRM account {} is degraded: {}. {}", account, cause, remedy);
        }
        return Boolean.TRUE.equals(isNews);
    }

    /** The account shows that the id is gone: when it shows that it is there again, that can be believed. */
    void seenWrong(String account, Value value) {
        jdbc.update("UPDATE amocrm_refused_values SET seen_wrong = true WHERE account = ? AND place = ? AND value = ?", account,
                value.place().word(), value.id());
    }

    /** The account shows nothing wrong. If it never did, only a write can tell: the next one tries. */
    void seenRight(String account, Value value) {
        Integer wrong = jdbc.queryForObject("SELECT count(*) FROM amocrm_refused_values WHERE account = ? AND place = ? AND value = ? AND seen_wrong",
                Integer.class, account, value.place().word(), value.id());
        if (wrong != null && wrong > 0) {
            right(account, List.of(value));
        }
    }

    /**
     * Notes that the account takes ids, or that its settings do not name them any more.
     *
     * @param account the configured name
     * @param values the ids
     */
    public void right(String account, Collection<Value> values) {
        for (Value value : values) {
            if (jdbc.update("DELETE FROM amocrm_refused_values WHERE account = ? AND place = ? AND value = ?", account,
                    value.place().word(), value.id()) > 0) {
                LOG.info("amoCRM account {}: {} is right again", account, named(account, value.place(), value.id()));
            }
        }
    }

    /**
     * All that was refused and is not right yet.
     *
     * @param account the configured name
     * @return also what is due to be tried again
     */
    public Set<Value> all(String account) {
        return values(account, "");
    }

    /**
     * What is wrong with an account's settings.
     *
     * @param account the configured name
     * @return the oldest first; empty where nothing is known to be wrong
     */
    public List<Fault> faults(String account) {
        return jdbc.query("SELECT cause, remedy, since FROM amocrm_refused_values WHERE account = ? ORDER BY since, place, value",
                (row, number) -> new Fault(row.getString("cause"), row.getString("remedy"), row.getObject("since", OffsetDateTime.class)),
                account);
    }

    /**
     * How people call an id.
     *
     * @param account the configured name
     * @param place where it is written
     * @param id amoCRM's id
     * @return {@code AMOCRM_STATUS_ID=7}; the bare id, where no setting of the account names it
     */
    public String named(String account, Place place, long id) {
        Account known = accounts.named(account);
        String settings = ConfiguredValue.of(known.settings()).stream().filter(value -> value.place() == place && value.id() == id)
                .map(value -> known.setting(value.setting())).collect(Collectors.joining(", "));
        return settings.isEmpty() ? String.valueOf(id) : settings + "=" + id;
    }
}
