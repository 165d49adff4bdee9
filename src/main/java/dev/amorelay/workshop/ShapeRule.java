package dev.amorelay.workshop;

import dev.amorelay.work.WorkTable;
import dev.amorelay.workshop.Expressions.State;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.springframework.core.ResolvableType;

/**
 * Follows what travels through each flow, from step to step and into the flows and connectors that it comes by, and looks at every
 * <code>${…}</code> whether what it reads is there. What cannot be known before it runs is not blamed.
 */
class ShapeRule implements Rule {

    private static final Set<String> BLOCKS = Set.of("transacted", "pipeline", "step", "filter", "loop", "circuitBreaker", "doTry");
    private static final Set<String> VALUES = Set.of("simple", "constant", "method", "variable", "exchangeProperty", "header", "jq", "tokenize");

    private final Surroundings surroundings;
    private final PayloadShapes payloads;

    /**
     * @param surroundings tells beans by their types
     * @param payloads what effects carry
     */
    ShapeRule(Surroundings surroundings, PayloadShapes payloads) {
        this.surroundings = surroundings;
        this.payloads = payloads;
    }

    @Override
    public void check(Flows flows, Consumer<Finding> findings) {
        Walk walk = new Walk(flows, findings);
        Set<String> called = new HashSet<>();
        flows.addresses().stream().filter(address -> !address.isEntry()).forEach(address -> called.add(address.scheme() + ":" + address.path()));
        // one that the relay calls begins with what the event brings, whoever calls it besides
        flows.all(FlowItem.ROUTE).filter(route -> !called.contains(route.from())
                || surroundings.events().names().contains(route.from().replaceFirst("^direct:", ""))).forEach(walk::route);
        flows.all(FlowItem.POLICY).forEach(policy -> policy.body().get("onException").ifPresent(all -> all.items().forEach(one ->
                one.get("onException").flatMap(body -> body.get("steps")).ifPresent(steps -> walk.steps(steps, Walk.nothingKnown(), Map.of())))));
    }

    /** One look at all flows of an edition. */
    private final class Walk {

        private final Flows flows;
        private final Consumer<Finding> findings;
        /** Routes and connectors that are being looked at: who comes by itself again learns nothing more. */
        private final Set<String> open = new HashSet<>();

        private Walk(Flows flows, Consumer<Finding> findings) {
            this.flows = flows;
            this.findings = findings;
        }

        private static State nothingKnown() {
            return new State(Shape.UNKNOWN, Map.of(), Map.of());
        }

        private void route(FlowItem route) {
            Address from = Address.in(route).stream().filter(Address::isEntry).findFirst().orElse(null);
            if (from != null) {
                route.body().at("from", "steps").ifPresent(steps -> steps(steps, entry(from, Map.of()), Map.of()));
            }
        }

        /** What a route begins with. */
        private State entry(Address from, Map<String, String> parameters) {
            State none = nothingKnown();
            if (from.is("platform-http")) {
                return new State(Shape.RAW, Map.of(), Map.of());
            }
            if (from.is("kamelet")) {
                return flows.kamelet(from.path()).map(kamelet -> source(kamelet, parameters(kamelet, from))).orElse(none);
            }
            if (from.is("direct")) {
                return new State(surroundings.events().shape(from.path()), Map.of(), Map.of());
            }
            Optional<Class<?>> table = surroundings.beanType(from.scheme()).filter(WorkTable.class::isAssignableFrom);
            if (table.isEmpty()) {
                return none;
            }
            Shape row = Shape.of(ResolvableType.forClass(table.get()).as(WorkTable.class).getGeneric(0));
            String kind = filled(from.path(), parameters);
            Optional<Shape> payload = payloads.shape(kind);
            Shape known = payload.isPresent() && row.isKnown() ? row.with("payload", payload.get()) : row;
            String batch = filled(from.option("batch"), parameters);
            boolean one = batch.isEmpty() || batch.equals("0");
            return new State(one ? known : batch.matches("\\d+") ? Shape.of(ResolvableType.forClassWithGenerics(List.class, row.type())) : Shape.UNKNOWN,
                    Map.of(), Map.of());
        }

