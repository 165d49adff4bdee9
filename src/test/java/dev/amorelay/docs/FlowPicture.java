package dev.amorelay.docs;

import dev.amorelay.docs.Flow.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A flow as a mermaid picture: where it starts, its steps and decisions, and where it ends. */
final class FlowPicture {

    private final Flow flow;
    private final Reach reach;
    private final Map<String, String> own;
    private final List<String> lines = new ArrayList<>();
    private int count;

    /** An end of what is drawn so far, to be joined with the next box; the word stands on the line. */
    private record End(String node, String word) {
    }

    FlowPicture(Flow flow, Reach reach) {
        this.flow = flow;
        this.reach = reach;
        this.own = flow.routes().stream().filter(Route::isInner).collect(Collectors.toMap(Route::uri, route -> Mermaid.id(route.id())));
    }

    String draw() {
        lines.add("flowchart TD");
        for (Route route : flow.routes()) {
            String start = Mermaid.id(route.id());
            lines.add("  " + start + (route.isInner() ? "([" + Mermaid.label(route.id()) + "])" : "[/" + Mermaid.label(route.entrance()) + "/]"));
            draw(route.steps(), List.of(new End(start, "")));
        }
        return "```mermaid\n" + String.join("\n", lines) + "\n```\n";
    }

    private List<End> draw(List<Step> steps, List<End> before) {
        List<End> ends = before;
        for (Step step : steps) {
            if (step.isTold()) {
                ends = draw(step, ends);
            }
        }
        return ends;
    }

    private List<End> draw(Step step, List<End> before) {
        if (step.uri().startsWith("direct:")) {
            return hop(step.uri(), before);
        }
        String node = flow.name().replaceAll("[^A-Za-z0-9]", "_") + "_" + ++count;
        lines.add("  " + node + box(step));
        join(before, node);
        reach.of(step).forEach(reached -> lines.add("  " + node + " -.-> " + Mermaid.id("to_" + reached) + "[(" + Mermaid.label(reached) + ")]"));
        if (step.kind().equals("choice")) {
            List<End> ends = new ArrayList<>();
            step.branches().forEach(branch -> ends.addAll(draw(branch.steps(), List.of(new End(node, branch.when())))));
            return ends;
        }
        return step.inner().isEmpty() ? List.of(new End(node, "")) : draw(step.inner(), List.of(new End(node, "each")));
    }

    /** To another route; one of another file gets a box of its own. */
    private List<End> hop(String uri, List<End> before) {
        String node = own.getOrDefault(uri, Mermaid.id(uri));
        if (!own.containsKey(uri)) {
            lines.add("  " + node + "[[" + Mermaid.label(uri.substring("direct:".length())) + "]]");
        }
        join(before, node);
        return List.of();
    }

    private void join(List<End> before, String node) {
        for (End end : before) {
            lines.add("  " + end.node() + (end.word().isEmpty() ? " --> " : " -->|" + Mermaid.label(end.word()) + "| ") + node);
        }
    }

    private static String box(Step step) {
        if (step.kind().equals("choice")) {
            return "{" + Mermaid.label(step.description().isEmpty() ? "which?" : step.description()) + "}";
        }
        String text = step.description().isEmpty() ? step.call() : step.description();
        if (step.uri().startsWith("kamelet:")) {
            String name = step.uri().substring("kamelet:".length());
            return "{{" + Mermaid.label(text.isEmpty() ? name : name + ": " + text) + "}}";
        }
        return step.uri().startsWith("sql:") ? "[(" + Mermaid.label(text) + ")]" : "[" + Mermaid.label(text) + "]";
    }
}
