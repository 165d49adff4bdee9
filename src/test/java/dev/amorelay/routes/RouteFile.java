package dev.amorelay.routes;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * A file below {@code routes/}.
 *
 * @param name its path below the folder, for example {@code kamelets/mail-send.kamelet.yaml}
 * @param text what stands in it
 */
record RouteFile(String name, String text) {

    boolean isKamelet() {
        return name.endsWith(".kamelet.yaml");
    }

    boolean isRoutes() {
        return name.endsWith(".camel.yaml");
    }

    /** The file as a tree of maps and lists. */
    Object tree() {
        return new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
    }

    /** Everything of a kind at the top of the file, for example its routes. */
    List<Map<String, Object>> all(String kind) {
        List<Map<String, Object>> found = new ArrayList<>();
        if (tree() instanceof List<?> items) {
            items.forEach(item -> {
                if (map(item).get(kind) instanceof Map<?, ?> one) {
                    found.add(map(one));
                }
            });
        }
        return found;
    }

    /** Every map that stands under such a key, however deep. */
    List<Object> everywhere(String key) {
        List<Object> found = new ArrayList<>();
        walk(tree(), key, found);
        return found;
    }

    private static void walk(Object node, String key, List<Object> found) {
        if (node instanceof Map<?, ?> map) {
            map.forEach((name, value) -> {
                if (key.equals(name)) {
                    found.add(value);
                }
                walk(value, key, found);
            });
        } else if (node instanceof List<?> list) {
            list.forEach(item -> walk(item, key, found));
        }
    }

    /** A map with text keys; an empty one in the place of anything else. */
    static Map<String, Object> map(Object node) {
        if (!(node instanceof Map<?, ?> map)) {
            return Map.of();
        }
        Map<String, Object> typed = new LinkedHashMap<>();
        map.forEach((key, value) -> typed.put(String.valueOf(key), value));
        return typed;
    }
}
