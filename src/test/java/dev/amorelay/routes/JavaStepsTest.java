package dev.amorelay.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Routes say what follows from what, Java does what YAML says badly. How many of the shipped steps call a bean may fall, never rise:
 * whoever needs one step more in Java first makes another one a step that can be read. A connector's one call is what it is for,
 * so connectors are counted by themselves.
 */
class JavaStepsTest {

    /** The numbers of the day: with each change that makes fewer of them they go down. */
    private static final int IN_FLOWS = 127;
    private static final int IN_CONNECTORS = 35;

    /** What has an id and is no step, but a part of one. */
    private static final List<String> PARTS = List.of("route", "from", "when", "otherwise", "doCatch", "doFinally", "onException", "routeConfiguration",
            "expression", "metadata");

    private record Step(String file, String id, String bean) {
    }

    @Test
    void fewerStepsCallJava() {
        assertFew("flows", steps(false), IN_FLOWS);
        assertFew("connectors", steps(true), IN_CONNECTORS);
    }

    private static void assertFew(String where, List<Step> steps, int most) {
        Map<String, Long> beans = new TreeMap<>(steps.stream().filter(step -> !step.bean().isEmpty())
                .collect(Collectors.groupingBy(Step::bean, Collectors.counting())));
        assertThat(java(steps)).as("steps of %s that call Java, of %s: %s", where, steps.size(), beans).isLessThanOrEqualTo(most);
    }

    /** What calls Java is seen, however it is written. */
    @Test
    void everyWayToABeanCounts() {
        assertThat(Stream.of("bean:\n    id: a\n    ref: x\n    method: y", "to:\n    id: a\n    uri: bean:x?method=y", "toD:\n    id: a\n    uri: bean:x",
                "setBody:\n    id: a\n    expression:\n      method:\n        ref: x\n        method: y",
                "setBody:\n    id: a\n    expression:\n      simple:\n        expression: ${bean:x?method=y}",
                "process:\n    id: a\n    ref: x",
                "choice:\n    id: a\n    when:\n      - id: b\n        expression:\n          method:\n            ref: x\n            method: y")
                .map(text -> java(steps(new RouteFile("a.camel.yaml", "- " + text.replace("\n", "\n  ")).tree(), "a")))).containsOnly(1L);
        assertThat(java(steps(new RouteFile("a.camel.yaml", "- setBody:\n    id: a\n    expression:\n      simple:\n        expression: ${body.id}").tree(), "a"))).isZero();
    }

    private static long java(List<Step> steps) {
        return steps.stream().filter(step -> !step.bean().isEmpty()).count();
    }

    private static List<Step> steps(boolean connectors) {
        return RouteFiles.below(Path.of("routes")).stream().filter(file -> connectors ? file.isKamelet() : file.isRoutes())
                .flatMap(file -> steps(file.tree(), file.name()).stream()).toList();
    }

    private static List<Step> steps(Object node, String file) {
        if (node instanceof List<?> list) {
            return list.stream().flatMap(item -> steps(item, file).stream()).toList();
        }
        return RouteFile.map(node).entrySet().stream().flatMap(entry -> {
            Map<String, Object> step = RouteFile.map(entry.getValue());
            boolean isStep = step.get("id") instanceof String && !PARTS.contains(entry.getKey());
            return Stream.concat(isStep ? Stream.of(new Step(file, step.get("id").toString(), bean(entry.getKey(), step))) : Stream.empty(),
                    steps(entry.getValue(), file).stream());
        }).toList();
    }

    /** The bean that a step calls; empty where it calls none. What stands in the steps below it is theirs. */
    private static String bean(String word, Map<String, Object> step) {
        if (word.equals("bean") || word.equals("process")) {
            return name(step);
        }
        if (String.valueOf(step.get("uri")).matches("(bean|class):.*")) {
            return step.get("uri").toString();
        }
        if (word.equals("choice") && step.get("when") instanceof List<?> cases) {
            return cases.stream().map(one -> expression(RouteFile.map(one))).filter(name -> !name.isEmpty()).collect(Collectors.joining(", "));
        }
        return expression(step);
    }

    private static String expression(Map<String, Object> step) {
        Map<String, Object> expression = RouteFile.map(step.get("expression"));
        if (expression.containsKey("method")) {
            return name(RouteFile.map(expression.get("method")));
        }
        return expression.toString().contains("bean:") || String.valueOf(step.get("parameters")).contains("bean:") ? "bean: in an expression" : "";
    }

    private static String name(Map<String, Object> call) {
        return call.getOrDefault("ref", "") + "." + call.getOrDefault("method", "");
    }
}
