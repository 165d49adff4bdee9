package dev.amorelay.amocrm;

import dev.amorelay.workshop.DataFolder;
import dev.amorelay.workshop.Finding;
import dev.amorelay.workshop.SettingText;
import dev.amorelay.workshop.YamlNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * {@code task/tasks.yaml}, read: the managers' tasks by name. An account's own words go before those that count for all.
 *
 * @param tasks what counts in every account
 * @param accounts what an account says itself, by its configured name
 */
record TaskTable(Map<String, Row> tasks, Map<String, Map<String, Row>> accounts) {

    static final String NAME = "task/tasks.yaml";

    private static final TaskTerm A_DAY = new TaskTerm(1, "day", null);
    private static final Set<String> KEYS = Set.of("text", "till", "responsible");

    /**
     * A task; null for what is left out.
     *
     * @param text the template
     * @param till until when
     * @param responsible the user, as it stands in the table
     */
    record Row(String text, TaskTerm till, String responsible) {
    }

    /**
     * A task in an account.
     *
     * @param text the template
     * @param till until when
     * @param responsible the user; null for whom the effect names
     */
    record Task(String text, TaskTerm till, Long responsible) {
    }

    /**
     * A task in an account.
     *
     * @param name its name
     * @param account where it is created
     * @param relay tells a setting of the relay
     * @return what it looks like; a task that does not stand here is written from {@code task/<name>.ftl}, within a day
     */
    Task of(String name, Account account, UnaryOperator<String> relay) {
        Row own = accounts.getOrDefault(account.name(), Map.of()).get(name);
        Row all = tasks.get(name);
        String responsible = first(own, all, Row::responsible).flatMap(text -> SettingText.of(text, account.settings(), relay)).orElse(null);
        return new Task(first(own, all, Row::text).orElse("task/" + name + ".ftl"), first(own, all, Row::till).orElse(A_DAY),
                responsible == null ? null : Long.valueOf(responsible));
    }

    private static <T> Optional<T> first(Row own, Row all, Function<Row, T> part) {
        return Stream.of(Optional.ofNullable(own), Optional.ofNullable(all)).flatMap(Optional::stream)
                .flatMap(row -> Optional.ofNullable(part.apply(row)).stream()).findFirst();
    }

    /**
     * Reads the table.
     *
     * @param folder where it stands
     * @param findings takes what is wrong
     * @return what could be read
     */
    static TaskTable read(DataFolder folder, Consumer<Finding> findings) {
        Map<String, Row> tasks = new LinkedHashMap<>();
        Map<String, Map<String, Row>> accounts = new LinkedHashMap<>();
        YamlNode.read(NAME, folder.text(NAME).orElseThrow(), "delete it, and the tasks that come with the relay count", findings).ifPresent(root -> {
            known(root, Set.of("tasks", "accounts"), findings);
            root.get("tasks").ifPresent(some -> tasks.putAll(rows(some, folder, findings)));
            root.get("accounts").ifPresent(some -> some.entries().forEach(account -> {
                known(account.value(), Set.of("tasks"), findings);
                account.value().get("tasks").ifPresent(own -> accounts.put(account.name(), rows(own, folder, findings)));
            }));
        });
        return new TaskTable(tasks, accounts);
    }

    private static Map<String, Row> rows(YamlNode some, DataFolder folder, Consumer<Finding> findings) {
        Map<String, Row> rows = new LinkedHashMap<>();
        some.entries().forEach(task -> {
            known(task.value(), KEYS, findings);
            if (!task.name().matches("[a-z][a-z0-9-]*")) {
                findings.accept(task.key().finding("a task is named in small letters with dashes between words"));
            }
            Optional<YamlNode> text = task.value().get("text");
            text.filter(name -> !name.text().endsWith(".ftl") || folder.text(name.text()).isEmpty())
                    .ifPresent(name -> findings.accept(name.finding("no text " + name.text() + ": add the file, or correct its name")));
            Optional<YamlNode> till = task.value().get("till");
            Optional<TaskTerm> term = till.flatMap(value -> TaskTerm.of(value.text()));
            till.filter(value -> term.isEmpty()).ifPresent(value -> findings.accept(value.finding(TaskTerm.SHAPE)));
            Optional<YamlNode> responsible = task.value().get("responsible");
            responsible.filter(user -> !user.text().matches("[1-9]\\d{0,17}|\\{\\{[^{}]+}}")).ifPresent(user ->
                    findings.accept(user.finding("'responsible' is amoCRM's number of a user, or a setting like {{account.responsible-user-id}}")));
            rows.put(task.name(), new Row(text.map(YamlNode::text).orElse(null), term.orElse(null), responsible.map(YamlNode::text).orElse(null)));
        });
        return rows;
    }

    private static void known(YamlNode node, Set<String> names, Consumer<Finding> findings) {
        if (!node.isMap()) {
            findings.accept(node.finding("a map is expected: name: …"));
        }
        node.entries().stream().filter(entry -> !names.contains(entry.name())).forEach(entry -> findings.accept(entry.key().finding(
                "'" + entry.name() + "' is nothing that can be said here: " + String.join(", ", new TreeSet<>(names)))));
    }
}
