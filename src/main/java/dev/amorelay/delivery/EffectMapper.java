package dev.amorelay.delivery;

import dev.amorelay.json.Json;
import dev.amorelay.json.UnreadableJson;
import dev.amorelay.work.ClaimedRow;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;

/** Rows of {@code outbox} as effects, one by one: what is wrong with one is said of that one. */
final class EffectMapper {

    private EffectMapper() {
    }

    /** @return the effect of a row just claimed; unfit where its payload cannot be read */
    static ClaimedRow<Effect> claimed(ResultSet row, int number) throws SQLException {
        try {
            return ClaimedRow.of(effect(row, Json.map(row.getString("payload"))));
        } catch (UnreadableJson e) {
            return new ClaimedRow<>(effect(row, Map.of()), "its payload cannot be read: " + e.getMessage());
        }
    }

    private static Effect effect(ResultSet row, Map<String, Object> payload) throws SQLException {
        return new Effect(row.getLong("id"), row.getLong("lease"), row.getString("kind"), row.getString("account"),
                row.getString("dedupe_key"), row.getString("subject_id"), payload,
                row.getInt("attempts"), row.getInt("failures"), row.getBoolean("in_doubt"), row.getInt("lapses"));
    }
}
