package dev.amorelay.workshop;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.camel.impl.DefaultCamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/**
 * Builds every route in a Camel context of its own, in which nothing is started: what Camel itself refuses is found here, a wrong
 * expression for example. Beans and components that reach outside are stand-ins.
 */
class TrialLoad implements Rule {

    private static final Logger LOG = LoggerFactory.getLogger(TrialLoad.class);

    private final Surroundings surroundings;
    private final Predicate<FlowItem> blamed;

    /**
     * @param surroundings what the flows may name
     * @param blamed which items are known to be wrong, and need no trial
     */
    TrialLoad(Surroundings surroundings, Predicate<FlowItem> blamed) {
        this.surroundings = surroundings;
        this.blamed = blamed;
    }

    @Override
    public void check(Flows flows, Consumer<Finding> findings) {
        try (DefaultCamelContext camel = new TrialContext(surroundings, BeanRule.named(flows))) {
            camel.start();
            // first what routes are made with
            Set<String> unusable = new HashSet<>();
            flows.items().stream().filter(item -> item.is(FlowItem.POLICY) || item.is(FlowItem.KAMELET))
                    .filter(item -> !load(item, camel, findings) || blamed.test(item)).forEach(item -> unusable.add(item.id()));
            flows.all(FlowItem.ROUTE).filter(item -> !blamed.test(item) && !unusable.contains(item.body().text("routeConfigurationId")))
                    .filter(item -> Address.in(item).stream().noneMatch(to -> to.is("kamelet") && unusable.contains(to.path())))
                    .forEach(item -> load(item, camel, findings));
        } catch (Exception e) {
            LOG.debug("the trial's context", e);
            findings.accept(new Finding(".", 1, 1, "the trial load failed: " + Cause.brief(e)));
        }
    }

    /** What is known to be wrong is tried too, without a word: routes may do with it. */
    private boolean load(FlowItem item, DefaultCamelContext camel, Consumer<Finding> findings) {
        try {
            Loading.load(camel, Loading.resource(item), false);
            return true;
        } catch (Exception | LinkageError e) {
            LOG.debug("{} in {}", item.key(), item.file(), e);
            YamlNode place = item.body().get("id").orElse(item.body());
            Optional<Mark> mark = mark(e);
            if (blamed.test(item)) {
                return false;
            }
            findings.accept(new Finding(item.file(), mark.map(Mark::getLine).map(line -> line + 1).orElse(place.line()),
                    mark.map(Mark::getColumn).map(column -> column + 1).orElse(place.column()),
                    "Camel cannot load " + (item.id().isEmpty() ? "this" : item.id()) + ": " + Cause.brief(e)));
            return false;
        }
    }

    private static Optional<Mark> mark(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof MarkedYamlEngineException marked && marked.getProblemMark().isPresent()) {
                return marked.getProblemMark();
            }
        }
        return Optional.empty();
    }
}
