package dev.amorelay.webhooks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A growing tree of texts in which every node is a map, as in PHP; only when it is whole is it known which maps are
 * lists. A key that is both a text and a parent keeps both: the text moves under the key "" of the parent.
 */
final class Branch {

    /** More digits than this are a name, not an index; so an index always fits a long. */
    private static final int INDEX_DIGITS = 18;

    private final Map<String, Object> children = new LinkedHashMap<>(8);
    private final Branch root;
    private int branches;
    private long nextIndex;
    private boolean list = true;
    private boolean ordered = true;

    /** A root. */
    Branch() {
        root = this;
    }

    private Branch(Branch root) {
        this.root = root;
        root.branches++;
    }

    /** @return of a root, how many branches hang under it, near and far */
    int branches() {
        return branches;
    }

    /** @return the child that is a parent itself, made where there is none yet */
    Branch branch(String key) {
        Object child = children.get(key);
        if (child instanceof Branch branch) {
            return branch;
        }
        Branch branch = new Branch(root);
        if (child != null) {
            branch.put("", child);
        }
        put(key, branch);
        return branch;
    }

    /** Sets a text; as in PHP the last of several under one key stays. */
    void text(String key, String text) {
        if (children.get(key) instanceof Branch branch) {
            branch.text("", text);
        } else {
            put(key, text);
        }
    }

    /** @return the key that an empty pair of brackets stands for: one more than the greatest index so far */
    String nextIndex() {
        return Long.toString(nextIndex);
    }

    private void put(String key, Object child) {
        if (children.put(key, child) == null) {
            long index = index(key);
            list &= index >= 0;
            ordered &= index >= nextIndex;
            nextIndex = Math.max(nextIndex, index + 1);
        }
    }

    /** @return this branch as an object, whatever its keys; without parents that hold nothing */
    ObjectNode object() {
        ObjectNode object = Json.object();
        children.forEach((key, child) -> {
            JsonNode node = node(child);
            if (node != null) {
                object.set(key, node);
            }
        });
        return object;
    }

    private ArrayNode array() {
        List<Map.Entry<String, Object>> entries = new ArrayList<>(children.entrySet());
        if (!ordered) {
            entries.sort((a, b) -> Long.compare(index(a.getKey()), index(b.getKey())));
        }
        ArrayNode array = Json.array();
        for (Map.Entry<String, Object> entry : entries) {
            JsonNode node = node(entry.getValue());
            if (node != null) {
                array.add(node);
            }
        }
        return array;
    }

    private static JsonNode node(Object child) {
        if (child instanceof Branch branch) {
            JsonNode node = branch.list ? branch.array() : branch.object();
            return node.isEmpty() ? null : node;
        }
        return Json.MAPPER.getNodeFactory().textNode((String) child);
    }

    /** @return the key as a list's index; -1 where it is a name (PHP: "08" and "-1" are names) */
    private static long index(String key) {
        int length = key.length();
        if (length == 0 || length > INDEX_DIGITS || length > 1 && key.charAt(0) == '0') {
            return -1;
        }
        long index = 0;
        for (int i = 0; i < length; i++) {
            int digit = key.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            index = index * 10 + digit;
        }
        return index;
    }
}
