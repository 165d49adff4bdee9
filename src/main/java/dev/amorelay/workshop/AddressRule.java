package dev.amorelay.workshop;

import dev.amorelay.work.WorkTable;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.quartz.CronExpression;

/** Every address names a component, a connector and a statement that are there, and no option that they do not know. */
class AddressRule implements Rule {

    private static final Set<String> INSIDE_A_KAMELET = Set.of("source", "sink");
    private static final Set<String> VERBS = new TreeSet<>(Set.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"));
    private static final Pattern SETTING = Pattern.compile("\\{\\{([\\w.-]+)}}");

    private final Surroundings surroundings;
    private final EndpointOptions options;

    AddressRule(Surroundings surroundings, EndpointOptions options) {
        this.surroundings = surroundings;
        this.options = options;
    }

    @Override
    public void check(Flows flows, Consumer<Finding> findings) {
        for (Address address : flows.addresses()) {
            if (address.scheme().contains("${") || address.scheme().contains("{{")) {
                continue;
            }
            if (address.path().isEmpty()) {
                findings.accept(address.place().finding("'" + address.place().text() + "' is no whole address: a colon and what is meant follow, like direct:leads.ingest.receive"));
            } else if (address.is("kamelet")) {
                kamelet(address, flows, findings);
            } else if (options.knows(address.scheme())) {
                options.check(address, findings);
                statement(address, findings);
                values(address, findings);
            } else if (surroundings.beanType(address.scheme()).filter(WorkTable.class::isAssignableFrom).isPresent()) {
                options.ofWork(address, findings);
            } else {
                findings.accept(address.place().finding("no component " + address.scheme()
                        + Nearest.hint(address.scheme(), options.schemes(), ": write an address like direct:…, kamelet:…, sql:… or platform-http:…")));
            }
        }
    }

    /** What Camel would find out only when the route starts, or not at all. */
    private void values(Address address, Consumer<Finding> findings) {
        String cron = address.option("cron").replace('+', ' ');
        Matcher setting = SETTING.matcher(cron);
        if (setting.matches()) {
            cron = surroundings.property(setting.group(1)).orElse("");
        }
        if (address.is("quartz") && !cron.isBlank() && !cron.contains("{{") && !CronExpression.isValidExpression(cron)) {
            findings.accept(address.options().get("cron").finding("no valid cron expression: six parts, like '0 0 9 * * ?' for every day at nine"));
        }
        String verbs = address.option("httpMethodRestrict");
        if (address.is("platform-http") && !verbs.isEmpty() && Arrays.stream(verbs.split(",")).anyMatch(verb -> !VERBS.contains(verb))) {
            findings.accept(address.options().get("httpMethodRestrict").finding("no valid list of HTTP methods: use " + String.join(",", VERBS)));
        }
    }

    private void statement(Address address, Consumer<Finding> findings) {
        String path = address.path();
        if (address.is("sql") && path.startsWith("classpath:") && !address.isOpen()
                && !surroundings.hasFile(path.substring("classpath:".length()))) {
            findings.accept(address.place().finding("no statement " + path.substring("classpath:".length())
                    + " in src/main/resources: add the file, or correct its name"));
        }
    }

    private static void kamelet(Address address, Flows flows, Consumer<Finding> findings) {
        String name = address.path().split("/")[0];
        if (INSIDE_A_KAMELET.contains(name) || address.isOpen()) {
            return;
        }
        Set<String> known = new TreeSet<>();
        flows.all(FlowItem.KAMELET).forEach(kamelet -> known.add(kamelet.id()));
        if (!known.contains(name)) {
            findings.accept(address.place().finding("no connector " + name
                    + Nearest.hint(name, known, ": kamelets/ has " + String.join(", ", known))));
            return;
        }
        YamlNode definition = flows.kamelet(name).orElseThrow().body().at("spec", "definition").orElseThrow();
        Map<String, YamlNode> given = address.options();
        Set<String> parameters = new TreeSet<>();
        definition.get("properties").ifPresent(all -> all.entries().forEach(entry -> parameters.add(entry.name())));
        given.forEach((option, place) -> {
            if (!parameters.contains(option)) {
                findings.accept(place.finding("connector " + name + " has no parameter " + option + Nearest.hint(option, parameters,
                        parameters.isEmpty() ? ": it takes none" : ": it takes " + String.join(", ", parameters))));
            }
        });
        Set<String> required = new HashSet<>();
        definition.get("required").ifPresent(all -> all.items().forEach(one -> required.add(one.text())));
        required.stream().filter(one -> !given.containsKey(one) && definition.at("properties", one, "default").isEmpty()).sorted()
                .forEach(one -> findings.accept(address.place().finding("connector " + name + " needs the parameter " + one
                        + ": give it under 'parameters:'")));
    }
}
