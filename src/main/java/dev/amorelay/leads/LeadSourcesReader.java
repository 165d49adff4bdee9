package dev.amorelay.leads;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.json.Json;
import dev.amorelay.leads.LeadSources.Part;
import dev.amorelay.leads.LeadSources.Row;
import dev.amorelay.texts.TextTemplates;
import dev.amorelay.workshop.DataFolder;
import dev.amorelay.workshop.Finding;
import dev.amorelay.workshop.YamlNode;
import freemarker.core.ParseException;
import freemarker.template.Template;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Reads {@code lead/sources.yaml}, and tells by line what is wrong in it. */
final class LeadSourcesReader {

    static final String NAME = "lead/sources.yaml";

    private static final Set<String> KEYS = Set.of("label", "title", "pipeline", "stage", "responsible", "tags", "owes", "mailbox", "notes", "fields");
    private static final String ID = "[1-9]\\d{0,17}|\\{\\{[^{}]+}}";
    private static final String ADDRESS = "\\s*(?:[^\\s,@<>{}]+@[^\\s,@<>{}]+|\\{\\{[^{}]+}})\\s*";
    private static final String KIND = "[a-z][a-z0-9]*([.-][a-z0-9]+)*";

    private final TextTemplates templates;
    private final DataFolder folder;
    private final boolean withFlows;
    private final Consumer<Finding> findings;

    private LeadSourcesReader(TextTemplates templates, DataFolder folder, boolean withFlows, Consumer<Finding> findings) {
        this.templates = templates;
        this.folder = folder;
        this.withFlows = withFlows;
        this.findings = findings;
    }

    /**
     * Reads the table.
     *
     * @param folder where it stands
     * @param templates writes labels and titles
     * @param withFlows whether the folder has all flows, so that each kind that is owed has to be performed by one
     * @param findings takes what is wrong
     * @return what could be read
     */
    static LeadSources read(DataFolder folder, TextTemplates templates, boolean withFlows, Consumer<Finding> findings) {
        Optional<YamlNode> root = YamlNode.read(NAME, folder.text(NAME).orElseThrow(), "delete it, and the sources that come with the relay count", findings);
        return new LeadSourcesReader(templates, folder, withFlows, findings).table(root.orElse(null));
    }

    private LeadSources table(YamlNode root) {
        if (root == null) {
            return new LeadSources(Part.EMPTY, Map.of());
        }
        known(root, Set.of("default", "sources", "accounts"));
        Part all = part(root);
        for (String needed : List.of("label", "title", "owes", "notes")) {
            if (root.get("default").flatMap(usual -> usual.get(needed)).isEmpty()) {
                findings.accept(root.finding("'default' needs '" + needed + "': it counts for every source that does not say otherwise"));
            }
        }
        Map<String, Part> accounts = new LinkedHashMap<>();
        root.get("accounts").ifPresent(some -> map(some).forEach(account -> {
            known(account.value(), Set.of("default", "sources"));
            accounts.put(account.name(), part(account.value()));
        }));
        return new LeadSources(all, accounts);
    }

    private Part part(YamlNode node) {
        Map<String, Row> sources = new LinkedHashMap<>();
        node.get("sources").ifPresent(some -> map(some).forEach(source -> {
            if (sources.put(source.name(), row(source.value())) != null) {
                findings.accept(source.key().finding("'" + source.name() + "' is there twice: put both together"));
            }
        }));
        return new Part(node.get("default").map(this::row).orElse(Row.EMPTY), sources);
    }

    private Row row(YamlNode node) {
        known(node, KEYS);
        return new Row(template(node, "label", LeadTextModel.LABELS), template(node, "title", LeadTextModel.leads()), id(node, "pipeline"), id(node, "stage"),
                id(node, "responsible"), node.get("tags").map(this::texts).orElse(null), node.get("owes").map(this::owes).orElse(null), mailbox(node),
                node.get("notes").map(this::notes).orElse(null), node.get("fields").map(this::fields).orElse(null));
    }

    private Template template(YamlNode node, String key, List<Map<String, Object>> samples) {
        Optional<YamlNode> text = node.get(key);
        if (text.isEmpty()) {
            return null;
        }
        try {
            Template template = templates.inline(NAME, text.get().text());
            for (Map<String, Object> sample : samples) {
                templates.write(template, sample);
            }
            return template;
        } catch (ParseException e) {
            findings.accept(text.get().finding("no template: " + e.getEditorMessage().lines().findFirst().orElse("")));
        } catch (IOException | RuntimeException e) {
            findings.accept(text.get().finding("it cannot be written: " + String.valueOf(e.getMessage()).replaceFirst("^.*cannot be written: ", "")));
        }
        return null;
    }

