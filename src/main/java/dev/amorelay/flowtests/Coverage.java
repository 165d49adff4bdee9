package dev.amorelay.flowtests;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/** Which steps of the routes were passed by the tests, and which by none. */
final class Coverage {

    private final Map<String, List<Covered>> byOwner = new TreeMap<>();

    private record Covered(NodeSeen node, boolean passed) {
    }

    private Coverage(Map<NodeSeen, AtomicLong> passes, Path routes, Predicate<String> counts) {
        String folder = routes.toAbsolutePath().normalize().toString().replace('\\', '/') + "/";
        Map<String, Covered> merged = new TreeMap<>();
        passes.forEach((node, count) -> {
            // an end that Camel adds by itself has no line
            if (node.file().startsWith(folder) && node.line() > 0 && counts.test(node.file().substring(folder.length()))) {
                String file = node.file().substring(folder.length());
                // a connector's steps are there once for each place that uses it
                String owner = file + (file.startsWith("kamelets/") || node.owner().isEmpty() ? "" : " " + node.owner());
                NodeSeen shown = new NodeSeen(routes.resolve(file).toString(), node.line(), node.name(), owner);
                merged.merge(owner + ":" + node.line() + ":" + node.name(), new Covered(shown, count.get() > 0),
                        (one, other) -> new Covered(shown, one.passed() || other.passed()));
            }
        });
        merged.values().forEach(covered -> byOwner.computeIfAbsent(covered.node().owner(), key -> new ArrayList<>()).add(covered));
    }

    /**
     * Sums up.
     *
     * @param passes how often each step was passed
     * @param routes the folder whose files count
     */
    static Coverage ofAll(Map<NodeSeen, AtomicLong> passes, Path routes) {
        return new Coverage(passes, routes, file -> true);
    }

    /** The same of one flow only. */
    static Coverage ofFlow(Map<NodeSeen, AtomicLong> passes, Path routes, String flow) {
        return new Coverage(passes, routes, (flow + ".camel.yaml")::equals);
    }

    /** Steps that no test passes, with file and line. */
    List<String> uncovered() {
        return byOwner.values().stream().flatMap(List::stream).filter(covered -> !covered.passed()).map(Covered::node)
                .sorted(Comparator.comparing(NodeSeen::file).thenComparing(NodeSeen::line))
                .map(node -> new Place(node.file(), node.line()) + ": no test passes " + node.name()).toList();
    }

    /** One line a route or connector: steps passed of all. */
    List<String> lines() {
        return byOwner.entrySet().stream().map(one -> String.format("%4d/%-4d %s",
                one.getValue().stream().filter(Covered::passed).count(), one.getValue().size(), one.getKey())).toList();
    }

    /** All steps, in one line. */
    String sum() {
        long all = byOwner.values().stream().mapToLong(List::size).sum();
        long passed = byOwner.values().stream().flatMap(List::stream).filter(Covered::passed).count();
        return passed + " of " + all + " steps of " + byOwner.size() + " routes and connectors are passed by the tests";
    }
}
