package dev.amorelay.flowtests;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.flowtests.FlowTest.ExpectedRows;
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

    /**
     * A misspelt column would be in no row, and a test that expects none would always pass.
     *
     * @param expected whose columns these are
     * @throws BadTest where the table has no such column
     */
    void haveColumns(ExpectedRows expected) {
        List<String> columns = jdbc.queryForList("""
                SELECT column_name FROM information_schema.columns
                WHERE table_name = ? AND table_schema = 'public' OR table_schema || '.' || table_name = ?""",
                String.class, expected.table(), expected.table());
        for (JsonNode named : List.of(expected.where(), expected.has())) {
            named.fieldNames().forEachRemaining(name -> {
                if (!columns.isEmpty() && !columns.contains(name)) {
                    throw new BadTest(expected.place(), "the table " + expected.table() + " has no column " + name + "; it has "
                            + String.join(", ", columns));
                }
            });
        }
    }

    private static String cause(DataAccessException failure) {
        return failure.getMostSpecificCause().getMessage().lines().findFirst().orElse("");
    }
}
