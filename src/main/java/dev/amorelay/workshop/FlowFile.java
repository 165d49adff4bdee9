package dev.amorelay.workshop;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A file of flows, taken apart.
 *
 * @param name its path below the folder, with {@code /}
 * @param root what stands in it
 * @param items its routes, error policies and kamelets
 */
record FlowFile(String name, YamlNode root, List<FlowItem> items) {

    /**
     * Takes a file apart, with the parser that Camel uses.
     *
     * @param name its path below the folder
     * @param text what stands in it
     * @param findings takes what cannot be read
     * @return the file; empty when it is empty, or no YAML
     */
    static Optional<FlowFile> read(String name, String text, Consumer<Finding> findings) {
        return YamlNode.read(name, text, "write a route, or delete it", findings).map(node -> file(node, text, findings));
    }

    static boolean isKamelet(String name) {
        return name.endsWith(".kamelet.yaml");
    }

    private static FlowFile file(YamlNode root, String text, Consumer<Finding> findings) {
        if (isKamelet(root.file())) {
            String id = root.at("metadata", "name").map(YamlNode::text).orElse("");
            return new FlowFile(root.file(), root, List.of(new FlowItem(FlowItem.KAMELET, id, root, 1, text)));
        }
        if (root.items().isEmpty()) {
            findings.accept(root.finding("a list is expected: begin each item of the file with '- route:' or '- routeConfiguration:'"));
        }
        List<String> lines = text.lines().toList();
        List<YamlNode> tops = root.items();
        List<FlowItem> items = new ArrayList<>();
        for (int i = 0; i < tops.size(); i++) {
            // Camel takes a list apart; an item alone is a list of one
            int end = i + 1 < tops.size() ? dash(lines, tops.get(i + 1).line()) : lines.size();
            int begin = dash(lines, tops.get(i).line());
            String own = String.join("\n", lines.subList(begin, end)) + "\n";
            for (YamlNode.Entry entry : tops.get(i).entries()) {
                items.add(new FlowItem(entry.name(), entry.value().text("id"), entry.value(), begin + 1, own));
            }
        }
        return new FlowFile(root.file(), root, items);
    }

    /** The dash before an item may stand on a line of its own. */
    private static int dash(List<String> lines, int line) {
        int index = line - 1;
        while (index > 0 && !lines.get(index).startsWith("-") && !lines.get(index).stripLeading().startsWith("- ")) {
            index--;
        }
        return index;
    }
}
