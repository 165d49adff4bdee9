package dev.amorelay.workshop;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Which routes can come by which others, over {@code direct:}. */
class Reach {

    private final Flows flows;
    private final Map<String, FlowItem> byDirect = new HashMap<>();

    Reach(Flows flows) {
        this.flows = flows;
        flows.all(FlowItem.ROUTE).forEach(route -> Address.in(route).stream().filter(address -> address.isEntry() && address.is("direct"))
                .forEach(address -> byDirect.put(address.path(), route)));
    }

    /**
     * Routes that begin outside and lead to one of some items.
     *
     * @param keys keys of items
     * @return ids of the routes
     */
    Set<String> entriesTo(Set<String> keys) {
        Set<String> entries = new TreeSet<>();
        flows.all(FlowItem.ROUTE).filter(route -> !route.from().startsWith("direct:"))
                .filter(route -> leadsTo(route, keys, new HashSet<>())).forEach(route -> entries.add(route.id()));
        return entries;
    }

    /**
     * Whether a route can be left alone to finish what it has begun, while some items are exchanged: it comes by none of them. Error
     * policies are built into their routes, and do not count.
     *
     * @param route a route, which may be one of the items itself
     * @param keys keys of items
     */
    boolean staysClearOf(FlowItem route, Set<String> keys) {
        Set<String> others = new HashSet<>(keys);
        others.removeIf(key -> key.equals(route.key()) || key.startsWith(FlowItem.POLICY + " "));
        boolean connector = others.stream().filter(key -> key.startsWith(FlowItem.KAMELET + " ")).anyMatch(key -> Address.in(route).stream()
                .anyMatch(to -> to.is("kamelet") && (to.isOpen() || key.equals(FlowItem.KAMELET + " " + to.path().split("/")[0]))));
        return !connector && !leadsTo(route, others, new HashSet<>());
    }

    private boolean leadsTo(FlowItem item, Set<String> keys, Set<String> seen) {
        if (keys.contains(item.key())) {
            return true;
        }
        if (!seen.add(item.key())) {
            return false;
        }
        String policy = item.body().text("routeConfigurationId");
        boolean byPolicy = flows.all(FlowItem.POLICY).filter(one -> one.id().equals(policy)).anyMatch(one -> leadsTo(one, keys, seen));
        return byPolicy || Address.in(item).stream().filter(address -> !address.isEntry() && address.is("direct"))
                .anyMatch(address -> address.isOpen() || byDirect.containsKey(address.path())
                        && leadsTo(byDirect.get(address.path()), keys, seen));
    }
}
