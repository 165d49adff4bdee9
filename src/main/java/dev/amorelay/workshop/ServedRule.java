package dev.amorelay.workshop;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Whatever is sent to {@code direct:} is taken by exactly one route, and so is what comes in at a door, or as work. */
class ServedRule implements Rule {

    private static final Set<String> ONE_TAKER = Set.of("direct", "outbox", "inbox", "quartz");
    private static final Pattern PARAMETER = Pattern.compile("\\{\\{([\\w-]+)}}");

    @Override
    public void check(Flows flows, Consumer<Finding> findings) {
        Set<String> served = new TreeSet<>();
        Map<String, Address> takers = new HashMap<>();
        List<Address> addresses = flows.addresses();
        for (Address address : addresses.stream().filter(Address::isEntry).toList()) {
            if (address.is("direct")) {
                served.add(address.path());
            }
            // a connector takes nothing until a flow starts with it
            for (String taken : address.item().is(FlowItem.KAMELET) ? Set.<String>of() : taken(address, flows)) {
                Address other = takers.putIfAbsent(taken, address);
                if (other != null) {
                    findings.accept(address.place().finding("route " + other.item().id() + " (" + other.item().file() + " line "
                            + other.place().line() + ") takes " + taken + " already: two routes cannot; " + remedy(taken)));
                    break;
                }
            }
        }
        for (Address address : addresses) {
            if (!address.isEntry() && address.is("direct") && !address.isOpen() && !served.contains(address.path())) {
                findings.accept(address.place().finding("no route comes from direct:" + address.path()
                        + Nearest.hint(address.path(), served, ": add one, or name one that is there")));
            }
        }
    }

    /** Two takers of the inbox would each get some of the events, and neither would get all of its kind. */
    private static String remedy(String taken) {
        return taken.startsWith("inbox:") ? "to do something with a further kind of event, add a branch there" : "give one of them another address";
    }

    /** What an entry takes that only one may take: {@code outbox:crm.note}, {@code POST /ingest/leads}, … */
    static Set<String> taken(Address address, Flows flows) {
        if (address.is("kamelet")) {
            return flows.all(FlowItem.KAMELET).filter(kamelet -> kamelet.id().equals(address.path().split("/")[0]))
                    .flatMap(kamelet -> Address.in(kamelet).stream().filter(Address::isEntry).map(from -> filledIn(from, kamelet, address)))
                    .filter(from -> ONE_TAKER.contains(from.replaceFirst(":.*", ""))).collect(Collectors.toSet());
        }
        if (ONE_TAKER.contains(address.scheme())) {
            return Set.of(address.scheme() + ":" + address.path());
        }
        if (!address.is("platform-http") || address.isOpen()) {
            return Set.of();
        }
        String path = address.path().replaceFirst("^/*", "/").replaceFirst("(.)/+$", "$1");
        String verbs = address.option("httpMethodRestrict");
        Set<String> doors = new HashSet<>();
        Arrays.stream((verbs.isEmpty() ? "GET,POST,PUT,PATCH,DELETE,HEAD,OPTIONS" : verbs).split(","))
                .forEach(verb -> doors.add(verb.strip() + " " + path));
        return doors;
    }

    /** Where a connector takes from, with the parameters of the flow that starts with it, or with its own defaults. */
    private static String filledIn(Address from, FlowItem kamelet, Address user) {
        return from.scheme() + ":" + PARAMETER.matcher(from.path()).replaceAll(parameter -> {
            String given = user.option(parameter.group(1));
            return Matcher.quoteReplacement(!given.isEmpty() ? given
                    : kamelet.body().at("spec", "definition", "properties", parameter.group(1), "default").map(YamlNode::text).orElse(parameter.group()));
        });
    }
}
