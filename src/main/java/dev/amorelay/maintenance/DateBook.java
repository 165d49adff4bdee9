package dev.amorelay.maintenance;

import dev.amorelay.database.SqlFile;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;

/** Keeps what the CRM and we have told each other about the next maintenance of a deal's machines. */
@Component
class DateBook {

    private final JdbcTemplate jdbc;
    private final NamedParameterJdbcTemplate sql;
    private final String follow = SqlFile.read("maintenance/follow.sql");

    DateBook(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
        this.sql = new NamedParameterJdbcTemplate(jdbc);
    }

    /** A deal, and the clock by which its days are told. */
    record Deal(long accountId, String id, ZoneId zone) {
    }

    /** Locks what is known until the commit: whoever changes a deal's dates takes turns here. */
    KnownDate lock(Deal deal) {
        jdbc.update("INSERT INTO deal_maintenance_dates (account_id, amocrm_deal_id) VALUES (?, ?) ON CONFLICT DO NOTHING",
                deal.accountId(), deal.id());
        return jdbc.queryForObject("SELECT * FROM deal_maintenance_dates WHERE account_id = ? AND amocrm_deal_id = ? FOR UPDATE",
                (row, number) -> known(row), deal.accountId(), deal.id());
    }

    /**
     * Takes over what was read from the CRM, in the transaction of its caller.
     *
     * @param day what the field holds; null = nothing, which moves no machine: a date once known is not forgotten
     * @param updatedAt the deal's {@code updated_at}
     */
    KnownDate.Meaning told(Deal deal, @Nullable LocalDate day, Instant updatedAt) {
        KnownDate known = lock(deal);
        KnownDate.Meaning meaning = known.of(day, updatedAt);
        if (meaning == KnownDate.Meaning.NOTHING) {
            return meaning;
        }
        boolean theirs = meaning == KnownDate.Meaning.CHANGED;
        jdbc.update("""
                UPDATE deal_maintenance_dates SET previous_day = crm_day, crm_day = ?, crm_changed_at = ?,
                       wanted_day = CASE WHEN ? THEN NULL ELSE wanted_day END
                WHERE account_id = ? AND amocrm_deal_id = ?""", day, Timestamp.from(updatedAt), theirs, deal.accountId(), deal.id());
        if (theirs && day != null) {
            sql.update(follow, new MapSqlParameterSource().addValue("account", deal.accountId()).addValue("deal", deal.id())
                    .addValue("zone", deal.zone().getId()).addValue("day", day).addValue("before", known.crmDay(), Types.DATE));
        }
        return meaning;
    }

    /** The nearest date of the deal's machines; the field holds one for all of them. */
    Optional<LocalDate> nearest(Deal deal) {
        return Optional.ofNullable(jdbc.queryForObject("""
                SELECT min((next_maintenance_date AT TIME ZONE ?)::date) FROM machine_instances
                WHERE account_id = ? AND amocrm_deal_id = ?""", LocalDate.class, deal.zone().getId(), deal.accountId(), deal.id()));
    }

    /** Notes what the CRM is to be told. */
    long want(Deal deal, LocalDate day, Instant now) {
        return jdbc.queryForObject("""
                UPDATE deal_maintenance_dates SET wanted_day = ?, wanted_at = ?, revision = revision + 1
                WHERE account_id = ? AND amocrm_deal_id = ? RETURNING revision""", Long.class, day, Timestamp.from(now),
                deal.accountId(), deal.id());
    }

    /** Notes that there is nothing to tell the CRM: it holds that date, or has no such deal any more. */
    void wantNothing(Deal deal) {
        jdbc.update("UPDATE deal_maintenance_dates SET wanted_day = NULL, writing_day = NULL WHERE account_id = ? AND amocrm_deal_id = ?",
                deal.accountId(), deal.id());
    }

    /** Notes what is about to be written, so that its echo is known whenever it comes. */
    void writing(Deal deal, LocalDate day) {
        jdbc.update("UPDATE deal_maintenance_dates SET writing_day = ? WHERE account_id = ? AND amocrm_deal_id = ?", day,
                deal.accountId(), deal.id());
    }

    /** Notes what the CRM holds since we wrote it; what was set here meanwhile is still wanted. */
    void written(Deal deal, LocalDate day, long revision, Instant updatedAt) {
        Timestamp at = Timestamp.from(updatedAt);
        jdbc.update("""
                UPDATE deal_maintenance_dates SET
                    previous_day = CASE WHEN crm_day IS DISTINCT FROM ? AND coalesce(crm_changed_at <= ?, true) THEN crm_day ELSE previous_day END,
                    crm_day = CASE WHEN coalesce(crm_changed_at <= ?, true) THEN ? ELSE crm_day END,
                    crm_changed_at = greatest(crm_changed_at, ?),
                    wanted_day = CASE WHEN revision = ? THEN NULL ELSE wanted_day END, writing_day = NULL
                WHERE account_id = ? AND amocrm_deal_id = ?""", day, at, at, day, at, revision, deal.accountId(), deal.id());
    }

    private static KnownDate known(ResultSet row) throws SQLException {
        return new KnownDate(day(row, "crm_day"), day(row, "previous_day"), moment(row, "crm_changed_at"), day(row, "wanted_day"),
                moment(row, "wanted_at"), row.getLong("revision"), day(row, "writing_day"));
    }

    private static LocalDate day(ResultSet row, String column) throws SQLException {
        return row.getObject(column, LocalDate.class);
    }

    private static Instant moment(ResultSet row, String column) throws SQLException {
        Timestamp at = row.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }
}
