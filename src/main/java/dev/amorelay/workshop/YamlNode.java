package dev.amorelay.workshop;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
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
public record YamlNode(String file, Node node) {

    /** More than any file has, aliases written out. */
    private static final int MOST_NODES = 200_000;
    private static final int DEEPEST = 200;
    private static final String TOO_MUCH = "nested too deep, or an alias (*) stands for itself or for too much: write out what it stands for";

    /**
     * Reads a file, with the parser that Camel uses.
     *
     * @param name its path below the folder
     * @param text what stands in it
     * @param remedy what to do about an empty one
     * @param findings takes what cannot be read
     * @return what stands in the file; empty when it is empty, or no YAML
     */
    public static Optional<YamlNode> read(String name, String text, String remedy, Consumer<Finding> findings) {
        try {
            Optional<Node> root = new Compose(LoadSettings.builder().setLabel(name).build()).composeString(text);
            if (root.isEmpty()) {
                findings.accept(new Finding(name, 1, 1, "the file is empty: " + remedy));
            }
            if (root.isPresent() && !isTree(root.get())) {
                findings.accept(new Finding(name, 1, 1, TOO_MUCH));
                return Optional.empty();
            }
            return root.map(node -> new YamlNode(name, node));
        } catch (MarkedYamlEngineException e) {
            Optional<Mark> mark = e.getProblemMark().or(e::getContextMark);
            findings.accept(new Finding(name, mark.map(Mark::getLine).orElse(0) + 1, mark.map(Mark::getColumn).orElse(0) + 1,
                    "no valid YAML: " + brief(e) + "; look at indents, quotes and colons here and in the line before"));
        } catch (StackOverflowError e) {
            // the parser goes as deep as the text does
            findings.accept(new Finding(name, 1, 1, TOO_MUCH));
        } catch (YamlEngineException e) {
            findings.accept(new Finding(name, 1, 1, "no valid YAML: " + e.getMessage()));
        }
        return Optional.empty();
    }

    /** Aliases make a circle of a tree, or a forest of a few lines: who walks it would never come back. */
    private static boolean isTree(Node root) {
        Deque<Map.Entry<Node, Integer>> open = new ArrayDeque<>(List.of(Map.entry(root, 1)));
        for (int nodes = 0; !open.isEmpty(); nodes++) {
            Map.Entry<Node, Integer> next = open.pop();
            Node node = next.getKey();
            int below = next.getValue() + 1;
            if (node.isRecursive() || nodes > MOST_NODES || below > DEEPEST) {
                return false;
            }
            if (node instanceof SequenceNode list) {
                list.getValue().forEach(item -> open.push(Map.entry(item, below)));
            } else if (node instanceof MappingNode map) {
                map.getValue().forEach(entry -> {
                    open.push(Map.entry(entry.getKeyNode(), below));
                    open.push(Map.entry(entry.getValueNode(), below));
                });
            }
        }
        return true;
    }

    private static String brief(MarkedYamlEngineException e) {
        return String.valueOf(e.getProblem()).lines().findFirst().orElse("it cannot be read");
    }

    /** @return line, from 1 */
    int line() {
        return node.getStartMark().map(Mark::getLine).orElse(0) + 1;
    }

    /** @return column, from 1 */
    int column() {
        return node.getStartMark().map(Mark::getColumn).orElse(0) + 1;
    }

    /** @return something wrong here */
    public Finding finding(String message) {
        return new Finding(file, line(), column(), message);
    }

    /** @return the text here; empty where a list or a map stands */
    public String text() {
        return node instanceof ScalarNode scalar ? scalar.getValue().strip() : "";
    }

    public boolean isText() {
        return node instanceof ScalarNode;
    }

    public boolean isMap() {
        return node instanceof MappingNode;
    }

    /** @return the items of the list here; none where no list stands */
    public List<YamlNode> items() {
        List<YamlNode> items = new ArrayList<>();
        if (node instanceof SequenceNode list) {
            list.getValue().forEach(item -> items.add(new YamlNode(file, item)));
        }
        return items;
    }

    /** @return the entries of the map here; none where no map stands */
    public List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        if (node instanceof MappingNode map) {
            for (NodeTuple tuple : map.getValue()) {
                entries.add(new Entry(new YamlNode(file, tuple.getKeyNode()), new YamlNode(file, tuple.getValueNode())));
            }
        }
        return entries;
    }

    /** @return what stands under a key */
    public Optional<YamlNode> get(String key) {
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
    public void walk(BiConsumer<String, YamlNode> visitor) {
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
    public record Entry(YamlNode key, YamlNode value) {

        /** @return the key as a text */
        public String name() {
            return key.text();
        }
    }
}
