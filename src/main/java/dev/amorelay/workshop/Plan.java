package dev.amorelay.workshop;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What has to be exchanged for one edition to become another: what was edited, and every route that is made with it. All else runs on.
 *
 * @param gone items of the old edition that are taken down
 * @param fresh items of the new edition that are put in their place
 * @param needed connectors that the new items use and that are not edited: they are loaded where they were not used so far, from the
 *         text that was checked
 * @param entries ids of old routes that begin outside (doors, workers, clocks) and can come by what is exchanged
 * @param mayGoOn ids of old workers that can finish what they have begun while all else is exchanged: they come by nothing of it
 */
record Plan(List<FlowItem> gone, List<FlowItem> fresh, List<FlowItem> needed, Set<String> entries, Set<String> mayGoOn) {

    /** Connectors and error policies before the routes made with them; those that others send to before those that begin outside. */
    private static final Comparator<FlowItem> ORDER = Comparator.comparingInt(item -> item.is(FlowItem.KAMELET) ? 0
            : item.is(FlowItem.POLICY) ? 1 : item.from().startsWith("direct:") ? 2 : item.from().startsWith("platform-http:") ? 3 : 4);

    static Plan of(Flows before, Flows after) {
        Map<String, FlowItem> old = byKey(before);
        Map<String, FlowItem> now = byKey(after);
        Set<String> changed = new LinkedHashSet<>(old.keySet());
        changed.addAll(now.keySet());
        changed.removeIf(key -> same(old.get(key), now.get(key)));
        madeWith(changed, old);
        madeWith(changed, now);
        return new Plan(pick(old, changed), pick(now, changed), pick(now, needed(now, changed)), new Reach(before).entriesTo(changed), mayGoOn(before, changed));
    }

    private static Set<String> mayGoOn(Flows before, Set<String> changed) {
        Reach reach = new Reach(before);
        return before.all(FlowItem.ROUTE).filter(route -> changed.contains(route.key()) && route.from().matches("(in|out)box:.*"))
                .filter(route -> reach.staysClearOf(route, changed)).map(FlowItem::id).collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * The same, with some workers left alone: what is new of them is put up beside them, under a name of its own.
     *
     * @param busy ids of workers, of {@link #mayGoOn}
     */
    Plan beside(Set<String> busy) {
        return busy.isEmpty() ? this : new Plan(gone.stream().filter(item -> !item.is(FlowItem.ROUTE) || !busy.contains(item.id())).toList(),
                fresh.stream().map(item -> item.is(FlowItem.ROUTE) && busy.contains(item.id()) ? Handover.beside(item) : item).toList(),
                needed, entries, mayGoOn);
    }

    boolean isEmpty() {
        return gone.isEmpty() && fresh.isEmpty();
    }

    /** @return ids of the routes that stop, or are exchanged */
    Set<String> goneRoutes() {
        return ids(gone, FlowItem.ROUTE);
    }

    Set<String> ids(List<FlowItem> items, String kind) {
        Set<String> ids = new TreeSet<>();
        items.stream().filter(item -> item.is(kind)).forEach(item -> ids.add(item.id()));
        return ids;
    }

    private static Map<String, FlowItem> byKey(Flows flows) {
        Map<String, FlowItem> items = new LinkedHashMap<>();
        flows.items().forEach(item -> items.put(item.key(), item));
        return items;
    }

    private static boolean same(FlowItem old, FlowItem now) {
        return old != null && now != null && old.text().strip().equals(now.text().strip());
    }

    /** Adds what is made with something that changes, until nothing is added any more: a connector may use another one. */
    private static void madeWith(Set<String> changed, Map<String, FlowItem> items) {
        boolean more = true;
        while (more) {
            more = items.values().stream().filter(item -> !changed.contains(item.key()) && uses(item, changed))
                    .map(item -> changed.add(item.key())).reduce(false, (left, right) -> left || right);
        }
    }

    private static Set<String> needed(Map<String, FlowItem> items, Set<String> changed) {
        Set<String> needed = new LinkedHashSet<>();
        Set<String> users = new LinkedHashSet<>(changed);
        boolean more = true;
        while (more) {
            more = items.values().stream().filter(item -> item.is(FlowItem.KAMELET) && !users.contains(item.key()))
                    .filter(kamelet -> users.stream().map(items::get).filter(Objects::nonNull).anyMatch(user -> uses(user, Set.of(kamelet.key()))))
                    .toList().stream().map(kamelet -> users.add(kamelet.key()) && needed.add(kamelet.key())).reduce(false, (left, right) -> left || right);
        }
        return needed;
    }

    private static boolean uses(FlowItem item, Set<String> changed) {
        for (String key : changed) {
            boolean kamelet = key.startsWith(FlowItem.KAMELET + " ");
            String name = key.substring(key.indexOf(' ') + 1);
            if (kamelet && Address.in(item).stream().anyMatch(address -> address.is("kamelet")
                    && (address.isOpen() || address.path().split("/")[0].equals(name)))) {
                return true;
            }
            if (key.startsWith(FlowItem.POLICY + " ") && isUnder(item, name)) {
                return true;
            }
        }
        return false;
    }

    /** A policy without an id holds for all that name none, connectors included. */
    private static boolean isUnder(FlowItem item, String policy) {
        String named = item.body().text("routeConfigurationId");
        if (item.is(FlowItem.POLICY) || !item.is(FlowItem.ROUTE) && !item.is(FlowItem.KAMELET)) {
            return false;
        }
        return named.isEmpty() ? policy.startsWith("in ")
                : named.contains("*") || named.contains("{{") || List.of(named.split("\\s*,\\s*")).contains(policy);
    }

    private static List<FlowItem> pick(Map<String, FlowItem> items, Set<String> keys) {
        List<FlowItem> picked = new ArrayList<>(items.values());
        picked.removeIf(item -> !keys.contains(item.key()));
        picked.sort(ORDER);
        return List.copyOf(picked);
    }
}
