package dev.amorelay.amocrm;

import dev.amorelay.amocrm.CrmField.Type;
import dev.amorelay.workshop.DataFolder;
import dev.amorelay.workshop.Finding;
import dev.amorelay.workshop.SettingText;
import dev.amorelay.workshop.YamlNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * {@code deal/fields.yaml}, read: which field of a form, of ours and of the CRM is which.
 *
 * @param all what counts in every account
 * @param accounts what an account says itself, by its configured name
 */
record FieldTable(Part all, Map<String, Part> accounts) {

    static final String NAME = "deal/fields.yaml";
    /** What a machine takes from its deal. */
    static final List<String> OF_MACHINES = List.of("serial", "model", "configuration", "next_maintenance");

    private static final Set<String> KEYS = Set.of("id", "code", "form", "lead", "type");
    private static final List<String> OF_LEADS = List.of("id", "source", "name", "phone", "email", "message", "telegram_id", "price");

    /**
     * A part of the table.
     *
     * @param deal fields of deals by our name
     * @param contact fields of contacts by our name
     * @param machine our name of a deal's field by the part of a machine that it fills
     * @param metadata our name of a deal's field by the key that it gets in the deal's metadata
     */
    record Part(Map<String, Row> deal, Map<String, Row> contact, Map<String, String> machine, Map<String, String> metadata) {

        static final Part EMPTY = new Part(Map.of(), Map.of(), Map.of(), Map.of());
    }

    /** What stands in the table for a field, see {@link CrmField}; null for what is left out. */
    record Row(String id, String code, String form, String lead, Type type) {
    }

    /**
     * Fields of deals in an account.
     *
     * @param account whose
     * @param relay tells a setting of the relay
     * @return in the order of the table, those that the account does not have too
     */
    Map<String, CrmField> deal(Account account, UnaryOperator<String> relay) {
        return fields(account, relay, Part::deal);
    }

    /** @return the same of contacts */
    Map<String, CrmField> contact(Account account, UnaryOperator<String> relay) {
        return fields(account, relay, Part::contact);
    }

    Map<String, String> machine(Account account) {
        return joined(account, Part::machine);
    }

    Map<String, String> metadata(Account account) {
        return joined(account, Part::metadata);
    }

    private Map<String, String> joined(Account account, Function<Part, Map<String, String>> which) {
        Map<String, String> joined = new LinkedHashMap<>(which.apply(all));
        joined.putAll(which.apply(accounts.getOrDefault(account.name(), Part.EMPTY)));
        return joined;
    }

    private Map<String, CrmField> fields(Account account, UnaryOperator<String> relay, Function<Part, Map<String, Row>> which) {
        Map<String, Row> own = which.apply(accounts.getOrDefault(account.name(), Part.EMPTY));
        Map<String, Row> usual = which.apply(all);
        Map<String, CrmField> fields = new LinkedHashMap<>();
        List<String> names = new ArrayList<>(usual.keySet());
        own.keySet().stream().filter(name -> !usual.containsKey(name)).forEach(names::add);
        for (String name : names) {
            List<Row> rows = new ArrayList<>();
            Optional.ofNullable(own.get(name)).ifPresent(rows::add);
            Optional.ofNullable(usual.get(name)).ifPresent(rows::add);
            String id = first(rows, row -> SettingText.of(row.id(), account.settings(), relay).orElse(null));
            fields.put(name, new CrmField(name, id == null ? null : Long.valueOf(id), first(rows, Row::code), first(rows, Row::form), first(rows, Row::lead),
                    Optional.ofNullable(first(rows, Row::type)).orElse(Type.TEXT)));
        }
        return fields;
    }

    private static <T> T first(List<Row> rows, Function<Row, T> part) {
        return rows.stream().map(part).filter(value -> value != null).findFirst().orElse(null);
    }

