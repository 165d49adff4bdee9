package dev.amorelay.leads;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Form fields as the tree that the same lead would be in JSON: {@code meta[items][0][name]}, {@code meta.total} and
 * {@code items[][name]} become nested. A name that fits no tree stays a plain key: nothing is lost, nothing throws.
 */
final class FormTree {

    private static final int DEEPEST = 20;
    /** Several of them are several ways to reach the person, and one of them may be unreadable. */
    private static final Set<String> LISTED = Set.of("phone", "email");

    private FormTree() {
    }

    static ObjectNode of(Map<String, List<String>> fields) {
        ObjectNode root = Json.object();
        fields.forEach((name, values) -> {
            List<String> path = path(name);
            if (path.size() == 1) {
                root.set(name, plain(name, values));
            }
        });
        JsonBody.inside(root.get("meta")).ifPresent(meta -> root.set("meta", meta));
        fields.forEach((name, values) -> {
            List<String> path = path(name);
            if (path.size() > 1 && !put(root, path, values)) {
                root.set(name, plain(name, values));
            }
        });
        root.fieldNames().forEachRemaining(key -> root.replace(key, lists(root.get(key), "meta".equals(key))));
        return root;
    }

    private static List<String> path(String name) {
        List<String> path = new ArrayList<>();
        int open = name.indexOf('[');
        if (open < 0 && name.startsWith("meta.")) {
            path.addAll(List.of(name.split("\\.", -1)));
        } else if (open > 0 && name.endsWith("]")) {
            path.add(name.substring(0, open));
            path.addAll(List.of(name.substring(open + 1, name.length() - 1).split("]\\[", -1)));
        }
        boolean tree = path.size() > 1 && path.size() <= DEEPEST
                && path.stream().noneMatch(step -> step.indexOf('[') >= 0 || step.indexOf(']') >= 0);
        return tree ? path : List.of(name);
    }

    private static boolean put(ObjectNode root, List<String> path, List<String> values) {
        ObjectNode at = root;
        for (String step : path.subList(0, path.size() - 1)) {
            String key = key(at, step);
            JsonNode next = at.get(key);
            if (next == null) {
                next = at.putObject(key);
            }
            if (!(next instanceof ObjectNode branch)) {
                return false;
            }
            at = branch;
        }
        String last = path.get(path.size() - 1);
        if (last.isEmpty()) {
            for (String value : values) {
                if (at.has(key(at, last))) {
                    return false;
                }
                at.put(key(at, last), value);
            }
            return true;
        }
        if (at.has(last)) {
            return false;
        }
        at.set(last, plain(last, values));
        return true;
    }

    private static String key(ObjectNode at, String step) {
        return step.isEmpty() ? String.valueOf(at.size()) : step;
    }

    /** A field sent twice becomes a list; name, message and source take both texts. */
    private static JsonNode plain(String name, List<String> values) {
        List<String> said = new ArrayList<>(new LinkedHashSet<>(values.stream().filter(v -> !v.isBlank()).toList()));
        if (said.size() < 2) {
            return Json.object().textNode(said.isEmpty() ? "" : said.get(0));
        }
        if (MetaFields.OWN.contains(name) && !LISTED.contains(name)) {
            return Json.object().textNode(String.join("message".equals(name) ? "\n" : ", ", said));
        }
        ArrayNode list = Json.array();
        said.forEach(list::add);
        return list;
    }

    private static JsonNode lists(JsonNode node, boolean keepObject) {
        if (!(node instanceof ObjectNode object)) {
            return node;
        }
        List<String> keys = new ArrayList<>();
        object.fieldNames().forEachRemaining(keys::add);
        keys.forEach(key -> object.replace(key, lists(object.get(key), false)));
        if (keepObject || keys.isEmpty() || !IntStream.range(0, keys.size()).mapToObj(String::valueOf).allMatch(object::has)) {
            return object; // numbers with gaps mean something: questions, ids
        }
        ArrayNode list = Json.array();
        IntStream.range(0, keys.size()).forEach(i -> list.add(object.get(String.valueOf(i))));
        return list;
    }
}
