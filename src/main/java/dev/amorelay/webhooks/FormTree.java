package dev.amorelay.webhooks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.json.Json;
import dev.amorelay.json.StoredJson;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * Reads forms whose names carry PHP brackets ({@code leads[status][0][id]=7}) into a tree of texts.
 *
 * <ul>
 * <li>Brackets may be percent-encoded or raw, {@code +} is a space, text is UTF-8. A malformed percent escape is kept
 *     as it stands, invalid UTF-8 and NUL become U+FFFD.
 * <li>A parent whose keys are all non-negative integers is an array, in the order of the indexes and without their
 *     gaps; {@code []} appends. Any other parent is an object, so a radio button ({@code [values][value]}, no index)
 *     is an object where other fields have an array. The root is always an object.
 * <li>A key that is both a text and a parent ({@code type=3}, {@code type[uuid]=x}) keeps both, in whichever order
 *     they came: the text is under the key {@code ""}: {@code {"type":{"":"3","uuid":"x"}}}.
 * <li>As in PHP, the last of several texts under one name stays, and pairs without a name are left out. A name whose
 *     brackets do not close, or that goes on after them, is one plain key.
 * </ul>
 */
public final class FormTree {

    /** The deepest name that is read: the root key and 31 pairs of brackets. */
    public static final int MAX_DEPTH = 32;

    /** The most pairs that are read: as many entities as a body may tell of, with forty fields each. */
    public static final int MAX_PAIRS = 20_000;

    /** The most parents that are read: a small body of deep names would else fill the memory. */
    public static final int MAX_PARENTS = 20_000;

    private final Branch root = new Branch();
    private final int[] starts = new int[MAX_DEPTH];
    private final int[] ends = new int[MAX_DEPTH];
    private byte[] source;
    private byte[] decoded;
    private int at;
    private int pairs;

    private FormTree() {
    }

    /**
     * Reads a form.
     *
     * @param body {@code application/x-www-form-urlencoded} bytes
     * @return the tree; empty when the form is deeper than {@link #MAX_DEPTH}, or has more than {@link #MAX_PAIRS}
     *         pairs or {@link #MAX_PARENTS} parents
     */
    public static Optional<ObjectNode> of(byte[] body) {
        FormTree form = new FormTree();
        form.source = body;
        form.decoded = new byte[body.length];
        return form.pairs() ? Optional.of(form.root.object()) : Optional.empty();
    }

    /**
     * Brings JSON into the shape that the same data has as a form: numbers are texts, true and false are "1" and "0",
     * nulls and empty parents are left out, objects with only indexes as keys are arrays. Root keys with brackets
     * ({@code {"leads[add][0][id]":"7"}}, what a flow gets from a form parser that does not know them) are unfolded.
     *
     * @param json any tree
     * @return the tree; empty when it is no object, or beyond the limits of a form
     */
    public static Optional<ObjectNode> of(JsonNode json) {
        FormTree form = new FormTree();
        return json.isObject() && form.fields(json) ? Optional.of(form.root.object()) : Optional.empty();
    }

    private boolean pairs() {
        while (at < source.length) {
            int name = decode(0, true);
            int end = name;
            if (at < source.length && source[at] == '=') {
                at++;
                end = decode(name, false);
            }
            at++;
            if (name > 0 && (++pairs > MAX_PAIRS || !put(name, string(name, end)))) {
                return false;
            }
        }
        return true;
    }

    /** Decodes up to the pair's end, or to the name's, appending at {@code to}; returns where the text ends. */
    private int decode(int to, boolean name) {
        int end = to;
        while (at < source.length && source[at] != '&' && !(name && source[at] == '=')) {
            byte b = source[at++];
            if (b == '+') {
                b = ' ';
            } else if (b == '%' && at + 1 < source.length) {
                int high = Character.digit(source[at], 16);
                int low = Character.digit(source[at + 1], 16);
                if (high >= 0 && low >= 0) {
                    b = (byte) (high << 4 | low);
                    at += 2;
                }
            }
            decoded[end++] = b;
        }
        return end;
    }

    /** Puts a text where the decoded name says; false when that is too deep, or one parent too many. */
    private boolean put(int name, String text) {
        int depth = path(name);
        if (depth > MAX_DEPTH) {
            return false;
        }
        Branch branch = root;
        for (int i = 0; i < depth - 1; i++) {
            branch = branch.branch(key(branch, i));
        }
        branch.text(key(branch, depth - 1), text);
        return root.branches() <= MAX_PARENTS;
    }

    /** Finds the keys of the decoded name and returns their number, which may be one more than there is room for. */
    private int path(int name) {
        int bracket = 0;
        while (bracket < name && decoded[bracket] != '[') {
            bracket++;
        }
        starts[0] = 0;
        ends[0] = bracket;
        int depth = 1;
        while (bracket < name) {
            int close = bracket + 1;
            while (close < name && decoded[close] != ']') {
                close++;
            }
            if (ends[0] == 0 || close == name || close + 1 < name && decoded[close + 1] != '[') {
                ends[0] = name;
                return 1;
            }
            if (depth < MAX_DEPTH) {
                starts[depth] = bracket + 1;
                ends[depth] = close;
            }
            depth++;
            bracket = close + 1;
        }
        return depth;
    }

    private String key(Branch branch, int i) {
        return starts[i] == ends[i] ? branch.nextIndex() : string(starts[i], ends[i]);
    }

    private String string(int start, int end) {
        return Json.storable(new String(decoded, start, end - start, StandardCharsets.UTF_8));
    }

    private boolean fields(JsonNode object) {
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            String name = field.getKey();
            Branch parent = root;
            String key = Json.storable(name);
            int depth = 1;
            if (name.indexOf('[') > 0) {
                decoded = name.getBytes(StandardCharsets.UTF_8);
                depth = path(decoded.length);
                for (int i = 0; i < Math.min(depth, MAX_DEPTH) - 1; i++) {
                    parent = parent.branch(key(parent, i));
                }
                key = key(parent, Math.min(depth, MAX_DEPTH) - 1);
            }
            if (!graft(parent, key, field.getValue(), depth)) {
                return false;
            }
        }
        return true;
    }

    private boolean graft(Branch parent, String key, JsonNode value, int depth) {
        if (depth > MAX_DEPTH || value.isValueNode() && ++pairs > MAX_PAIRS || root.branches() > MAX_PARENTS) {
            return false;
        }
        if (value.isObject()) {
            Branch branch = parent.branch(key);
            for (Map.Entry<String, JsonNode> field : value.properties()) {
                if (!graft(branch, Json.storable(field.getKey()), field.getValue(), depth + 1)) {
                    return false;
                }
            }
        } else if (value.isArray()) {
            Branch branch = parent.branch(key);
            for (JsonNode item : value) {
                if (!graft(branch, branch.nextIndex(), item, depth + 1)) {
                    return false;
                }
            }
        } else if (value.isBoolean()) {
            parent.text(key, value.asBoolean() ? "1" : "0");
        } else if (!value.isNull()) {
            parent.text(key, StoredJson.plain(value));
        }
        return true;
    }
}
