package dev.amorelay.workshop;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A place in a YAML file, with whatever stands there.
 *
 * @param file the file's path below the folder
 * @param node what stands there
 */
record YamlNode(String file, Node node) {

    /** @return line, from 1 */
    int line() {
        return node.getStartMark().map(Mark::getLine).orElse(0) + 1;
    }

    /** @return column, from 1 */
    int column() {
        return node.getStartMark().map(Mark::getColumn).orElse(0) + 1;
    }

    /** @return something wrong here */
    Finding finding(String message) {
        return new Finding(file, line(), column(), message);
    }

    /** @return the text here; empty where a list or a map stands */
    String text() {
        return node instanceof ScalarNode scalar ? scalar.getValue().strip() : "";
    }

    boolean isText() {
        return node instanceof ScalarNode;
    }

    boolean isMap() {
        return node instanceof MappingNode;
    }

    /** @return the items of the list here; none where no list stands */
    List<YamlNode> items() {
        List<YamlNode> items = new ArrayList<>();
        if (node instanceof SequenceNode list) {
            list.getValue().forEach(item -> items.add(new YamlNode(file, item)));
        }
        return items;
    }

    /** @return the entries of the map here; none where no map stands */
    List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        if (node instanceof MappingNode map) {
            for (NodeTuple tuple : map.getValue()) {
                entries.add(new Entry(new YamlNode(file, tuple.getKeyNode()), new YamlNode(file, tuple.getValueNode())));
            }
        }
        return entries;
    }

    /** @return what stands under a key */
    Optional<YamlNode> get(String key) {
        return entries().stream().filter(entry -> entry.name().equals(key)).map(Entry::value).findFirst();
    }

    /** @return what stands under a key of a key; empty where one of them is missing */
    Optional<YamlNode> at(String... keys) {
        Optional<YamlNode> here = Optional.of(this);
        for (String key : keys) {
            here = here.flatMap(node -> node.get(key));
        }
        return here;
    }

    /** @return the text under a key; empty where there is none */
    String text(String key) {
        return get(key).map(YamlNode::text).orElse("");
    }

    /** Shows every entry of every map from here down, with the name that it stands under. */
    void walk(BiConsumer<String, YamlNode> visitor) {
        entries().forEach(entry -> {
            visitor.accept(entry.name(), entry.value());
            entry.value().walk(visitor);
        });
        items().forEach(item -> {
            visitor.accept("", item);
            item.walk(visitor);
        });
    }

    /**
     * One entry of a map.
     *
     * @param key where its name stands
     * @param value what stands under it
     */
    record Entry(YamlNode key, YamlNode value) {

        String name() {
            return key.text();
        }
    }
}
