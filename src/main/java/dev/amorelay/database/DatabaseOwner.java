package dev.amorelay.database;

import java.util.List;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/** Remembers whether a database is a sandbox's or a live relay's, and refuses it to the other. */
final class DatabaseOwner {

    static final String SANDBOX = "sandbox";
    static final String LIVE = "live";
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseOwner.class);

    private final JdbcTemplate jdbc;
    private final String kind;

    /**
     * @param kind who starts: {@link #SANDBOX} or {@link #LIVE}
     */
    DatabaseOwner(DataSource dataSource, String kind) {
        this.jdbc = new JdbcTemplate(dataSource);
        this.kind = kind;
    }

    /**
     * Before anything is changed in it.
     *
     * @throws DatabaseStartFailed when it is the other's
     */
    void check() {
        boolean remembers = Boolean.TRUE.equals(jdbc.queryForObject("SELECT to_regclass('database_owner') IS NOT NULL", Boolean.class));
        if (remembers) {
            refuseOthers();
        }
    }

    /**
     * Takes one that is nobody's yet. Of two who take it at once the second is refused.
     *
     * @throws DatabaseStartFailed when it is the other's
     */
    void take() {
        if (jdbc.update("INSERT INTO database_owner (kind) VALUES (?) ON CONFLICT DO NOTHING", kind) == 1) {
            LOG.debug("the database is {} from now on", kind);
        }
        refuseOthers();
    }

    private void refuseOthers() {
        List<String> owner = jdbc.queryForList("SELECT kind FROM database_owner", String.class);
        if (!owner.isEmpty() && !owner.get(0).equals(kind)) {
            throw new DatabaseStartFailed(kind.equals(LIVE)
                    ? "This database is a sandbox's: its people and deals are invented, and a live relay would deliver them. Give an empty one, in "
                            + "DATABASE_URL or RELAY_DATA_DIR. (Is it a live relay's after all: UPDATE database_owner SET kind = 'live'.)"
                    : "This database is a live relay's, and the sandbox has no business in it. Name the account in AMOCRM_SUBDOMAIN, or give the "
                            + "sandbox a folder of its own in RELAY_DATA_DIR.");
        }
    }
}
