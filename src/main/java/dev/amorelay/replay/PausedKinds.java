package dev.amorelay.replay;

import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Kinds of work that are paused, in the database, so that all nodes obey with their next look for work, and after a
 * restart too. What a worker holds already, it finishes.
 */
@Component
class PausedKinds {

    /** All webhook events. */
    static final String INBOX = "inbox";
    private static final Logger LOG = LoggerFactory.getLogger(PausedKinds.class);

    private final JdbcTemplate jdbc;
    private final CamelContext camel;

    PausedKinds(JdbcTemplate jdbc, CamelContext camel) {
        this.jdbc = jdbc;
        this.camel = camel;
    }

    /**
     * Pauses a kind, or lets it go on.
     *
     * @param kind an effect's kind, or {@link #INBOX}
     * @param paused what it shall be
     * @param by who says so, for the log
     * @return whether that changed anything
     */
    boolean set(String kind, boolean paused, String by) {
        boolean changed = jdbc.update(paused ? "INSERT INTO paused_kinds (kind) VALUES (?) ON CONFLICT DO NOTHING"
                : "DELETE FROM paused_kinds WHERE kind = ?", kind) == 1;
        if (changed) {
            LOG.info("{} {} by {}", kind, paused ? "paused" : "resumed", by);
        }
        return changed;
    }

    /** @return kinds that are paused, and since when */
    Map<String, OffsetDateTime> all() {
        Map<String, OffsetDateTime> all = new LinkedHashMap<>();
        jdbc.query("SELECT kind, since FROM paused_kinds ORDER BY kind",
                row -> { all.put(row.getString("kind"), row.getObject("since", OffsetDateTime.class)); });
        return all;
    }

    /** @return kinds that a route serves, and the inbox */
    Set<String> known() {
        Set<String> known = new TreeSet<>(Set.of(INBOX));
        camel.getRoutes().stream().map(route -> route.getEndpoint().getEndpointUri()).filter(uri -> uri.startsWith("outbox:"))
                .forEach(uri -> known.add(uri.replaceFirst("^outbox:(//)?", "").replaceFirst("\\?.*", "")));
        return known;
    }
}
