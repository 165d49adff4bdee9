package dev.amorelay.leads;

import dev.amorelay.workshop.Finding;
import dev.amorelay.workshop.YamlNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Reads {@code lead/names.yaml}, and tells by line what is wrong in it. */
final class LeadNamesReader {

    private static final Set<String> LISTS = Set.of("wrappers", "envelopes", "others", "labels", "values", "choices", "country", "area", "definitions", "nameless",
            "noise", "context");
    private static final Set<String> SECTIONS = Set.of("fields", "types", "words", "before", "after", "wrappers", "envelopes", "others", "labels", "values",
            "choices", "country", "area", "definitions", "nameless", "noise", "context", "cart", "tests");
    private static final Set<String> CART = Set.of("inside", "total", "items");
    private static final Set<String> ITEM = Set.of("name", "quantity", "price", "sum", "id", "code");

    private final Consumer<Finding> findings;
    private final Map<String, List<String>> lists = new HashMap<>();
    private final Map<String, List<String>> cart = new HashMap<>();

    private LeadNamesReader(Consumer<Finding> findings) {
        this.findings = findings;
    }

    /**
     * Reads the table.
     *
     * @param file its path, for the findings
     * @param text what stands in it
     * @param findings takes what is wrong
     * @return what could be read
     */
    static LeadNames read(String file, String text, Consumer<Finding> findings) {
        Optional<YamlNode> root = YamlNode.read(file, text, "delete it, and the names that come with the relay count", findings);
        return new LeadNamesReader(findings).table(root.orElse(null));
    }

    private LeadNames table(YamlNode root) {
        if (root == null) {
            return new LeadNames(Map.of(), Map.of(), Map.of(), Set.of(), Set.of(), Map.of(), Map.of(), List.of());
        }
        known(root, SECTIONS, "a section");
        LISTS.forEach(name -> root.get(name).ifPresent(node -> keys(node, true).forEach(key -> {
            boolean begins = key.endsWith("*");
            lists.computeIfAbsent(begins ? name + "*" : name, any -> new ArrayList<>()).add(begins ? key.substring(0, key.length() - 1) : key);
        })));
        cart(root);
        return new LeadNames(claims(root, "fields"), claims(root, "types"), words(root), Set.copyOf(keys(root, "before")),
                Set.copyOf(keys(root, "after")), lists, cart, tests(root));
    }

    /** A name that two fields claim would be one's by chance. */
    private Map<String, String> claims(YamlNode root, String section) {
        Map<String, String> claims = new HashMap<>();
        Set<String> seen = new LinkedHashSet<>();
        root.get(section).ifPresent(fields -> map(fields).forEach(field -> {
            if (!field.name().matches("[a-z][a-z0-9_]*")) {
                findings.accept(field.key().finding("'" + field.name() + "' is no name of ours: small Latin letters, digits and _"));
            }
            if (!seen.add(field.name())) {
                findings.accept(field.key().finding("'" + field.name() + "' is there twice: put its names together"));
            }
            texts(field.value()).forEach(name -> {
                String key = key(name, false);
                String other = key.isEmpty() ? null : claims.putIfAbsent(key, field.name());
                if (other != null && !other.equals(field.name())) {
                    findings.accept(name.finding("'" + name.text() + "' is claimed by " + other + " and " + field.name() + ": leave it with one"));
                }
            });
        }));
        return claims;
    }

    private Map<String, List<String>> words(YamlNode root) {
        Map<String, List<String>> words = new HashMap<>();
        root.get("words").ifPresent(section -> {
            known(section, Set.of("phone", "email"), "a field whose values can be told by their look");
            map(section).forEach(field -> words.put(field.name(), keys(field.value(), false)));
        });
        return words;
    }

    private void cart(YamlNode root) {
        root.get("cart").ifPresent(section -> {
            known(section, Set.of("inside", "total", "items", "item"), "a part of a cart");
            CART.forEach(part -> cart.put(part, keys(section, part)));
            section.get("item").ifPresent(item -> {
                known(item, ITEM, "a part of an item");
                ITEM.forEach(part -> cart.put("item." + part, keys(item, part)));
            });
        });
    }

    private List<LeadNames.Test> tests(YamlNode root) {
        List<LeadNames.Test> tests = new ArrayList<>();
        root.get("tests").ifPresent(section -> section.items().forEach(test -> {
            known(test, Set.of("fields", "answer"), "a part of a connection test");
            Map<String, String> fields = new LinkedHashMap<>();
            test.get("fields").ifPresent(node -> map(node).forEach(field -> fields.put(field.name(), field.value().text())));
            if (fields.isEmpty()) {
                findings.accept(test.finding("a connection test needs fields: {name: value}"));
            } else {
                tests.add(new LeadNames.Test(fields, test.get("answer").map(YamlNode::text).orElse(null)));
            }
        }));
        return tests;
    }

    private List<String> keys(YamlNode node, String part) {
        return node.get(part).map(list -> keys(list, false)).orElse(List.of());
    }

    private List<String> keys(YamlNode list, boolean mayBegin) {
        return texts(list).map(name -> key(name, mayBegin)).filter(key -> !key.isEmpty()).toList();
    }

    private String key(YamlNode name, boolean mayBegin) {
        String key = FieldWords.key(name.text());
        if (key.isEmpty()) {
            findings.accept(name.finding("a name needs a letter or a digit"));
            return "";
        }
        return mayBegin && name.text().endsWith("*") ? key + "*" : key;
    }

    /** The texts of a list, or of lists in it. */
    private Stream<YamlNode> texts(YamlNode list) {
        if (list.isText() || list.isMap()) {
            findings.accept(list.finding("a list of names is expected: [name, other name]"));
            return Stream.empty();
        }
        return list.items().stream().flatMap(item -> item.isText() ? Stream.of(item) : texts(item));
    }

    private List<YamlNode.Entry> map(YamlNode node) {
        if (!node.isMap()) {
            findings.accept(node.finding("a map is expected: name: …"));
        }
        return node.entries();
    }

    private void known(YamlNode node, Set<String> names, String what) {
        map(node).stream().filter(entry -> !names.contains(entry.name())).forEach(entry ->
                findings.accept(entry.key().finding("'" + entry.name() + "' is not " + what + ": " + String.join(", ", names.stream().sorted().toList()))));
    }
}
