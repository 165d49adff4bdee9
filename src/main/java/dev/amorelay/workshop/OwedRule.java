package dev.amorelay.workshop;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What is owed is performed by somebody, and what is performed is owed by somebody: by a flow, by the table of the leads' sources, or by who
 * stands in {@code owedBy}, routes whose beans hand it on, or {@code outside}, another program that writes into the table.
 */
class OwedRule implements Rule {

    /** Says who owes what no flow owes. */
    private static final String OWED_BY = "owedBy";
    private static final String OUTSIDE = "outside";
    private static final String OUTBOX = "outbox:";
    private static final String SOURCES = "lead/sources.yaml";
    private static final Pattern DATA = Pattern.compile("\"kind\"\\s*:\\s*\"([a-z0-9.-]+)\"");

    private final DataFolder folder;

    /**
     * @param texts the folder's files by their names, among them the table of what the leads of a source owe
     */
    OwedRule(Map<String, String> texts) {
        this.folder = new DataFolder(texts);
    }

    @Override
    public void check(Flows flows, Consumer<Finding> findings) {
        Map<String, YamlNode> owed = new LinkedHashMap<>();
        Map<String, Address> performed = new LinkedHashMap<>();
        boolean anyKind = false;
        Set<String> taken = new TreeSet<>();
        for (Address address : flows.addresses()) {
            String kind = address.option("kind");
            if (address.is("kamelet") && address.path().equals("outbox-owe") && !kind.isEmpty()) {
                if (kind.contains("${") || kind.contains("{{")) {
                    anyKind = true;
                } else {
                    owed.putIfAbsent(kind, address.options().get("kind"));
                }
            } else if (address.isEntry() && !address.item().is(FlowItem.KAMELET)) {
                ServedRule.taken(address, flows).stream().filter(one -> one.startsWith(OUTBOX)).map(one -> one.substring(OUTBOX.length())).forEach(one -> {
                    taken.add(one);
                    if (address.is("outbox") || address.path().equals("outbox-take")) {
                        performed.putIfAbsent(one, address);
                    }
                });
            }
        }
        flows.addresses().stream().filter(address -> address.is("kamelet") && address.path().equals("work-pause")).forEach(address -> {
            String kind = address.option("kind");
            if (!kind.isEmpty() && !kind.contains("{") && !kind.equals("inbox") && !taken.contains(kind)) {
                findings.accept(address.options().get("kind").finding("no route performs " + kind
                        + Nearest.hint(kind, taken, ": name a kind that is performed, or inbox")));
            }
        });
        flows.items().forEach(item -> asData(item.body(), owed));
        Set<String> ofSources = new TreeSet<>();
        folder.text(SOURCES).flatMap(text -> YamlNode.read(SOURCES, text, "", unreadable -> { })).ifPresent(table -> ofSources(table, ofSources));
        performed.forEach((kind, taker) -> handedOn(kind, taker, flows, findings));
        performed.keySet().removeAll(ofSources);
        performedOnly(performed, owed, anyKind, findings);
        owed.forEach((kind, place) -> {
            if (!taken.contains(kind)) {
                findings.accept(place.finding("no route performs " + kind
                        + Nearest.hint(kind, taken, ": add one that comes from outbox:" + kind + ", or owe one that is there")));
            }
        });
    }

    private static void performedOnly(Map<String, Address> performed, Map<String, YamlNode> owed, boolean anyKind, Consumer<Finding> findings) {
        performed.forEach((kind, taker) -> {
            if (!owed.containsKey(kind) && !anyKind && taker.option(OWED_BY).isBlank() && !kind.contains("{{")) {
                findings.accept(taker.place().finding("nobody owes " + kind + ": owe it with kamelet:outbox-owe where it follows from something, "
                        + "or say below parameters, " + OWED_BY + ", who does: the id of the route that hands it on, or "
                        + OUTSIDE + " for another program"));
            }
        });
    }

    /** Each name is that of a route. */
    private static void handedOn(String kind, Address taker, Flows flows, Consumer<Finding> findings) {
        String told = taker.option(OWED_BY);
        Set<String> routes = flows.all(FlowItem.ROUTE).map(FlowItem::id).collect(Collectors.toCollection(TreeSet::new));
        for (String name : told.isBlank() || told.contains("{{") ? new String[0] : told.split(",")) {
            if (!name.strip().equals(OUTSIDE) && !routes.contains(name.strip())) {
                findings.accept(taker.options().get(OWED_BY).finding("no route " + name.strip() + " that could owe " + kind
                        + Nearest.hint(name.strip(), routes, ": name the routes that hand it on, with commas between them, or " + OUTSIDE
                        + " for another program")));
            }
        }
    }

    /** Whether each of them is performed tells the table's own check. */
    private static void ofSources(YamlNode here, Set<String> kinds) {
        here.entries().forEach(entry -> {
            if (entry.name().equals("owes")) {
                entry.value().items().forEach(debt -> kinds.add(debt.get("kind").orElse(debt).text()));
            } else {
                ofSources(entry.value(), kinds);
            }
        });
    }

    /** What a lead owes stands in the variable owes, as JSON. */
    private static void asData(YamlNode here, Map<String, YamlNode> owed) {
        here.items().forEach(node -> asData(node, owed));
        here.entries().forEach(entry -> asData(entry.value(), owed));
        if (here.isText()) {
            Matcher kinds = DATA.matcher(here.text());
            while (kinds.find()) {
                owed.putIfAbsent(kinds.group(1), here);
            }
        }
    }
}
