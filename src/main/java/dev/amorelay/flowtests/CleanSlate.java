package dev.amorelay.flowtests;

import java.time.Duration;
import java.util.List;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.component.resilience4j.ResilienceProcessor;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.jdbc.core.JdbcTemplate;

/** Makes the relay, between two tests, as it was before the first. */
final class CleanSlate {

    /**
     * Quartz and the account's number are the running relay's own; tables of the sandbox are in a schema of theirs. Locked first,
     * so that whoever still writes has ended. To truncate some fifty tables would make all their files anew, each time.
     */
    private static final String EMPTY = """
            DO $$
            DECLARE
                tables text[] := ARRAY(
                    SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) FROM pg_tables
                    WHERE schemaname IN ('public', 'sandbox') AND tablename NOT LIKE 'qrtz%'
                      AND tablename NOT IN ('flyway_schema_history', 'amocrm_accounts', 'database_owner'));
                one text;
            BEGIN
                EXECUTE 'LOCK TABLE ' || array_to_string(tables, ', ') || ' IN ACCESS EXCLUSIVE MODE';
                -- in whatever order: no row is left that another could refer to
                SET LOCAL session_replication_role = replica;
                FOREACH one IN ARRAY tables LOOP
                    EXECUTE 'DELETE FROM ' || one;
                END LOOP;
            END $$""";
    private static final int MOST_TRIES = 5;
    private static final Duration END_OF_WORK = Duration.ofSeconds(40);

    private final RelayUnderTest relay;
    private final JdbcTemplate jdbc;
    private final Quiet quiet;
    private final Doorway doorway;

    CleanSlate(RelayUnderTest relay, Quiet quiet, Doorway doorway) {
        this.relay = relay;
        this.jdbc = relay.jdbc();
        this.quiet = quiet;
        this.doorway = doorway;
    }

    /** Ends what is under way and forgets everything. */
    void wipe() {
        relay.watch().fail(List.of());
        relay.outside().script(List.of());
        doorway.sandbox("DELETE", "/sandbox/api/faults", "");
        boolean ended = Patience.until(END_OF_WORK, () -> {
            quiet.giveUp();
            return quiet.isNow();
        });
        if (!ended) {
            throw new IllegalStateException("the work of the test before does not come to its end: " + quiet.left(false));
        }
        empty(MOST_TRIES);
        jdbc.update("UPDATE amocrm_accounts SET state = 'ok', cause = NULL, remedy = NULL, paused_until = NULL, time_zone = NULL, time_zone_read_at = NULL");
        jdbc.update("DELETE FROM amocrm_paces");
        relay.camel().getRoutes().forEach(CleanSlate::closeBreakers);
        relay.outside().script(List.of());
    }

    /** Workers that look for work meanwhile lock the same tables in an order of their own. */
    private void empty(int tries) {
        try {
            jdbc.execute(EMPTY);
        } catch (PessimisticLockingFailureException deadlock) {
            if (tries <= 1) {
                throw deadlock;
            }
            empty(tries - 1);
        }
    }

    private static void closeBreakers(Route route) {
        for (Processor processor : route.filter("*")) {
            if (processor instanceof ResilienceProcessor breaker) {
                breaker.transitionToCloseState();
            }
        }
    }
}
