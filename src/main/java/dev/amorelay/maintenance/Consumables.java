package dev.amorelay.maintenance;

import java.util.List;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What each model needs at its maintenance, as the manager has written it down. Models are told apart as {@code model_key} does. */
@Component
class Consumables {

    private final JdbcTemplate jdbc;

    Consumables(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** @return all of them, model by model, in the order in which they are offered */
    List<Consumable> all() {
        return jdbc.query("SELECT model, name, article, quantity FROM model_consumables ORDER BY model_key, position", (row, number) ->
                new Consumable(row.getString("model"), row.getString("name"), row.getString("article"), row.getString("quantity")));
    }

    /** Puts a list in the place of the old one, in one commit. */
    @Transactional
    void replace(List<Consumable> consumables) {
        // of two at once the later one stays whole
        jdbc.execute("LOCK TABLE model_consumables IN SHARE ROW EXCLUSIVE MODE");
        jdbc.update("DELETE FROM model_consumables");
        jdbc.update("""
                INSERT INTO model_consumables (model_key, position, model, name, article, quantity)
                SELECT model_key(model), row_number() OVER (PARTITION BY model_key(model) ORDER BY number),
                       first_value(model) OVER (PARTITION BY model_key(model) ORDER BY number), name, article, quantity
                FROM unnest(?::int[], ?::text[], ?::text[], ?::text[], ?::text[]) AS told(number, model, name, article, quantity)""",
                IntStream.range(0, consumables.size()).boxed().toArray(Integer[]::new),
                consumables.stream().map(Consumable::model).toArray(String[]::new),
                consumables.stream().map(Consumable::name).toArray(String[]::new),
                consumables.stream().map(Consumable::article).toArray(String[]::new),
                consumables.stream().map(Consumable::quantity).toArray(String[]::new));
    }
}
