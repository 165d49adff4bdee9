package dev.amorelay.maintenance;

import dev.amorelay.amocrm.Accounts;
import dev.amorelay.amocrm.ZoneLearned;
import dev.amorelay.database.SqlFile;
import java.sql.Types;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;

/** A date is stored as the first moment of a day: when an account's clock turns out to be another one, its dates stay days. */
@Component
class ZoneChange {

    private final NamedParameterJdbcTemplate sql;
    private final Accounts accounts;
    private final String newZone = SqlFile.read("maintenance/new-zone.sql");

    ZoneChange(JdbcTemplate jdbc, Accounts accounts) {
        this.sql = new NamedParameterJdbcTemplate(jdbc);
        this.accounts = accounts;
    }

    /** In the commit that keeps the zone. */
    @EventListener
    void learned(ZoneLearned change) {
        sql.update(newZone, new MapSqlParameterSource().addValue("account", change.accountId())
                .addValue("default", Accounts.DEFAULT.equals(change.account()))
                .addValue("field", accounts.named(change.account()).settings().field().nextMaintenanceId(), Types.BIGINT)
                .addValue("before", change.before().getId()).addValue("zone", change.zone().getId()));
    }
}
