package dev.amorelay.workshop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.camel.StartupSummaryLevel;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * Looks at a folder of flows as a whole and tells all that is wrong with it. Needs no database and starts nothing: beans are known
 * by their types, and the trial load at the end happens in a Camel context of its own.
 */
public class RoutesCheck {

    private final Surroundings surroundings;
    private final Rule schema;

    /** @param surroundings what the flows may name */
    public RoutesCheck(Surroundings surroundings) {
        this(surroundings, new SchemaRule());
    }

    RoutesCheck(Surroundings surroundings, Rule schema) {
        this.surroundings = surroundings;
        this.schema = schema;
    }

    /**
     * Checks an edition.
     *
     * @param edition what stands in the folder
     * @return all that is wrong, in the order of reading; empty when it can be run
     */
    public List<Finding> check(Edition edition) {
        TreeSet<Finding> found = new TreeSet<>();
        Flows flows = Flows.read(edition, found::add);
        try (DefaultCamelContext classPath = neverStarted(); EndpointOptions options = new EndpointOptions(classPath, surroundings)) {
            for (Rule rule : List.of(schema, new IdentityRule(), new KameletRule(), new PropertyRule(surroundings), new ServedRule(), new DoorRule(),
                    new OwedRule(edition.texts()), new OneCommitRule(surroundings.events()), new OwedAccountRule(),
                    new AddressRule(surroundings, options),
                    new BeanRule(surroundings), new ShapeRule(surroundings, PayloadShapes.of(edition.texts().get(PayloadShapes.FILE))))) {
                rule.check(flows, found::add);
            }
            new DataRule(surroundings).check(edition, flows, found::add);
            // what is wrong at a place already is not said again in other words
            Set<String> known = found.stream().map(RoutesCheck::place).collect(Collectors.toSet());
            new SafetyRule(surroundings).check(flows, finding -> {
                if (!known.contains(place(finding))) {
                    found.add(finding);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // what a rule has said about an item already is not said again in Camel's words
        List<Finding> ruled = new ArrayList<>(found);
        Consumer<Finding> further = found::add;
        new TrialLoad(surroundings, item -> ruled.stream().anyMatch(item::covers)).check(flows, further);
        return List.copyOf(found);
    }

    /**
     * Asks for what only its readers miss: an edit takes effect without it.
     *
     * @param edition what stands in the folder
     * @return what to do better, in the order of reading
     */
    static List<Finding> wishes(Edition edition) {
        TreeSet<Finding> found = new TreeSet<>();
        new StepNamesRule().check(Flows.read(edition, finding -> { }), found::add);
        return List.copyOf(found);
    }

    private static String place(Finding finding) {
        return finding.file() + ":" + finding.line() + ":" + finding.column();
    }

    private static DefaultCamelContext neverStarted() {
        DefaultCamelContext classPath = new DefaultCamelContext(false);
        classPath.setStartupSummaryLevel(StartupSummaryLevel.Off);
        return classPath;
    }
}
