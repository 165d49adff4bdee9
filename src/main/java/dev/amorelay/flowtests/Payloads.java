package dev.amorelay.flowtests;

import dev.amorelay.json.Json;
import dev.amorelay.workshop.PayloadShapes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springframework.jdbc.core.JdbcTemplate;

/** Looks whether what a test left in the outbox has the shape that is written of its kind. */
final class Payloads {

    private final JdbcTemplate jdbc;
    private final PayloadShapes shapes;

    Payloads(JdbcTemplate jdbc, Path routes) {
        this.jdbc = jdbc;
        try {
            Path file = routes.resolve("shapes.yaml");
            this.shapes = PayloadShapes.of(Files.exists(file) ? Files.readString(file) : null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What does not fit; a key that its performer has taken out since, like a text that it forgets, is not missed. */
    List<Problem> misfits(FlowTest test) {
        Map<String, Set<String>> wrong = new TreeMap<>();
        jdbc.query("SELECT kind, payload::text AS payload FROM outbox ORDER BY id", row -> {
            String kind = row.getString("kind");
            shapes.strange(kind, Json.read(row.getString("payload"))).forEach(one -> wrong.computeIfAbsent(kind, first -> new TreeSet<>()).add(one));
        });
        return wrong.entrySet().stream().map(one -> new Problem(test.place(), "an effect of kind " + one.getKey()
                + " does not have the shape that shapes.yaml gives it", new ArrayList<>(one.getValue()))).toList();
    }
}
