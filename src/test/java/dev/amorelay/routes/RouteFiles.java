package dev.amorelay.routes;

import dev.amorelay.workshop.DataFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What has to be right in the files of {@code routes/} before anything runs; each complaint names file and cause. */
final class RouteFiles {

    private static final int MOST_LINES = 160;
    private static final Pattern ID = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*(\\.[a-z0-9]+(-[a-z0-9]+)*){2}");
    private static final Pattern METHOD = Pattern.compile("\\w+");
    private static final Pattern STATEMENT = Pattern.compile("sql:classpath:([^?]+).*");
    private static final Pattern KAMELET = Pattern.compile("kamelet:([^?/]+).*");

    private final List<RouteFile> files;
    private final BiPredicate<String, String> beans;
    private final Predicate<String> resources;
    private final List<String> complaints = new ArrayList<>();

    /**
     * @param files what to look at
     * @param beans whether there is a bean of a name with a public method of a name; null for any method
     * @param resources whether there is a file of a name on the class path
     */
    RouteFiles(List<RouteFile> files, BiPredicate<String, String> beans, Predicate<String> resources) {
        this.files = files;
        this.beans = beans;
        this.resources = resources;
    }

    /** All files below a folder. */
    static List<RouteFile> below(Path folder) {
        try (Stream<Path> paths = Files.walk(folder)) {
            List<RouteFile> files = new ArrayList<>();
            // tests of flows are read by dev.amorelay.flowtests
            for (Path path : paths.filter(Files::isRegularFile).filter(path -> !path.startsWith(folder.resolve("tests"))).sorted().toList()) {
                String name = folder.relativize(path).toString().replace('\\', '/');
                // decisions as data, which the features check that read them
                if (DataFile.named(name).isEmpty()) {
                    files.add(new RouteFile(name, Files.readString(path)));
                }
            }
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return what is wrong; empty when nothing is */
    List<String> complaints() {
        complaints.clear();
        files.forEach(this::shape);
        List<RouteFile> readable = files.stream().filter(file -> file.isRoutes() || file.isKamelet()).toList();
        routes(readable);
        readable.forEach(this::names);
        readable.stream().filter(RouteFile::isKamelet).forEach(this::kamelet);
        return List.copyOf(complaints);
    }

    private void complain(RouteFile file, String what) {
        complaints.add(file.name() + ": " + what);
    }

    private void shape(RouteFile file) {
        if (!file.isRoutes() && !file.isKamelet()) {
            complain(file, "neither *.camel.yaml nor *.kamelet.yaml");
        }
        long lines = file.text().lines().count();
        if (lines > MOST_LINES) {
            complain(file, lines + " lines, more than " + MOST_LINES);
        }
    }

    private void routes(List<RouteFile> readable) {
        Set<String> ids = new HashSet<>();
        Set<Object> configurations = new HashSet<>();
        readable.forEach(file -> file.all("routeConfiguration").forEach(one -> configurations.add(one.get("id"))));
        for (RouteFile file : readable) {
            for (Map<String, Object> route : file.all("route")) {
                String id = text(route, "id");
                if (id.isEmpty()) {
                    complain(file, "a route without id");
                } else if (!ID.matcher(id).matches()) {
                    complain(file, id + " is not of the form <domain>.<flow>.<stage>");
                }
                if (!id.isEmpty() && !ids.add(id)) {
                    complain(file, id + " is there twice");
                }
                if (text(route, "description").isEmpty()) {
                    complain(file, id + " without description");
                }
                Map<String, Object> from = RouteFile.map(route.get("from"));
                if (text(from, "uri").isEmpty()) {
                    complain(file, id + " comes from nowhere");
                }
                if (text(from, "uri").startsWith("quartz:") && !text(RouteFile.map(from.get("parameters")), "stateful").equals("true")) {
                    complain(file, id + " fires at every node, its clock is not stateful");
                }
                Object policy = route.get("routeConfigurationId");
                if (policy != null && !configurations.contains(policy)) {
                    complain(file, id + " names the error policy " + policy + ", which no file has");
                }
            }
            file.all("routeConfiguration").stream().filter(one -> text(one, "description").isEmpty())
                    .forEach(one -> complain(file, "error policy " + one.get("id") + " without description"));
        }
    }

    private void names(RouteFile file) {
        for (String kind : List.of("bean", "method")) {
            // 'method' is both the language that calls a bean and the name of the method it calls
            file.everywhere(kind).stream().filter(Map.class::isInstance).map(RouteFile::map).forEach(bean -> bean(file, bean));
        }
        Stream.of("uri", "to", "toD", "from").flatMap(key -> file.everywhere(key).stream()).filter(String.class::isInstance)
                .forEach(uri -> address(file, uri.toString()));
    }

    private void address(RouteFile file, String uri) {
        Matcher statement = STATEMENT.matcher(uri);
        if (statement.matches() && !resources.test(statement.group(1))) {
            complain(file, "no statement " + statement.group(1));
        }
        Matcher kamelet = KAMELET.matcher(uri);
        if (kamelet.matches() && !List.of("source", "sink").contains(kamelet.group(1)) && files.stream()
                .noneMatch(other -> other.name().endsWith("/" + kamelet.group(1) + ".kamelet.yaml"))) {
            complain(file, "no kamelet " + kamelet.group(1));
        }
    }

    private void bean(RouteFile file, Map<String, Object> bean) {
        String name = text(bean, "ref");
        Matcher method = METHOD.matcher(text(bean, "method"));
        String called = method.lookingAt() ? method.group() : null;
        if (!beans.test(name, null)) {
            complain(file, "no bean " + name);
        } else if (called == null || !beans.test(name, called)) {
            complain(file, "no method " + called + " of the bean " + name);
        }
    }

    private void kamelet(RouteFile file) {
        Map<String, Object> tree = RouteFile.map(file.tree());
        String name = text(RouteFile.map(tree.get("metadata")), "name");
        if (!file.name().endsWith("/" + name + ".kamelet.yaml")) {
            complain(file, "is named " + name);
        }
        Map<String, Object> labels = RouteFile.map(RouteFile.map(tree.get("metadata")).get("labels"));
        if (!List.of("action", "sink", "source").contains(text(labels, "camel.apache.org/kamelet.type"))) {
            complain(file, "without the label camel.apache.org/kamelet.type");
        }
        Map<String, Object> definition = RouteFile.map(RouteFile.map(tree.get("spec")).get("definition"));
        for (String part : List.of("title", "description", "type")) {
            if (text(definition, part).isEmpty()) {
                complain(file, "without " + part);
            }
        }
        RouteFile.map(definition.get("properties")).forEach((parameter, shape) -> {
            for (String part : List.of("title", "description", "type", "example")) {
                if (text(RouteFile.map(shape), part).isEmpty()) {
                    complain(file, "parameter " + parameter + " without " + part);
                }
            }
        });
    }

    private static String text(Map<String, Object> map, String key) {
        Object value = map.get(key);
        return value == null ? "" : value.toString().strip();
    }
}
