package dev.amorelay.replay;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.database.SqlFile;
import dev.amorelay.json.Json;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;

/** Lets effects be performed, and webhook events be worked on, once more. Keys are kept, so nothing happens twice. */
@Component
class Replay {

    private static final Logger LOG = LoggerFactory.getLogger(Replay.class);
    private static final String EFFECTS = SqlFile.read("replay/effects.sql");
    private static final String EVENTS = SqlFile.read("replay/events.sql");

    private final NamedParameterJdbcTemplate jdbc;

    Replay(JdbcTemplate jdbc) {
        this.jdbc = new NamedParameterJdbcTemplate(jdbc);
    }

    /**
     * Does what is wished, in one commit, or tells what would be done.
     *
     * @param wish which rows
     * @return {@code {dryRun, replayed, kept, waiting, underWay, mayHaveArrived, more, groups: [{fate, kind, account, state,
     *     count, sample}]}}; a group's sample names up to ten ids
     */
    ObjectNode on(ReplayWish wish) {
        ObjectNode answer = Json.object().put("what", wish.word()).put("dryRun", wish.dryRun());
        List.of("replayed", "kept", "waiting", "underWay", "mayHaveArrived").forEach(fate -> answer.put(fate, 0L));
        ArrayNode groups = Json.array();
        long chosen = 0;
        for (ObjectNode group : jdbc.query(wish.what() == ReplayWish.What.EFFECTS ? EFFECTS : EVENTS, parameters(wish), Replay::group)) {
            String fate = group.path("fate").asText();
            long count = group.path("count").asLong();
            answer.put(fate, answer.path(fate).asLong() + count);
            chosen += count;
            groups.add(group);
        }
        answer.put("more", chosen == wish.limit()).set("groups", groups);
        if (!wish.dryRun()) {
            LOG.info("replay by the admin: {} {} once more, of {} chosen", answer.path("replayed"), wish.word(), chosen);
        }
        return answer;
    }

    private static MapSqlParameterSource parameters(ReplayWish wish) {
        return new MapSqlParameterSource()
                .addValue("states", list(wish.states()), Types.VARCHAR)
                .addValue("ids", list(wish.ids()), Types.VARCHAR)
                .addValue("kinds", list(wish.kinds()), Types.VARCHAR)
                .addValue("from", wish.from(), Types.TIMESTAMP_WITH_TIMEZONE)
                .addValue("to", wish.to(), Types.TIMESTAMP_WITH_TIMEZONE)
                .addValue("account", wish.account(), Types.VARCHAR)
                .addValue("deal", wish.deal() == null ? null : String.valueOf(wish.deal()), Types.VARCHAR)
                .addValue("cause", wish.cause(), Types.VARCHAR)
                .addValue("limit", wish.limit())
                .addValue("dryRun", wish.dryRun())
                .addValue("evenIfItMayHaveArrived", wish.evenIfItMayHaveArrived());
    }

    /** As the statements take it apart again; null = any. */
    private static String list(List<?> values) {
        return values.isEmpty() ? null : values.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    private static ObjectNode group(ResultSet row, int number) throws SQLException {
        ObjectNode group = Json.object().put("fate", row.getString("fate")).put("kind", row.getString("kind"))
                .put("account", row.getString("account")).put("state", row.getString("state")).put("count", row.getLong("count"));
        Array sample = row.getArray("sample");
        ArrayNode ids = group.putArray("sample");
        for (Long id : (Long[]) sample.getArray()) {
            ids.add(id);
        }
        return group;
    }
}