        /** What a connector that begins flows hands on. */
        private State source(FlowItem kamelet, Map<String, String> parameters) {
            Optional<YamlNode> steps = kamelet.body().at("spec", "template", "from", "steps");
            Address from = Address.in(kamelet).stream().filter(Address::isEntry).findFirst().orElse(null);
            if (steps.isEmpty() || from == null || from.is("kamelet")) {
                return nothingKnown();
            }
            return steps(steps.get(), entry(from, parameters), parameters);
        }

        private Map<String, String> parameters(FlowItem kamelet, Address user) {
            Map<String, String> given = new HashMap<>();
            kamelet.body().at("spec", "definition", "properties").ifPresent(all -> all.entries().forEach(one ->
                    given.put(one.name(), one.value().text("default"))));
            user.options().keySet().forEach(option -> given.put(option, user.option(option)));
            return given;
        }

        private static String filled(String text, Map<String, String> parameters) {
            String filled = text;
            for (Map.Entry<String, String> parameter : parameters.entrySet()) {
                filled = filled.replace("{{" + parameter.getKey() + "}}", parameter.getValue());
            }
            return filled;
        }

        private State steps(YamlNode steps, State before, Map<String, String> parameters) {
            State state = before;
            for (YamlNode item : steps.items()) {
                for (YamlNode.Entry step : item.entries()) {
                    state = step(step.name(), step.value(), state, parameters);
                }
            }
            return state;
        }

        private State step(String word, YamlNode body, State state, Map<String, String> parameters) {
            switch (word) {
                case "setBody", "transform":
                    return withBody(state, value(body, state, parameters));
                case "setVariable":
                    Owed.list(body, surroundings, payloads, findings);
                    return with(state, body.text("name"), value(body, state, parameters), true);
                case "setProperty":
                    return with(state, body.text("name"), value(body, state, parameters), false);
                case "setHeader", "validate":
                    value(body, state, parameters);
                    return state;
                case "log":
                    body.get("message").ifPresent(message -> look(message, state, parameters));
                    return state;
                case "throwException":
                    body.get("message").ifPresent(message -> look(message, state, parameters));
                    return state;
                case "bean":
                    return withBody(state, call(body, state, parameters, state.body()));
                case "to", "toD":
                    return to(body, state, parameters);
                case "choice":
                    return choice(body, state, parameters);
                case "split":
                    Shape all = value(body, state, parameters);
                    body.get("steps").ifPresent(steps -> steps(steps, withBody(state, all.element()), parameters));
                    return body.get("aggregationStrategy").isEmpty() ? state : withBody(state, Shape.UNKNOWN);
                case "multicast":
                    body.get("steps").ifPresent(steps -> steps.items().forEach(one -> one.entries().forEach(step -> step(step.name(), step.value(), state, parameters))));
                    return withBody(state, Shape.UNKNOWN);
                case "removeHeaders", "removeHeader", "delay", "throttle", "stop", "rollback", "removeVariable", "removeProperty":
                    return state;
                case "convertBodyTo":
                    return withBody(state, body.text("type").endsWith("String") ? Shape.TEXT : Shape.UNKNOWN);
                default:
                    return block(word, body, state, parameters);
            }
        }

        private State block(String word, YamlNode body, State state, Map<String, String> parameters) {
            if (!BLOCKS.contains(word)) {
                return nothingKnown();
            }
            if (word.equals("filter")) {
                value(body, state, parameters);
            }
            State after = body.get("steps").map(steps -> steps(steps, word.equals("loop") ? nothingKnown() : state, parameters)).orElse(state);
            boolean always = word.equals("transacted") || word.equals("pipeline") || word.equals("step");
            return always ? after : join(state, after);
        }

        private State choice(YamlNode body, State state, Map<String, String> parameters) {
            State joined = body.at("otherwise", "steps").map(steps -> steps(steps, state, parameters)).orElse(state);
            for (YamlNode when : body.get("when").map(YamlNode::items).orElse(List.of())) {
                value(when, state, parameters);
                joined = join(joined, when.get("steps").map(steps -> steps(steps, state, parameters)).orElse(state));
            }
            return joined;
        }

