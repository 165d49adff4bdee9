package dev.amorelay.flowtests;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.flowtests.FlowTest.Row;
import dev.amorelay.json.Json;
import java.util.ArrayList;
import java.util.List;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/** Rows in and out, as JSON. */
final class Tables {

    private final JdbcTemplate jdbc;

    Tables(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Writes a row.
     *
     * @throws BadTest where the table does not take it
     */
    void insert(Row row) {
        List<String> columns = new ArrayList<>();
        row.values().fieldNames().forEachRemaining(name -> columns.add('"' + name.replace("\"", "") + '"'));
        String names = String.join(", ", columns);
        try {
            jdbc.update("INSERT INTO " + row.table() + " (" + names + ") SELECT " + names
                    + " FROM jsonb_populate_record(NULL::" + row.table() + ", ?::jsonb)", Json.write(row.values()));
        } catch (DataAccessException e) {
            throw new BadTest(row.place(), "the table " + row.table() + " does not take this row: " + cause(e));
        }
    }

    /**
     * All rows of a table.
     *
     * @param place who asks
     * @param table its name
     */
    List<JsonNode> rows(Place place, String table) {
        try {
            return jdbc.queryForList("SELECT to_jsonb(t)::text FROM " + table + " t", String.class).stream().map(Json::read).toList();
        } catch (DataAccessException e) {
            throw new BadTest(place, "the table " + table + " cannot be read: " + cause(e));
        }
    }

    private static String cause(DataAccessException failure) {
        return failure.getMostSpecificCause().getMessage().lines().findFirst().orElse("");
    }
}
