package dev.amorelay.docs;

import dev.amorelay.docs.Flow.Route;
import dev.amorelay.docs.Step.Branch;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** {@code docs/routes.md}: every flow with its picture, input, steps and decisions, effects and failure. */
final class RouteReference {

    private final List<Flow> flows;
    private final Reach reach;
    private final Map<String, Map<String, Object>> policies = new LinkedHashMap<>();
    private final StringBuilder text = new StringBuilder();

    RouteReference(List<Flow> flows, Reach reach) {
        this.flows = flows;
        this.reach = reach;
        flows.forEach(flow -> flow.policies().forEach(policy -> policies.put(Tree.text(policy, "id"), policy)));
    }

    String write() {
        say("# Flows");
        say("");
        say("Made from `routes/` by `" + DocsTest.COMMAND + "`; change the descriptions there. Words: [glossary.md](glossary.md). Connectors:");
        say("[kamelets.md](kamelets.md). The two long roads told as a story: [flows.md](flows.md).");
        say("");
        say("## The whole");
        say("");
        say("A dotted line is an effect that is owed in the commit of its cause, with its kind; a solid one is a step at once.");
        say("In the pictures of the flows it leads to what a step owes, or to whom it talks.");
        say("");
        text.append(new Overview(flows, reach).draw());
        say("");
        flows.stream().filter(flow -> !flow.routes().isEmpty() && !flow.name().startsWith("errors/")).forEach(this::flow);
        say("## Error policies");
        say("");
        policies.values().forEach(this::policy);
        return text.toString().stripTrailing() + "\n";
    }

    private void flow(Flow flow) {
        say("## " + flow.name());
        say("");
        say(flow.intro() + " File: [" + flow.name() + ".camel.yaml](../routes/" + flow.name() + ".camel.yaml)");
        say("");
        text.append(new FlowPicture(flow, reach).draw());
        say("");
        flow.routes().forEach(this::route);
    }

    private void route(Route route) {
        say("### " + route.id());
        say("");
        say(route.description() + ".");
        say("");
        String told = Tree.text(route.from(), "description");
        say("- **Input:** `" + (route.isInner() ? route.uri() : route.entrance()) + "`" + (told.isEmpty() ? "" : " – " + told));
        steps(route.steps(), "");
        say("- **Effects:** " + effects(route));
        say("- **Failure:** " + failure(route));
        say("");
    }

    private void steps(List<Step> steps, String indent) {
        for (Step step : steps) {
            if (step.kind().equals("choice")) {
                for (Branch branch : step.branches()) {
                    say(indent + "- **If** " + (branch.when().isEmpty() ? "nothing of this" : branch.when()) + ":");
                    steps(branch.steps(), indent + "  ");
                }
            } else if (step.uri().startsWith("direct:")) {
                say(indent + "- goes on in `" + step.uri().substring("direct:".length()) + "`");
            } else if (step.isTold()) {
                String where = step.uri().startsWith("kamelet:") ? step.uri().substring("kamelet:".length()) : step.call();
                say(indent + "- " + step.description() + (where.isEmpty() ? "" : " (`" + where + "`)"));
                steps(step.inner(), indent + "  ");
            }
        }
    }

    private String effects(Route route) {
        Set<String> effects = new TreeSet<>();
        route.everything().forEach(step -> {
            reach.of(step).forEach(reached -> effects.add(reached.equals(Reach.CRM) ? "calls amoCRM"
                    : reached.equals(Reach.INBOX) ? "fills the inbox" : "owes `" + reached + "`"));
            if (step.uri().startsWith("kamelet:")) {
                effects.add("`" + step.uri().substring("kamelet:".length()) + "`");
            } else if (step.uri().startsWith("sql:")) {
                effects.add("`" + step.uri().replace("sql:classpath:", "") + "`");
            }
        });
        return effects.isEmpty() ? "none of its own" : String.join(", ", effects);
    }

    private String failure(Route route) {
        if (!route.policy().isEmpty()) {
            return "error policy [" + route.policy() + "](#policy-" + route.policy() + "): " + Tree.text(policies.get(route.policy()), "description");
        }
        return route.isInner() ? "goes back to the flow that called"
                : route.uri().startsWith("platform-http:") ? "decided where it goes on" : "logged; the next turn tries again";
    }

    private void policy(Map<String, Object> policy) {
        String id = Tree.text(policy, "id");
        say("### " + (id.isEmpty() ? "Steps of other flows" : "Policy " + id));
        say("");
        say(Tree.text(policy, "description") + ".");
        say("");
        List<Object> cases = Tree.list(policy.get("onException"));
        cases.forEach(one -> {
            Map<String, Object> shape = Tree.map(one, "onException");
            String exceptions = String.join(", ", Tree.list(shape.get("exception")).stream()
                    .map(name -> "`" + name.toString().replaceFirst(".*\\.", "") + "`").toList());
            say("- " + exceptions + " – " + Tree.text(shape, "description"));
        });
        if (!cases.isEmpty()) {
            say("");
        }
    }

    private void say(String line) {
        text.append(line).append('\n');
    }
}
