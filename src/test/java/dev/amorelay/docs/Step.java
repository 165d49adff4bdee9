package dev.amorelay.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A step of a route.
 *
 * @param kind its word in the YAML DSL, for example {@code bean}
 * @param shape what stands under it
 */
record Step(String kind, Map<String, Object> shape) {

    /** A way that a choice may go. */
    record Branch(String when, List<Step> steps) {
    }

    static List<Step> all(Object steps) {
        return Tree.list(steps).stream().flatMap(item -> Tree.map(item).entrySet().stream())
                .map(one -> new Step(one.getKey(), Tree.map(one.getValue()))).toList();
    }

    String description() {
        return Tree.text(shape, "description");
    }

    /** Where it leads, for example {@code direct:deals.sync.read}; empty for a step that leads nowhere. */
    String uri() {
        return Tree.text(shape, "uri").replaceFirst("\\?.*", "");
    }

    /** The bean and method that it calls, itself or for its value: {@code bean.method}; empty for none. */
    String call() {
        Map<String, Object> called = kind.equals("bean") ? shape : Tree.map(shape, "expression", "method");
        return called.isEmpty() ? "" : Tree.text(called, "ref") + "." + Tree.text(called, "method").replaceFirst("\\(.*", "");
    }

    List<Branch> branches() {
        List<Branch> branches = new ArrayList<>();
        Tree.list(shape.get("when")).forEach(when -> branches.add(new Branch(Tree.text(when, "description"), all(Tree.map(when).get("steps")))));
        if (shape.containsKey("otherwise")) {
            Map<String, Object> otherwise = Tree.map(shape.get("otherwise"));
            branches.add(new Branch(Tree.text(otherwise, "description"), all(otherwise.get("steps"))));
        }
        return branches;
    }

    /** The steps inside it, those of a choice left out. */
    List<Step> inner() {
        return all(shape.get("steps"));
    }

    /** This step and all inside of it; of a choice the questions, too. */
    Stream<Step> everything() {
        Stream<Step> questions = Tree.list(shape.get("when")).stream().map(when -> new Step("when", Tree.map(when)));
        return Stream.of(Stream.of(this), questions, Stream.concat(inner().stream(), branches().stream().flatMap(branch -> branch.steps().stream()))
                .flatMap(Step::everything)).flatMap(part -> part);
    }

    /** Whether it is worth a box: what only carries values from here to there is not. */
    boolean isTold() {
        return !description().isEmpty() || List.of("choice", "split", "bean").contains(kind) || uri().matches("(direct|kamelet|sql):.*");
    }
}
