package dev.amorelay.replay;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.database.SqlFile;
import dev.amorelay.json.Json;
import dev.amorelay.logging.Masking;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;

/** What waits, and what is set aside. */
@Component
class Queue {

    private static final String WAITING = SqlFile.read("replay/queue.sql");
    private static final String DEAD = SqlFile.read("replay/dead.sql");

    private final NamedParameterJdbcTemplate jdbc;

    /**
     * Work of one kind that is in the same state.
     *
     * @param kind an effect's kind, or inbox
     * @param account configured name; empty for work that needs none, and for events of accounts that are not ours
     * @param state pending, failed (tried again later) or dead
     * @param count how much of it
     * @param oldestSeconds how old the oldest is
     */
    record Line(String kind, String account, String state, long count, long oldestSeconds) {
    }

    Queue(JdbcTemplate jdbc) {
        this.jdbc = new NamedParameterJdbcTemplate(jdbc);
    }

    /** @return a line for each kind, account and state of which there is something */
    List<Line> lines() {
        return jdbc.query(WAITING, (row, number) -> new Line(row.getString("kind"), row.getString("account"),
                row.getString("state"), row.getLong("count"), row.getLong("oldest_seconds")));
    }

    /**
     * What is set aside.
     *
     * @param limit how many at most, the newest first
     * @return an array of {@code {what, id, kind, account, subject, attempts, reason, since, mayHaveArrived}}; nothing personal
     */
    ArrayNode dead(int limit) {
        ArrayNode dead = Json.array();
        jdbc.query(DEAD, new MapSqlParameterSource("limit", limit), row -> {
            ObjectNode one = dead.addObject().put("what", row.getString("what")).put("id", row.getLong("id"))
                    .put("kind", row.getString("kind")).put("account", row.getString("account"))
                    .put("subject", row.getString("subject")).put("attempts", row.getInt("attempts"));
            one.put("reason", row.getString("reason") == null ? "" : Masking.mask(row.getString("reason")))
                    .put("since", row.getObject("since", OffsetDateTime.class).withOffsetSameInstant(ZoneOffset.UTC).toString())
                    .put("mayHaveArrived", row.getBoolean("may_have_arrived"));
        });
        return dead;
    }

    /** @return how many effects an older version set aside because amoCRM refused them, perhaps for a fault of the settings */
    long refusedBeforeUpgrade() {
        Long count = jdbc.getJdbcOperations().queryForObject(
                "SELECT count(*) FROM outbox WHERE status = 'dead' AND dead_by_refusal(kind, last_error, dead_since)", Long.class);
        return count == null ? 0 : count;
    }
}
