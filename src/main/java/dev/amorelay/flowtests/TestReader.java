package dev.amorelay.flowtests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.amorelay.flowtests.FlowTest.ExpectedRows;
import dev.amorelay.flowtests.FlowTest.Failure;
import dev.amorelay.flowtests.FlowTest.Row;
import java.io.StringReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.Node;

/** Reads the tests of a file; {@code routes/tests/flow-test.schema.json} tells editors the same rules. */
final class TestReader {

    static final Set<String> OF_A_TEST = Set.of("test", "given", "when", "expect", "hurry");
    static final Set<String> OF_GIVEN = Set.of("rows", "answers", "failures");
    static final Set<String> OF_EXPECT = Set.of("calls", "never", "rows");
    static final Set<String> OF_A_ROW = Set.of("table", "values");
    static final Set<String> OF_A_FAILURE = Set.of("step", "route", "throws", "times");
    static final Set<String> OF_EXPECTED_ROWS = Set.of("table", "where", "has", "count");

    private static final String TABLE = "[a-z_]+(\\.[a-z_]+)?";

    private final List<BadTest> wrong = new ArrayList<>();
    private final Supplier<Instant> clock;

    TestReader() {
        this(Instant::now);
    }

    /** @param clock by which times are filled in */
    TestReader(Supplier<Instant> clock) {
        this.clock = clock;
    }

    /** What could not be understood, one a test at most. */
    List<BadTest> wrong() {
        return wrong;
    }

    /**
     * Reads a file.
     *
     * @param file its path, for messages
     * @param text what stands in it
     * @return the tests that could be understood, see {@link #wrong} for the others
     */
    List<FlowTest> read(String file, String text) {
        List<FlowTest> tests = new ArrayList<>();
        try {
            Node root = new Yaml(new SafeConstructor(new LoaderOptions())).compose(new StringReader(text));
            if (root == null) {
                throw new BadTest(new Place(file, 1), "there is no test in it; a test begins with '- test: what it shows'");
            }
            for (Entry entry : new Entry(root, file, new Moments(clock.get())).list("a file of tests")) {
                try {
                    tests.add(test(entry));
                } catch (BadTest bad) {
                    wrong.add(bad);
                }
            }
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            wrong.add(new BadTest(new Place(file, line), "this is not YAML: " + e.getProblem()));
        } catch (BadTest bad) {
            wrong.add(bad);
        }
        return tests;
    }

    private FlowTest test(Entry entry) {
        Map<String, Entry> parts = entry.map("a test", OF_A_TEST);
        Entry name = required(parts, "test", entry, "a test says under 'test' what it shows");
        Map<String, Entry> given = parts.containsKey("given") ? parts.get("given").map("'given'", OF_GIVEN) : Map.of();
        Map<String, Entry> expect = parts.containsKey("expect") ? parts.get("expect").map("'expect'", OF_EXPECT) : Map.of();
        List<Step> steps = each(parts, "when", StepReader::step);
        FlowTest test = new FlowTest(name.text("'test'"), name.place(), each(given, "rows", TestReader::row),
                each(given, "answers", CallReader::answer), each(given, "failures", TestReader::failure), steps,
                each(expect, "calls", CallReader::expected), each(expect, "never", CallReader::expected),
                each(expect, "rows", TestReader::expectedRows), parts.containsKey("hurry") && parts.get("hurry").flag("'hurry'"),
                () -> test(entry.at(new Moments(clock.get()))));
        if (steps.isEmpty() && test.rows().isEmpty()) {
            throw name.wrong("nothing happens in this test: add a request or 'fires' under 'when', or rows under 'given'");
        }
        boolean answered = steps.stream().anyMatch(step -> step instanceof Step.Request request && request.said());
        if (!answered && test.calls().isEmpty() && test.never().isEmpty() && test.expectedRows().isEmpty()) {
            throw name.wrong("this test expects nothing, so it cannot fail: add 'expect' with calls, never or rows, or an 'answer' to a request");
        }
        return test;
    }

    static Entry required(Map<String, Entry> parts, String key, Entry entry, String rule) {
        if (!parts.containsKey(key)) {
            throw entry.wrong(rule);
        }
        return parts.get(key);
    }

    private static <T> List<T> each(Map<String, Entry> parts, String key, Function<Entry, T> read) {
        return parts.containsKey(key) ? parts.get(key).list("'" + key + "'").stream().map(read).toList() : List.of();
    }

    private static String table(Map<String, Entry> parts, Entry entry) {
        Entry table = required(parts, "table", entry, "a row names its 'table'");
        String name = table.text("'table'");
        if (!name.matches(TABLE)) {
            throw table.wrong("'" + name + "' is no name of a table");
        }
        return name;
    }

    private static Row row(Entry entry) {
        Map<String, Entry> parts = entry.map("a row", OF_A_ROW);
        Entry values = required(parts, "values", entry, "a row has 'values', one for each column that matters");
        values.map("'values'");
        return new Row(entry.place(), table(parts, entry), values.json());
    }

    private static ExpectedRows expectedRows(Entry entry) {
        Map<String, Entry> parts = entry.map("expected rows", OF_EXPECTED_ROWS);
        if (!parts.containsKey("has") && !parts.containsKey("count")) {
            throw entry.wrong("expected rows have 'has' (what stands in them), 'count' (how many there are), or both");
        }
        return new ExpectedRows(entry.place(), table(parts, entry), json(parts, "where"), json(parts, "has"),
                parts.containsKey("count") ? Integer.valueOf(parts.get("count").number("'count'")) : null);
    }

    static JsonNode json(Map<String, Entry> parts, String key) {
        return parts.containsKey(key) ? parts.get(key).json() : MissingNode.getInstance();
    }

    static int number(Map<String, Entry> parts, String key) {
        return parts.containsKey(key) ? parts.get(key).number("'" + key + "'") : 0;
    }

    private static Failure failure(Entry entry) {
        Map<String, Entry> parts = entry.map("a failure", OF_A_FAILURE);
        Entry step = required(parts, "step", entry, "a failure names its 'step': bean.method, or the address that is called");
        Entry thrown = required(parts, "throws", entry, "a failure names the exception that the step 'throws'");
        String route = parts.containsKey("route") ? parts.get("route").text("'route'") : null;
        return new Failure(entry.place(), step.text("'step'"), route, exception(thrown), number(parts, "times"));
    }

    private static Class<? extends Exception> exception(Entry entry) {
        String name = entry.text("'throws'");
        try {
            Class<? extends Exception> type = Class.forName(name).asSubclass(Exception.class);
            type.getConstructor(String.class);
            return type;
        } catch (ClassNotFoundException | ClassCastException e) {
            throw entry.wrong("there is no exception " + name + "; its full name is needed, like java.lang.IllegalStateException");
        } catch (NoSuchMethodException e) {
            throw entry.wrong(name + " cannot be made of a message alone; take one that can, of the same kind");
        }
    }
}
