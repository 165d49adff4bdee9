package dev.amorelay.docs;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** YAML as maps and lists, read without complaints: what is not there is empty. */
final class Tree {

    private Tree() {
    }

    static Object of(String yaml) {
        return new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
    }

    static Map<String, Object> map(Object node) {
        Map<String, Object> typed = new LinkedHashMap<>();
        if (node instanceof Map<?, ?> map) {
            map.forEach((key, value) -> typed.put(String.valueOf(key), value));
        }
        return typed;
    }

    /** The map at the end of a path of keys. */
    static Map<String, Object> map(Object node, String... keys) {
        Object at = node;
        for (String key : keys) {
            at = map(at).get(key);
        }
        return map(at);
    }

    static List<Object> list(Object node) {
        return node instanceof List<?> list ? List.copyOf(list) : List.of();
    }

    static String text(Object node, String key) {
        Object value = map(node).get(key);
        return value == null ? "" : value.toString().strip();
    }
}
