package dev.amorelay.docs;

import dev.amorelay.docs.Flow.Route;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** All flows in one picture: doors and clocks, what each flow hands to which, and whom they reach outside. */
final class Overview {

    private final List<Flow> flows;
    private final Reach reach;
    private final Map<String, String> startsAt = new TreeMap<>();

    Overview(List<Flow> flows, Reach reach) {
        this.flows = flows.stream().filter(flow -> !flow.name().startsWith("errors/")).toList();
        this.reach = reach;
        this.flows.forEach(flow -> flow.routes().forEach(route -> startsAt.put(route.uri(), Mermaid.id(flow.name()))));
    }

    /** The kinds that routes perform. */
    static Set<String> kinds(List<Flow> flows) {
        return flows.stream().flatMap(flow -> flow.routes().stream()).map(Route::uri).filter(uri -> uri.startsWith("outbox:"))
                .map(uri -> uri.substring("outbox:".length())).collect(Collectors.toSet());
    }

    String draw() {
        Set<String> lines = new LinkedHashSet<>();
        for (Flow flow : flows) {
            lines.add("  " + Mermaid.id(flow.name()) + "[" + Mermaid.label(flow.name()) + "]");
        }
        lines.add("  inbox[(" + Mermaid.label("inbox: events of webhooks") + ")]");
        lines.add("  amoCRM([" + Mermaid.label("amoCRM, through the gate") + "])");
        lines.add("  telegram([" + Mermaid.label("Telegram") + "])");
        lines.add("  mail([" + Mermaid.label("mail") + "])");
        flows.forEach(flow -> draw(flow, lines));
        return "```mermaid\nflowchart LR\n" + String.join("\n", lines) + "\n```\n";
    }

    private void draw(Flow flow, Set<String> lines) {
        String node = Mermaid.id(flow.name());
        List<String> doors = flow.entrances().stream().map(Route::entrance).filter(entrance -> !entrance.matches("(in|out)box:.*")).toList();
        if (!doors.isEmpty()) {
            lines.add("  " + node + "_in[/" + Mermaid.lines(doors) + "/] --> " + node);
        }
        if (flow.entrances().stream().anyMatch(route -> route.uri().startsWith("inbox:"))) {
            lines.add("  inbox --> " + node);
        }
        flow.everything().forEach(step -> step(step, node, lines));
    }

    private void step(Step step, String node, Set<String> lines) {
        String uri = step.uri();
        if (uri.startsWith("direct:") && startsAt.containsKey(uri) && !startsAt.get(uri).equals(node)) {
            lines.add("  " + node + " --> " + startsAt.get(uri));
        } else if (uri.startsWith("kamelet:amocrm-")) {
            lines.add("  " + node + " <--> amoCRM");
        } else if (uri.startsWith("kamelet:telegram-")) {
            lines.add("  " + node + " --> telegram");
        } else if (uri.startsWith("kamelet:mail-")) {
            lines.add("  " + node + " --> mail");
        }
        for (String reached : reach.of(step)) {
            if (reached.equals(Reach.CRM)) {
                lines.add("  " + node + " <--> amoCRM");
            } else if (reached.equals(Reach.INBOX)) {
                lines.add("  " + node + " --> inbox");
            } else {
                lines.add("  " + node + " -.->|" + Mermaid.label(reached) + "| " + startsAt.get("outbox:" + reached));
            }
        }
    }
}
