package dev.amorelay.workshop;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * How far flows reach: the beans and methods they may call, a file of the jar, and what the operator has opened by settings.
 *
 * @param beans methods by bean, in the order of names; none for a bean that is only named, like a data source
 * @param statements the statements that a file of flows may run, below {@code sql/} on the class path, by the file's path
 * @param components further components, RELAY_ROUTES_COMPONENTS
 * @param hosts whom flows may call by https, in small letters, with a port where it is not 443, RELAY_ROUTES_HOSTS
 * @param files the folder that {@code file:} reads and writes, RELAY_ROUTES_FILES; empty = none
 */
public record Allowances(Map<String, Set<String>> beans, Map<String, Set<String>> statements, Set<String> components, Set<String> hosts,
                         Optional<Path> files) {

    /** Where a bean is added that flows may call. */
    static final String LIST = "workshop/beans.properties";
    /** Where a statement is given to a file of flows. */
    static final String STATEMENTS = "workshop/statements.properties";

    /**
     * Reads list and settings.
     *
     * @param property tells a property's value
     * @return what is allowed
     */
    static Allowances of(Function<String, Optional<String>> property) {
        return new Allowances(listed(LIST), listed(STATEMENTS), named(property, "components"), named(property, "hosts"),
                property.apply("relay.routes.files").filter(value -> !value.isBlank()).map(value -> Path.of(value.strip())));
    }

    boolean mayCall(String bean, String method) {
        return beans.getOrDefault(bean, Set.of()).contains(method);
    }

    boolean mayName(String bean) {
        return beans.containsKey(bean) && beans.get(bean).isEmpty();
    }

    boolean mayRun(String file, String statement) {
        return statements.getOrDefault(file, Set.of()).contains(statement);
    }

    private static Map<String, Set<String>> listed(String file) {
        Properties list = new Properties();
        try (InputStream stream = Allowances.class.getClassLoader().getResourceAsStream(file)) {
            list.load(stream);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, Set<String>> words = new TreeMap<>();
        list.stringPropertyNames().forEach(name -> words.put(name, words(list.getProperty(name), "\\s+")));
        return Collections.unmodifiableMap(words);
    }

    private static Set<String> named(Function<String, Optional<String>> property, String name) {
        return words(property.apply("relay.routes." + name).orElse("").toLowerCase(Locale.ROOT), "[\\s,]+");
    }

    private static Set<String> words(String text, String between) {
        List<String> words = Arrays.stream(text.split(between)).filter(word -> !word.isEmpty()).toList();
        return Collections.unmodifiableSet(new TreeSet<>(words));
    }
}
