package dev.amorelay.workshop;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Every route and error policy has an id of its own, a description that says why, and error policies that exist; no two steps share an id. */
class IdentityRule implements Rule {

    private static final Pattern ID = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*(\\.[a-z0-9]+(-[a-z0-9]+)*){2}");
    private static final List<String> KINDS = List.of(FlowItem.ROUTE, FlowItem.POLICY, FlowItem.KAMELET);

    @Override
    public void check(Flows flows, Consumer<Finding> findings) {
        Map<String, FlowItem> first = new HashMap<>();
        Set<String> policies = flows.all(FlowItem.POLICY).map(FlowItem::id).collect(Collectors.toSet());
        for (FlowItem item : flows.items()) {
            YamlNode place = item.body().get("id").orElse(item.body());
            FlowItem other = item.id().isEmpty() && !item.is(FlowItem.POLICY) ? null : first.putIfAbsent(item.key(), item);
            if (other != null) {
                findings.accept(place.finding((item.id().isEmpty() ? "a second " + item.kind() + " without id" : item.kind() + " " + item.id())
                        + " is there already, in " + other.file() + " line " + other.firstLine() + ": give one of them another id"));
            }
            if (!KINDS.contains(item.kind())) {
                findings.accept(item.body().finding("'" + item.kind() + "' cannot stand at the top of a file here: write a '- route:' or a '- routeConfiguration:'"));
            } else if (!item.is(FlowItem.KAMELET)) {
                described(item, place, findings);
            }
            if (item.is(FlowItem.ROUTE)) {
                route(item, place, policies, findings);
            }
        }
        flows.all(FlowItem.POLICY).forEach(policy -> named(policy, flows, findings));
        steps(flows, findings);
    }

    /** Camel does not start with two steps of one id, and takes an edit in parts, in which it does not see both. */
    private static void steps(Flows flows, Consumer<Finding> findings) {
        Map<String, YamlNode> first = new HashMap<>();
        flows.items().forEach(item -> FlowStep.in(item).forEach(step -> step.id().ifPresent(id -> {
            YamlNode other = first.putIfAbsent(id.text(), id);
            if (other != null) {
                findings.accept(id.finding("step " + id.text() + " is there already, in " + other.file() + " line " + other.line()
                        + ": give one of them another id"));
            }
        })));
    }

    /** Kaoto gives an id to the policy that has none, and so takes it away from all the routes that name none. */
    private static void named(FlowItem policy, Flows flows, Consumer<Finding> findings) {
        policy.body().get("id").filter(id -> !id.text().isEmpty()).filter(id -> flows.all(FlowItem.ROUTE)
                .map(route -> route.body().text("routeConfigurationId")).noneMatch(named -> named.contains("*") || named.contains("{{")
                        || List.of(named.split("\\s*,\\s*")).contains(id.text()))).ifPresent(id -> findings.accept(id.finding(
                "no route names the error policy " + id.text() + ": name it with 'routeConfigurationId:', or, where it is to hold for"
                        + " all that name none, take its id out (Kaoto gives it one when it saves the file)")));
    }

    private static void described(FlowItem item, YamlNode place, Consumer<Finding> findings) {
        if (item.body().text("description").isEmpty()) {
            findings.accept(place.finding((item.id().isEmpty() ? "this " + item.kind() : item.id())
                    + " has no description: say in one sentence why it is there"));
        }
    }

    private static void route(FlowItem route, YamlNode place, Set<String> policies, Consumer<Finding> findings) {
        if (route.id().isEmpty()) {
            findings.accept(place.finding("a route without id: add 'id: <domain>.<flow>.<stage>'"));
        } else if (!ID.matcher(route.id()).matches()) {
            findings.accept(place.finding(route.id() + " is not of the form <domain>.<flow>.<stage>: three words of small letters, digits and -"));
        }
        if (route.from().isEmpty()) {
            findings.accept(route.body().finding("this route comes from nowhere: add 'from:' with a 'uri:'"));
        }
        route.body().get("routeConfigurationId").filter(named -> !policies.contains(named.text()) && !named.text().contains("{{")).ifPresent(named ->
                findings.accept(named.finding("no error policy " + named.text()
                        + Nearest.hint(named.text(), policies, ": errors/ has " + String.join(", ", policies.stream().filter(id -> !id.isEmpty()).sorted().toList())))));
    }
}
