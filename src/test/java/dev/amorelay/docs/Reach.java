package dev.amorelay.docs;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.beans.Introspector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Component;

/** What the beans that a flow calls reach, read from the classes: what they owe, and whether they ask the CRM or fill the inbox. */
final class Reach {

    static final String CRM = "amoCRM";
    static final String INBOX = "inbox";

    private static final Pattern STATEMENT = Pattern.compile("[a-z]+/[a-z-]+\\.sql");
    private static final Path SOURCES = Path.of("routes/lead/sources.yaml");
    private static final Path SQL = Path.of("src/main/resources/sql");

    private static final Pattern EVENT = Pattern.compile("events\\.tell\\(\"([a-z.-]+)\"");

    private final Set<String> kinds;
    private final Map<String, Set<String>> byEvent = new HashMap<>();
    private final Map<String, JavaClass> beans = new HashMap<>();

    /**
     * @param kinds what can be owed: the kinds that routes perform
     */
    Reach(Set<String> kinds) {
        this.kinds = kinds;
        Flow.all(Path.of("routes")).stream().flatMap(flow -> flow.routes().stream()).filter(Flow.Route::isInner).forEach(route ->
                byEvent.put(route.uri().substring("direct:".length()), route.everything().map(Reach::owed).filter(kinds::contains).collect(Collectors.toSet())));
        JavaClasses all = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("dev.amorelay");
        for (JavaClass type : all) {
            type.tryGetAnnotationOfType(Component.class).ifPresent(mark -> beans.put(mark.value().isEmpty()
                    ? Introspector.decapitalize(type.getSimpleName()) : mark.value(), type));
            type.getMethods().stream().filter(method -> method.isAnnotatedWith(Bean.class))
                    .forEach(method -> beans.put(method.getName(), method.getRawReturnType()));
        }
    }

    /** Kinds owed, {@link #CRM} and {@link #INBOX}, as far as a step reaches them. */
    Set<String> of(Step step) {
        Set<String> reached = new TreeSet<>();
        if (step.uri().startsWith("sql:classpath:sql/")) {
            kindsIn(SQL.resolve(step.uri().substring("sql:classpath:sql/".length())), reached);
        }
        if (kinds.contains(owed(step))) {
            reached.add(owed(step));
        }
        String call = step.call();
        JavaClass bean = call.isEmpty() ? null : beans.get(call.substring(0, call.indexOf('.')));
        if (bean != null) {
            String method = call.substring(call.indexOf('.') + 1);
            bean.getAllMethods().stream().filter(one -> one.getName().equals(method)).forEach(one -> follow(one, reached));
        }
        if (call.equals("leadIntake.store")) {
            // what a lead owes is data of its source
            String sources = read(SOURCES);
            kinds.stream().filter(kind -> sources.matches("(?s).*owes: \\[[^]]*\\b" + Pattern.quote(kind) + "[],].*")).forEach(reached::add);
        }
        return reached;
    }

    private static String owed(Step step) {
        return step.uri().equals("kamelet:outbox-owe") ? Tree.text(Tree.map(step.shape(), "parameters"), "kind") : "";
    }

    private void follow(JavaMethod start, Set<String> reached) {
        Deque<JavaCodeUnit> open = new ArrayDeque<>(Set.of(start));
        // what a bean has handed to somebody who calls it back, for example to a group commit
        start.getOwner().getConstructors().forEach(constructor -> constructor.getMethodReferencesFromSelf()
                .forEach(reference -> reference.getTarget().resolveMember().ifPresent(open::add)));
        Set<String> seen = new HashSet<>();
        while (!open.isEmpty()) {
            JavaCodeUnit unit = open.pop();
            JavaClass owner = unit.getOwner();
            if (!owner.getPackageName().startsWith("dev.amorelay") || !seen.add(unit.getFullName())) {
                continue;
            }
            if (owner.getSimpleName().equals("Gate")) {
                reached.add(CRM);
            } else if (owner.getSimpleName().matches("Inbox|InboxDoor") && unit.getName().startsWith("store") && !unit.getName().equals("stored")) {
                reached.add(INBOX);
            } else if (!owner.getSimpleName().matches("Outbox|FailurePolicy|LeaseKeeper")) {
                kindsOwedBy(owner, unit, reached);
                Stream.concat(unit.getCallsFromSelf().stream().map(call -> call.getTarget().resolveMember()),
                                unit.getMethodReferencesFromSelf().stream().map(reference -> reference.getTarget().resolveMember()))
                        .flatMap(target -> target.stream()).forEach(target -> open.add((JavaCodeUnit) target));
                if (owner.isInterface()) {
                    owner.getAllSubclasses().stream().flatMap(type -> type.getMethods().stream())
                            .filter(method -> method.getName().equals(unit.getName())
                                    && method.getRawParameterTypes().equals(unit.getRawParameterTypes())).forEach(open::add);
                }
            }
        }
    }

    /** By the names in its source, where it owes at all: itself, or with a statement of its own. */
    private void kindsOwedBy(JavaClass owner, JavaCodeUnit unit, Set<String> reached) {
        String source = source(owner);
        boolean owes = unit.getMethodCallsFromSelf().stream().anyMatch(call -> call.getTargetOwner().getSimpleName().equals("Outbox")
                && call.getName().matches("owe|handOver"));
        if (owes) {
            kindsIn(source, reached);
        }
        if (unit.getMethodCallsFromSelf().stream().anyMatch(call -> call.getTargetOwner().getSimpleName().equals("FlowEvents"))) {
            Matcher event = EVENT.matcher(source);
            while (event.find()) {
                reached.addAll(byEvent.getOrDefault(event.group(1), Set.of()));
            }
        }
        boolean usesStatement = unit.getFieldAccesses().stream().anyMatch(access -> access.getTarget().getRawType().isEquivalentTo(String.class));
        Matcher statement = STATEMENT.matcher(usesStatement ? source : "");
        while (statement.find()) {
            Path file = SQL.resolve(statement.group());
            kindsIn(file, reached);
            if (read(file).contains("INSERT INTO outbox")) {
                // the kinds may come from the class that runs it
                kindsIn(source, reached);
            }
        }
    }

    private void kindsIn(Path statement, Set<String> reached) {
        kindsIn(read(statement).replaceAll("(?m)--.*$", ""), reached);
    }

    private void kindsIn(String text, Set<String> reached) {
        kinds.stream().filter(kind -> text.matches("(?s).*['\"]" + Pattern.quote(kind) + "['\":].*")).forEach(reached::add);
    }

    private static String source(JavaClass type) {
        Path file = Path.of("src/main/java", type.getName().replaceFirst("\\$.*", "").replace('.', '/') + ".java");
        // what is looked for is not owed
        return Files.exists(file) ? read(file).replaceAll("(?s)/\\*.*?\\*/", "").replaceAll("(?m)^\\s*//.*$", "").replaceAll("kind = '[^']*'", "") : "";
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
