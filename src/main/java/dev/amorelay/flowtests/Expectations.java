package dev.amorelay.flowtests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.amorelay.flowtests.FlowTest.ExpectedCall;
import dev.amorelay.flowtests.FlowTest.ExpectedRows;
import dev.amorelay.json.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/** Compares what a test expects with what is there by now. */
final class Expectations {

    private final Outside outside;
    private final Tables tables;
    private final JdbcTemplate jdbc;

    Expectations(Outside outside, Tables tables, JdbcTemplate jdbc) {
        this.outside = outside;
        this.tables = tables;
        this.jdbc = jdbc;
    }

    /** What is not there yet. */
    List<Problem> missing(FlowTest test) {
        List<Problem> problems = new ArrayList<>();
        List<Call> calls = calls();
        test.calls().forEach(expected -> call(expected, calls, problems));
        test.expectedRows().forEach(expected -> rows(expected, problems));
        return problems;
    }

    /** What is there and must not be. */
    List<Problem> forbidden(FlowTest test) {
        List<Problem> problems = new ArrayList<>();
        List<Call> calls = calls();
        for (ExpectedCall never : test.never()) {
            calls.stream().filter(never::fits).findFirst().ifPresent(call ->
                    problems.add(new Problem(never.place(), "never expected: " + never.pattern(), List.of("but it was made: " + call))));
        }
        return problems;
    }

    /** All calls so far, mails at the end. */
    List<Call> calls() {
        List<Call> calls = new ArrayList<>(outside.calls());
        jdbc.query("SELECT recipient, subject, body, content_type FROM sandbox.mails ORDER BY id", row -> {
            JsonNode mail = Json.object().put("to", row.getString("recipient")).put("subject", row.getString("subject"))
                    .put("text", row.getString("body").replace("\r\n", "\n")).put("type", row.getString("content_type"));
            calls.add(new Call("mail", "", row.getString("recipient"), "", mail, ""));
        });
        return calls;
    }

    private static void call(ExpectedCall expected, List<Call> calls, List<Problem> problems) {
        List<Call> alike = calls.stream().filter(expected.pattern()::fits).toList();
        long fitting = alike.stream().filter(expected::fits).count();
        if (expected.times() == null ? fitting > 0 : fitting == expected.times()) {
            return;
        }
        List<String> details = new ArrayList<>();
        if (expected.times() != null) {
            details.add("expected " + expected.times() + " times, was made " + fitting + " times");
        }
        if (!expected.body().isMissingNode() && fitting == 0) {
            details.add("with " + Texts.brief(expected.body()));
            alike.stream().min(Comparator.comparing(call -> Subset.differences(expected.body(), call.body()).size())).ifPresent(nearest -> {
                details.add("nearest: " + nearest);
                details.addAll(Subset.differences(expected.body(), nearest.body()));
            });
        }
        if (alike.isEmpty()) {
            details.add(calls.isEmpty() ? "no call was made at all" : "calls made:");
            calls.forEach(call -> details.add("  " + call));
        }
        problems.add(new Problem(expected.place(), "expected call: " + expected.pattern(), details));
    }

    private void rows(ExpectedRows expected, List<Problem> problems) {
        List<JsonNode> all = tables.rows(expected.place(), expected.table());
        List<JsonNode> meant = all.stream().filter(row -> Subset.fits(expected.where(), row)).toList();
        List<JsonNode> fitting = meant.stream().filter(row -> Subset.fits(expected.has(), row)).toList();
        if (expected.count() == null ? !fitting.isEmpty() : fitting.size() == expected.count()) {
            return;
        }
        String which = expected.table() + (expected.where().isMissingNode() ? "" : " where " + Texts.brief(expected.where()));
        List<String> details = new ArrayList<>();
        if (expected.count() != null) {
            details.add("expected " + expected.count() + " rows, there were " + fitting.size());
        }
        if (meant.isEmpty() && !all.isEmpty()) {
            details.add("none of the " + all.size() + " rows of " + expected.table() + " is meant:");
            all.stream().limit(5).forEach(row -> details.add("  " + Texts.brief(only(expected.where(), row))));
        } else if (meant.isEmpty()) {
            details.add("the table is empty");
        }
        if (fitting.isEmpty()) {
            meant.stream().min(Comparator.comparing(row -> Subset.differences(expected.has(), row).size()))
                    .ifPresent(nearest -> details.addAll(Subset.differences(expected.has(), nearest)));
        }
        problems.add(new Problem(expected.place(), "expected row: " + which, details));
    }

    /** Of a row the columns that the test names. */
    private static JsonNode only(JsonNode named, JsonNode row) {
        if (named instanceof MissingNode) {
            return row;
        }
        var some = Json.object();
        named.fieldNames().forEachRemaining(name -> some.set(name, row.path(name).isMissingNode() ? null : row.path(name)));
        return some;
    }
}