        private State to(YamlNode body, State state, Map<String, String> parameters) {
            String uri = body.isText() ? body.text() : body.text("uri");
            String scheme = uri.replaceFirst(":.*", "");
            String path = uri.replaceFirst("^[^:]*:", "").replaceFirst("\\?.*", "");
            body.get("parameters").ifPresent(all -> all.entries().forEach(option -> look(option.value(), state, parameters)));
            if (scheme.equals("kamelet") && path.equals("sink") || Set.of("log", "smtp", "file").contains(scheme)) {
                return state;
            }
            if (!open.add(scheme + ":" + path)) {
                return nothingKnown();
            }
            try {
                if (scheme.equals("direct")) {
                    return flows.all(FlowItem.ROUTE).filter(route -> route.from().equals("direct:" + path)).findFirst()
                            .flatMap(route -> route.body().at("from", "steps")).map(steps -> steps(steps, state, Map.of())).orElse(nothingKnown());
                }
                if (scheme.equals("kamelet")) {
                    if (path.equals("outbox-owe")) {
                        Owed.effect(body, body.at("parameters", "payload").map(told -> Expressions.simple(told.text(), state, known -> { }))
                                .orElse(state.body()), surroundings, payloads, findings);
                    }
                    return flows.kamelet(path).flatMap(kamelet -> kamelet.body().at("spec", "template", "from", "steps"))
                            .map(steps -> steps(steps, state, Map.of())).orElse(nothingKnown());
                }
                return withBody(state, scheme.startsWith("http") ? Shape.RAW : Shape.UNKNOWN);
            } finally {
                open.remove(scheme + ":" + path);
            }
        }

        /** The value of a step, whichever way it is written. */
        private Shape value(YamlNode body, State state, Map<String, String> parameters) {
            YamlNode holder = body.get("expression").filter(YamlNode::isMap).orElse(body);
            for (YamlNode.Entry language : holder.entries()) {
                if (VALUES.contains(language.name())) {
                    YamlNode text = language.value().isText() ? language.value() : language.value().get("expression").orElse(language.value());
                    return switch (language.name()) {
                        case "simple" -> Owed.json(text.text()).orElse(look(text, state, parameters));
                        case "constant" -> Owed.json(text.text()).orElse(Shape.TEXT);
                        case "method" -> call(language.value(), state, parameters, Shape.UNKNOWN);
                        case "variable" -> state.variables().getOrDefault(text.text(), Shape.UNKNOWN);
                        case "exchangeProperty" -> state.properties().getOrDefault(text.text(), Shape.UNKNOWN);
                        default -> Shape.UNKNOWN;
                    };
                }
            }
            return Shape.UNKNOWN;
        }

        private Shape look(YamlNode text, State state, Map<String, String> parameters) {
            return Expressions.simple(filled(text.text(), parameters), state, wrong -> findings.accept(text.finding(wrong)));
        }

        private Shape call(YamlNode call, State state, Map<String, String> parameters, Shape unchanged) {
            String method = call.text("method");
            call.get("method").ifPresent(text -> look(text, state, parameters));
            return Methods.result(surroundings.beanType(call.text("ref")), method.replaceFirst("(?s)\\(.*", "").strip(), unchanged);
        }

        private State withBody(State state, Shape body) {
            return new State(body, state.variables(), state.properties());
        }

        private State with(State state, String name, Shape value, boolean variable) {
            Map<String, Shape> named = new TreeMap<>(variable ? state.variables() : state.properties());
            named.put(name, value);
            return variable ? new State(state.body(), named, state.properties()) : new State(state.body(), state.variables(), named);
        }

        private State join(State one, State other) {
            return new State(one.body().or(other.body()), join(one.variables(), other.variables()), join(one.properties(), other.properties()));
        }

        private Map<String, Shape> join(Map<String, Shape> one, Map<String, Shape> other) {
            Map<String, Shape> both = new TreeMap<>(one);
            both.keySet().retainAll(other.keySet());
            both.replaceAll((name, shape) -> shape.or(other.get(name)));
            return both;
        }
    }
}
