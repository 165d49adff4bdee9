package dev.amorelay.workshop;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Whatever is sent to {@code direct:} is taken by exactly one route, and so is what comes in at a door, or as work. */
class ServedRule implements Rule {

    private static final Set<String> ONE_TAKER = Set.of("direct", "outbox", "inbox", "quartz");

    @Override
    public void check(Flows flows, Consumer<Finding> findings) {
        List<Address> addresses = flows.addresses();
        Set<String> served = new TreeSet<>();
        Map<String, Address> takers = new HashMap<>();
        for (Address address : addresses.stream().filter(Address::isEntry).toList()) {
            if (address.is("direct")) {
                served.add(address.path());
            }
            for (String taken : isTaken(address, addresses) ? taken(address) : Set.<String>of()) {
                Address other = takers.putIfAbsent(taken, address);
                if (other != null) {
                    findings.accept(address.place().finding("route " + other.item().id() + " (" + other.item().file() + " line "
                            + other.place().line() + ") takes " + taken + " already: two routes cannot; give one of them another address"));
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

    /** A connector takes nothing until a flow starts with it. */
    private static boolean isTaken(Address address, List<Address> addresses) {
        return !address.item().is(FlowItem.KAMELET) || addresses.stream().anyMatch(user ->
                user.isEntry() && user.is("kamelet") && user.path().split("/")[0].equals(address.item().id()));
    }

    private static Set<String> taken(Address address) {
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
}