    /**
     * Reads the table.
     *
     * @param folder where it stands
     * @param findings takes what is wrong
     * @return what could be read
     */
    static FieldTable read(DataFolder folder, Consumer<Finding> findings) {
        Optional<YamlNode> root = YamlNode.read(NAME, folder.text(NAME).orElseThrow(), "delete it, and the fields that come with the relay count", findings);
        if (root.isEmpty()) {
            return new FieldTable(Part.EMPTY, Map.of());
        }
        known(root.get(), Set.of("deal", "contact", "machine", "metadata", "accounts"), findings);
        Part all = part(root.get(), Set.of(), findings);
        Map<String, Part> accounts = new LinkedHashMap<>();
        root.get().get("accounts").ifPresent(some -> some.entries().forEach(account -> {
            known(account.value(), Set.of("deal", "contact", "machine", "metadata"), findings);
            accounts.put(account.name(), part(account.value(), all.deal().keySet(), findings));
        }));
        return new FieldTable(all, accounts);
    }

    private static Part part(YamlNode node, Set<String> known, Consumer<Finding> findings) {
        Map<String, Row> deal = rows(node, "deal", findings);
        Set<String> names = new TreeSet<>(known);
        names.addAll(deal.keySet());
        node.get("machine").ifPresent(machine -> known(machine, Set.copyOf(OF_MACHINES), findings));
        return new Part(deal, rows(node, "contact", findings), names(node, "machine", names, findings), names(node, "metadata", names, findings));
    }

    private static Map<String, Row> rows(YamlNode node, String section, Consumer<Finding> findings) {
        Map<String, Row> rows = new LinkedHashMap<>();
        node.get(section).ifPresent(some -> some.entries().forEach(field -> {
            YamlNode row = field.value();
            known(row, KEYS, findings);
            matches(row, "id", "[1-9]\\d{0,17}|\\{\\{[^{}]+}}", "amoCRM's number of the field, or a setting like {{account.field.serial-id}}", findings);
            matches(row, "code", "[A-Z][A-Z_]*", "amoCRM's code of a contact's field, like POSITION", findings);
            matches(row, "lead", String.join("|", OF_LEADS), "one of " + String.join(", ", OF_LEADS), findings);
            List<String> types = Arrays.stream(Type.values()).map(type -> type.name().toLowerCase(Locale.ROOT)).toList();
            matches(row, "type", String.join("|", types), "one of " + String.join(", ", types), findings);
            if (row.get("id").isEmpty() && row.get("code").isEmpty()) {
                findings.accept(field.key().finding("'" + field.name() + "' needs an id: amoCRM's number of the field"));
            }
            if (rows.put(field.name(), new Row(text(row, "id"), text(row, "code"), text(row, "form"), text(row, "lead"),
                    Optional.ofNullable(text(row, "type")).filter(types::contains).map(type -> Type.valueOf(type.toUpperCase(Locale.ROOT))).orElse(null))) != null) {
                findings.accept(field.key().finding("'" + field.name() + "' is there twice: put both together"));
            }
        }));
        return rows;
    }

    private static Map<String, String> names(YamlNode node, String section, Set<String> fields, Consumer<Finding> findings) {
        Map<String, String> names = new LinkedHashMap<>();
        node.get(section).ifPresent(some -> some.entries().forEach(entry -> {
            if (!fields.contains(entry.value().text())) {
                findings.accept(entry.value().finding("no field '" + entry.value().text() + "' below deal: use one of " + String.join(", ", fields)));
            }
            names.put(entry.name(), entry.value().text());
        }));
        return names;
    }

    private static void matches(YamlNode row, String key, String pattern, String wanted, Consumer<Finding> findings) {
        row.get(key).filter(value -> !value.text().matches(pattern)).ifPresent(value -> findings.accept(value.finding("'" + key + "' is " + wanted)));
    }

    private static String text(YamlNode row, String key) {
        return row.get(key).map(YamlNode::text).filter(text -> !text.isEmpty()).orElse(null);
    }

    private static void known(YamlNode node, Set<String> names, Consumer<Finding> findings) {
        if (!node.isMap()) {
            findings.accept(node.finding("a map is expected: name: …"));
        }
        node.entries().stream().filter(entry -> !names.contains(entry.name())).forEach(entry -> findings.accept(entry.key().finding(
                "'" + entry.name() + "' is nothing that can be said here: " + String.join(", ", new TreeSet<>(names)))));
    }
}
