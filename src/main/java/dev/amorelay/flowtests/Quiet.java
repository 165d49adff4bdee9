package dev.amorelay.flowtests;

import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionOperations;

/** Tells whether the relay has anything left to do now. */
final class Quiet {

    private static final String OUTBOX = """
            SELECT kind || ' ' || id FROM outbox
            WHERE locked_until > now()
               OR kind = ANY (?) AND status IN ('pending', 'failed') AND (next_attempt_at <= now() OR ?)
                  AND NOT is_paused(account) AND NOT is_kind_paused(kind)""";
    private static final String INBOX = """
            SELECT 'event ' || id FROM amocrm_webhook_events
            WHERE locked_until > now()
               OR NOT processed AND outcome IS NULL AND account <> '' AND (next_attempt_at <= now() OR ?)
                  AND NOT is_paused(account) AND NOT is_kind_paused('inbox')""";

    private final JdbcTemplate jdbc;
    private final CamelContext camel;
    private final TransactionOperations inOneCommit;

    Quiet(JdbcTemplate jdbc, CamelContext camel, TransactionOperations inOneCommit) {
        this.jdbc = jdbc;
        this.camel = camel;
        this.inOneCommit = inOneCommit;
    }

    /** Whether nothing is under way and nothing is due. */
    boolean isNow() {
        return camel.getInflightRepository().size() == 0 && left(false).isEmpty() && camel.getInflightRepository().size() == 0;
    }

    /**
     * What is left to do.
     *
     * @param later with what waits for its next attempt
     * @return effects and events by kind and number
     */
    List<String> left(boolean later) {
        String[] kinds = camel.getRoutes().stream().map(route -> route.getEndpoint().getEndpointUri())
                .filter(uri -> uri.startsWith("outbox:")).map(Quiet::kind).toArray(String[]::new);
        return Stream.concat(jdbc.queryForList(OUTBOX, String.class, kinds, later).stream(),
                jdbc.queryForList(INBOX, String.class, later).stream()).toList();
    }

    /** {@code outbox://crm.lead?batch=50} is about {@code crm.lead}. */
    private static String kind(String uri) {
        return uri.replaceFirst("^outbox:(//)?", "").replaceFirst("\\?.*", "");
    }

    /** What waits for its next attempt need not wait any longer: the commit tells the workers. */
    void hurry() {
        inOneCommit.executeWithoutResult(commit -> endWaits());
    }

    private void endWaits() {
        jdbc.update("UPDATE amocrm_accounts SET paused_until = NULL WHERE paused_until > now()");
        jdbc.update("UPDATE outbox SET next_attempt_at = now() WHERE status IN ('pending', 'failed') AND next_attempt_at > now()"
                + " AND (locked_until IS NULL OR locked_until < now())");
        jdbc.update("UPDATE amocrm_webhook_events SET next_attempt_at = now() WHERE NOT processed AND outcome IS NULL"
                + " AND next_attempt_at > now() AND (locked_until IS NULL OR locked_until < now())");
    }

    /** Nothing that waits is done any more; what is under way comes to its end. */
    void giveUp() {
        jdbc.update("UPDATE outbox SET status = 'skipped' WHERE status IN ('pending', 'failed') AND (locked_until IS NULL OR locked_until < now())");
        jdbc.update("UPDATE amocrm_webhook_events SET outcome = 'stored', processed = true WHERE NOT processed AND outcome IS NULL"
                + " AND (locked_until IS NULL OR locked_until < now())");
    }
}
