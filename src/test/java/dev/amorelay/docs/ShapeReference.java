package dev.amorelay.docs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.workshop.EventShapes;
import dev.amorelay.workshop.Gives;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** {@code docs/shapes.md}: what effects carry, and what the beans that flows call give them. */
final class ShapeReference {

    private static final String BEANS = "/workshop/beans.properties";

    private final Map<String, Object> shapes;
    private final Function<String, Optional<Class<?>>> beans;
    private final StringBuilder text = new StringBuilder();
    private final Map<String, Class<?>> told = new TreeMap<>();

    /**
     * @param routes the folder of the flows
     * @param beans the type of a bean
     */
    ShapeReference(Path routes, Function<String, Optional<Class<?>>> beans) throws IOException {
        this.shapes = Tree.map(Tree.of(Files.readString(routes.resolve("shapes.yaml"))));
        this.beans = beans;
    }

    String write() {
        say("# Shapes");
        say("");
        say("What travels between the steps of the flows. Made from [routes/shapes.yaml](../routes/shapes.yaml) and the beans' methods by `" + DocsTest.COMMAND + "`. `validate`");
        say("follows it through every flow and refuses what is read and is not there, before an edit takes effect; flow tests hold what is owed against it.");
        say("");
        say("## Effects");
        say("");
        say("An effect is `{id, kind, account, key, subject, payload, attempts, failures, inDoubt}`; a flow reads its payload as `${body.payload[chat]}`, later as");
        say("`${variable.effect.payload[chat]}`. Keys in bold are always there.");
        say("");
        shapes.forEach(this::kind);
        say("## Events");
        say("");
        say("What the relay tells flows itself, in the commit in which it happened: a route that comes from `direct:` and the event's name says what is owed for it.");
        say("`validate` wants a route for each, and in it no error policy.");
        say("");
        EventShapes.shipped().names().forEach(this::event);
        say("## Bodies");
        say("");
        say("What is the body after `bean:`, or the value of `method:`. *Unchanged* is the body as it was.");
        say("");
        say("| call | gives |");
        say("|---|---|");
        calls().forEach((call, method) -> say("| `" + call + "` | " + cell(method) + " |"));
        say("");
        say("A property is read by its name, `${body.order.source}`.");
        say("");
        say("| shape | properties |");
        say("|---|---|");
        told.forEach((name, type) -> say("| " + name + " | " + properties(type) + " |"));
        return text.toString().stripTrailing() + "\n";
    }

    private void kind(String kind, Object schema) {
        say("### " + kind);
        say("");
        Map<String, Object> shape = Tree.map(schema);
        say(Tree.text(shape, "description") + "." + (Boolean.FALSE.equals(shape.get("additionalProperties")) ? "" : " May carry further keys."));
        say("");
        Set<String> required = Tree.list(shape.get("required")).stream().map(String::valueOf).collect(Collectors.toSet());
        Map<String, Object> properties = Tree.map(shape, "properties");
        if (!properties.isEmpty()) {
            say("| key | type | what |");
            say("|---|---|---|");
            properties.forEach((key, property) -> say("| " + (required.contains(key) ? "**`" + key + "`**" : "`" + key + "`") + " | "
                    + Tree.text(Tree.map(property), "type") + " | " + Tree.text(Tree.map(property), "description").replace("|", "\\|") + " |"));
            say("");
        }
    }

    private void event(String name) {
        JsonNode schema = EventShapes.shipped().schema(name).orElseThrow();
        boolean isList = schema.path("type").asText().equals("array");
        say("### " + name);
        say("");
        String file = schema.path("flow").asText() + ".camel.yaml";
        say(schema.path("description").asText() + ". Taken by [" + schema.path("flow").asText() + "](../routes/" + file + ").");
        say("");
        say("| key | type | what |");
        say("|---|---|---|");
        (isList ? schema.path("items") : schema).path("properties").fields().forEachRemaining(one -> say("| `" + one.getKey() + "` | "
                + one.getValue().path("type").asText() + " | " + one.getValue().path("description").asText() + " |"));
        say("");
    }

    private Map<String, Method> calls() {
        Properties lines = new Properties();
        try (InputStream in = ShapeReference.class.getResourceAsStream(BEANS)) {
            lines.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, Method> calls = new TreeMap<>();
        new TreeSet<>(lines.stringPropertyNames()).forEach(bean -> beans.apply(bean).ifPresent(type -> Arrays.stream(lines.getProperty(bean).split("\\s+"))
                .forEach(name -> Arrays.stream(type.getMethods()).filter(method -> method.getName().equals(name) && !method.isBridge()).findFirst()
                        .ifPresent(method -> calls.put(bean + "." + name, method)))));
        return calls;
    }

    private String cell(Method method) {
        return method.isAnnotationPresent(Gives.class) ? name(method.getAnnotation(Gives.class).value())
                : method.getReturnType() == void.class ? "*unchanged*" : name(method.getGenericReturnType());
    }

    /** With every record of ours that is in it kept for the table below. */
    private String name(Type type) {
        String name = type.getTypeName().replaceAll("[\\w.]+[.$](\\w+)", "$1");
        classes(type).filter(Class::isRecord).ifPresent(record -> told.putIfAbsent(record.getSimpleName(), record));
        return "`" + name + "`";
    }

    private static Optional<Class<?>> classes(Type type) {
        List<String> names = Arrays.stream(type.getTypeName().split("[<>,\\s]+")).filter(name -> name.startsWith("dev.amorelay.")).toList();
        return names.stream().findFirst().map(ShapeReference::load);
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String properties(Class<?> type) {
        return Arrays.stream(type.getRecordComponents()).filter(part -> Modifier.isPublic(part.getAccessor().getModifiers())).map(RecordComponent::getName)
                .map(name -> "`" + name + "`").collect(Collectors.joining(", "));
    }

    private void say(String line) {
        text.append(line).append('\n');
    }
}