    private String id(YamlNode node, String key) {
        Optional<YamlNode> id = node.get(key).filter(value -> !value.isText() || !value.text().isEmpty());
        if (id.isPresent() && !id.get().text().matches(ID)) {
            findings.accept(id.get().finding("'" + key + "' is amoCRM's number, or a setting like {{account.pipeline-id}}"));
            return null;
        }
        return id.map(YamlNode::text).orElse(null);
    }

    private String mailbox(YamlNode node) {
        Optional<YamlNode> mailbox = node.get("mailbox");
        mailbox.filter(value -> !value.text().matches(ADDRESS + "(," + ADDRESS + ")*")).ifPresent(value ->
                findings.accept(value.finding("'mailbox' is an address of mail, or several with commas between them, or a setting like {{relay.mail.orders-to}}")));
        return mailbox.map(YamlNode::text).orElse(null);
    }

    private ArrayNode owes(YamlNode node) {
        ArrayNode owes = Json.array();
        Set<String> seen = new TreeSet<>();
        for (YamlNode item : list(node)) {
            YamlNode place = item.get("kind").orElse(item);
            String kind = place.text();
            ObjectNode debt = owes.addObject().put("kind", kind);
            if (!kind.matches(KIND)) {
                findings.accept(place.finding("a kind of effect is wanted, like crm.lead, or {kind: telegram.new-lead, chat: -100…}"));
            } else if (!seen.add(kind)) {
                findings.accept(place.finding(kind + " is owed twice: a lead owes each kind once"));
            } else if (!isPerformed(kind)) {
                findings.accept(place.finding("no flow performs " + kind + ": add a route from outbox:" + kind + ", or correct the name"));
            }
            if (item.entries().size() > 1) {
                ObjectNode payload = debt.putObject("payload");
                item.entries().stream().filter(entry -> !entry.name().equals("kind")).forEach(entry -> payload.set(entry.name(), value(entry.value())));
            }
        }
        return owes;
    }

    private boolean isPerformed(String kind) {
        List<String> flows = folder.texts().entrySet().stream().filter(file -> file.getKey().endsWith(".camel.yaml")).map(Map.Entry::getValue).toList();
        return !withFlows || flows.stream().anyMatch(flow -> flow.contains("outbox:" + kind) || flow.contains("kind: " + kind));
    }

    private static JsonNode value(YamlNode node) {
        String text = node.text();
        return text.matches("-?[1-9]\\d{0,17}") ? Json.MAPPER.getNodeFactory().numberNode(Long.parseLong(text)) : Json.MAPPER.getNodeFactory().textNode(text);
    }

    private List<String> notes(YamlNode node) {
        List<String> notes = new ArrayList<>();
        for (YamlNode note : list(node)) {
            if (folder.text(LeadNotes.template(note.text())).isEmpty()) {
                findings.accept(note.finding("no text " + LeadNotes.template(note.text()) + ": add the file, or correct the name"));
            }
            notes.add(note.text());
        }
        return notes;
    }

    private Map<String, String> fields(YamlNode node) {
        Map<String, String> fields = new LinkedHashMap<>();
        map(node).forEach(field -> fields.put(field.name(), field.value().text()));
        return fields;
    }

    private List<String> texts(YamlNode node) {
        return list(node).stream().map(YamlNode::text).filter(text -> !text.isEmpty()).toList();
    }

    private List<YamlNode> list(YamlNode node) {
        if (node.isMap() || node.isText()) {
            findings.accept(node.finding("a list is expected: [one, another]"));
        }
        return node.items();
    }

    private List<YamlNode.Entry> map(YamlNode node) {
        if (!node.isMap()) {
            findings.accept(node.finding("a map is expected: name: …"));
        }
        return node.entries();
    }

    private void known(YamlNode node, Set<String> names) {
        map(node).stream().filter(entry -> !names.contains(entry.name())).forEach(entry -> findings.accept(entry.key().finding(
                "'" + entry.name() + "' is nothing that can be said here: " + String.join(", ", new TreeSet<>(names)))));
    }
}
