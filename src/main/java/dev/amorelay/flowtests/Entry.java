package dev.amorelay.flowtests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.json.Json;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** A piece of a YAML file that knows where it stands and says so when it is not what it should be. */
final class Entry {

    private final Node node;
    private final String file;
    private final Moments moments;

    Entry(Node node, String file, Moments moments) {
        this.node = node;
        this.file = file;
        this.moments = moments;
    }

    /** The same with its times by another clock. */
    Entry at(Moments others) {
        return new Entry(node, file, others);
    }

    Place place() {
        return new Place(file, node.getStartMark().getLine() + 1);
    }

    /** The complaint that something is wrong here. */
    BadTest wrong(String what) {
        return new BadTest(place(), what);
    }

    /** A map with none but the known keys. */
    Map<String, Entry> map(String what, Set<String> known) {
        Map<String, Entry> entries = map(what);
        entries.forEach((key, value) -> {
            if (!known.contains(key)) {
                throw value.wrong("unknown key '" + key + "' of " + what + "; known are " + String.join(", ", new TreeSet<>(known)));
            }
        });
        return entries;
    }

    /** A map with any keys, each once. */
    Map<String, Entry> map(String what) {
        if (!(node instanceof MappingNode mapping)) {
            throw wrong(what + " is a map of 'key: value' lines");
        }
        Map<String, Entry> entries = new LinkedHashMap<>();
        for (NodeTuple pair : mapping.getValue()) {
            if (!(pair.getKeyNode() instanceof ScalarNode key)) {
                throw new Entry(pair.getKeyNode(), file, moments).wrong("a key is a word");
            }
            // an empty value has no line of its own to stand on
            Entry value = new Entry(pair.getValueNode(), file, moments);
            if (entries.put(key.getValue(), value) != null) {
                throw value.wrong("the key '" + key.getValue() + "' is there twice");
            }
        }
        return entries;
    }

    List<Entry> list(String what) {
        if (!(node instanceof SequenceNode sequence)) {
            throw wrong(what + " is a list, each item begins with '- '");
        }
        return sequence.getValue().stream().map(item -> new Entry(item, file, moments)).toList();
    }

    String text(String what) {
        if (!(node instanceof ScalarNode scalar) || Tag.NULL.equals(node.getTag())) {
            throw wrong(what + " is a text");
        }
        return moments.fill(scalar.getValue());
    }

    /** A text out of a few. */
    String oneOf(String what, List<String> words) {
        String word = text(what);
        if (!words.contains(word)) {
            throw wrong(what + " is one of " + String.join(", ", words) + ", not '" + word + "'");
        }
        return word;
    }

    int number(String what) {
        try {
            return Integer.parseInt(text(what));
        } catch (NumberFormatException e) {
            throw wrong(what + " is a whole number");
        }
    }

    boolean flag(String what) {
        return Boolean.parseBoolean(oneOf(what, List.of("true", "false")));
    }

    /** Whatever stands here, as JSON. */
    JsonNode json() {
        if (node instanceof MappingNode) {
            ObjectNode object = Json.object();
            map("an object").forEach((key, value) -> object.set(moments.fill(key), value.json()));
            return object;
        }
        if (node instanceof SequenceNode) {
            ArrayNode array = Json.array();
            list("an array").forEach(item -> array.add(item.json()));
            return array;
        }
        return scalar(((ScalarNode) node).getValue());
    }

    private JsonNode scalar(String value) {
        JsonNodeFactory make = JsonNodeFactory.instance;
        if (Tag.NULL.equals(node.getTag())) {
            return make.nullNode();
        }
        // YAML takes yes and on for true as well; a message may say so
        if (Tag.BOOL.equals(node.getTag()) && (value.equals("true") || value.equals("false"))) {
            return make.booleanNode(value.equals("true"));
        }
        if (Tag.INT.equals(node.getTag()) && value.matches("-?(0|[1-9]\\d{0,17})")) {
            return make.numberNode(Long.parseLong(value));
        }
        if (Tag.FLOAT.equals(node.getTag()) && value.matches("-?\\d+\\.\\d+")) {
            return make.numberNode(new BigDecimal(value));
        }
        return moments.value(value);
    }
}
