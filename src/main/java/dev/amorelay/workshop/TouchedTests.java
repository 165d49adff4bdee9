package dev.amorelay.workshop;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Which files of tests an edit has to pass: those of the flows that are edited, or made with something that is; those of the flows that
 * work with an edited table or text; and tests that came with the edit.
 */
class TouchedTests {

    private static final String FLOW = ".camel.yaml";

    /** Flows by the folder of the data that Java reads for them. */
    private final Properties readers = new Properties();

    TouchedTests() {
        try (InputStream in = TouchedTests.class.getResourceAsStream("/workshop/readers.properties")) {
            readers.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Finds them.
     *
     * @param before what is in effect
     * @param after what is to be
     * @return names of files of tests, those nearest to the edit first
     */
    List<String> of(Edition before, Edition after) {
        Flows flows = Flows.read(after, finding -> { });
        Plan plan = Plan.of(Flows.read(before, finding -> { }), flows);
        Set<String> edited = edited(before.texts(), after.texts());
        Stream<String> own = edited.stream().filter(name -> name.endsWith(FLOW)).map(TouchedTests::flow);
        Stream<String> byData = edited.stream().filter(name -> DataFile.named(name).isPresent()).flatMap(name -> readers(name, flows));
        Stream<String> byPlan = plan.fresh().stream().filter(item -> item.is(FlowItem.ROUTE)).map(item -> flow(item.file()));
        Set<String> there = new TreeSet<>(flows.files().stream().map(file -> flow(file.name())).toList());
        return Stream.concat(edited(before.tests(), after.tests()).stream(),
                Stream.of(own, byData, byPlan).flatMap(names -> names).filter(there::contains).map(flow -> "tests/" + flow + Edition.TESTS))
                .filter(after.tests()::containsKey).distinct().toList();
    }

    private Stream<String> readers(String data, Flows flows) {
        List<String> named = flows.addresses().stream().filter(address -> address.path().equals(data)).map(address -> flow(address.item().file())).toList();
        String folder = data.substring(0, Math.max(0, data.indexOf('/')));
        return named.isEmpty() ? Stream.of(readers.getProperty(data, readers.getProperty(folder, "")).strip().split("\\s*,\\s*")) : named.stream();
    }

    private static String flow(String file) {
        return file.substring(file.lastIndexOf('/') + 1).replace(FLOW, "");
    }

    private static Set<String> edited(Map<String, String> before, Map<String, String> after) {
        Set<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        names.removeIf(name -> Objects.equals(before.get(name), after.get(name)));
        return names;
    }
}
