package dev.amorelay.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A file of {@code routes/}, one flow.
 *
 * @param name its path below the folder without the ending, for example {@code lead-ingest}
 * @param intro the comment at its top
 * @param routes its routes
 * @param policies its error policies
 */
record Flow(String name, String intro, List<Route> routes, List<Map<String, Object>> policies) {

    /** A route of a flow. */
    record Route(String id, String description, String policy, Map<String, Object> from) {

        List<Step> steps() {
            return Step.all(from.get("steps"));
        }

        Stream<Step> everything() {
            return steps().stream().flatMap(Step::everything);
        }

        /** Where it starts, for example {@code outbox:crm.lead}. */
        String uri() {
            return Tree.text(from, "uri");
        }

        boolean isInner() {
            return uri().startsWith("direct:");
        }

        /** Where it starts, for readers: {@code POST /ingest/leads}. */
        String entrance() {
            String uri = uri();
            String rest = uri.substring(uri.indexOf(':') + 1);
            return uri.startsWith("platform-http:") ? Tree.text(Tree.map(from, "parameters"), "httpMethodRestrict") + " " + rest
                    : uri.startsWith("quartz:") ? "clock " + rest + ", " + setting(Tree.text(Tree.map(from, "parameters"), "cron"))
                    : uri.startsWith("timer:") ? "timer" : uri;
        }

        /** What a placeholder stands for by default. */
        private static String setting(String placeholder) {
            try {
                Object at = Tree.of(Files.readString(Path.of("src/main/resources/application.yaml")));
                for (String key : placeholder.replaceAll("[{}]", "").split("\\.")) {
                    at = Tree.map(at).get(key);
                }
                return String.valueOf(at);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    static List<Flow> all(Path folder) {
        try (Stream<Path> paths = Files.walk(folder)) {
            List<Flow> flows = new ArrayList<>();
            for (Path path : paths.filter(file -> file.toString().endsWith(".camel.yaml")).sorted().toList()) {
                String name = folder.relativize(path).toString().replace('\\', '/').replace(".camel.yaml", "");
                flows.add(of(name, Files.readString(path)));
            }
            return flows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Flow of(String name, String text) {
        List<Route> routes = new ArrayList<>();
        List<Map<String, Object>> policies = new ArrayList<>();
        for (Object item : Tree.list(Tree.of(text))) {
            Map<String, Object> route = Tree.map(item, "route");
            if (!route.isEmpty()) {
                routes.add(new Route(Tree.text(route, "id"), Tree.text(route, "description"), Tree.text(route, "routeConfigurationId"),
                        Tree.map(route, "from")));
            } else if (Tree.map(item).containsKey("routeConfiguration")) {
                policies.add(Tree.map(item, "routeConfiguration"));
            }
        }
        String first = text.lines().findFirst().orElse("");
        return new Flow(name, first.startsWith("#") ? first.substring(1).strip() : "", routes, policies);
    }

    /** All steps of all routes. */
    Stream<Step> everything() {
        return routes.stream().flatMap(Route::everything);
    }

    /** Where it starts from the outside. */
    List<Route> entrances() {
        return routes.stream().filter(route -> !route.isInner()).toList();
    }
}
