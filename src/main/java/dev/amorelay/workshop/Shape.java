package dev.amorelay.workshop;

import java.io.InputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/**
 * What travels between two steps, as far as it is known before anything runs.
 *
 * @param type of the object; {@link ResolvableType#NONE} where nothing is known
 * @param keys those that a map can have, with what stands under each; empty where they are not known
 * @param name what it is called, for a reader; empty for the type's own name
 */
record Shape(ResolvableType type, Map<String, Shape> keys, String name) {

    static final Shape UNKNOWN = new Shape(ResolvableType.NONE, Map.of(), "");
    static final Shape TEXT = of(ResolvableType.forClass(String.class));
    /** A request's body as it came. */
    static final Shape RAW = new Shape(ResolvableType.forClass(InputStream.class), Map.of(), "the body as the caller sent it");

    private static final Set<String> OF_ALL_OBJECTS = Set.of("toString", "hashCode", "equals");

    static Shape of(ResolvableType type) {
        return type.resolve() == null || type.resolve() == Object.class ? UNKNOWN : new Shape(type, Map.of(), "");
    }

    static Shape of(Class<?> type) {
        return of(ResolvableType.forClass(type));
    }

    static Shape map(String name, Map<String, Shape> keys) {
        return new Shape(ResolvableType.forClass(Map.class), keys, name);
    }

    boolean isKnown() {
        return type.resolve() != null;
    }

    private Class<?> raw() {
        return ClassUtils.resolvePrimitiveIfNecessary(type.resolve(Object.class));
    }

    private boolean is(Class<?> wanted) {
        return isKnown() && wanted.isAssignableFrom(raw());
    }

    /** Whether an object of the type can be nothing more than the type tells. */
    private boolean isWhole() {
        int modifiers = raw().getModifiers();
        return isKnown() && (this == RAW || Modifier.isFinal(modifiers)
                || raw().getName().startsWith("dev.amorelay.") && !Modifier.isAbstract(modifiers) && !raw().isInterface());
    }

    /** @return the shape that both have; nothing is known of what may be either */
    Shape or(Shape other) {
        return equals(other) ? this : UNKNOWN;
    }

    /** @return what a loop over it meets */
    Shape element() {
        return is(Collection.class) ? of(type.as(Collection.class).getGeneric(0)) : UNKNOWN;
    }

    /**
     * Follows {@code .name} or {@code .name()}.
     *
     * @return what is there; empty where nothing can be
     */
    Optional<Shape> property(String name) {
        if (!isKnown() || is(Map.class) && !hasMethod(name)) {
            return Optional.of(UNKNOWN);
        }
        List<Method> methods = methods(name);
        if (methods.isEmpty()) {
            return isWhole() ? Optional.empty() : Optional.of(UNKNOWN);
        }
        Set<Shape> results = methods.stream().map(method -> of(ResolvableType.forMethodReturnType(method, raw()))).collect(Collectors.toSet());
        return Optional.of(results.size() == 1 ? typed(name, results.iterator().next()) : UNKNOWN);
    }

    /** What is known of a property beside its type. */
    private Shape typed(String property, Shape found) {
        return keys.containsKey("." + property) ? keys.get("." + property) : found;
    }

    /**
     * Follows {@code [key]}.
     *
     * @return what is there; empty where nothing can be
     */
    Optional<Shape> key(String key) {
        if (!isKnown()) {
            return Optional.of(UNKNOWN);
        }
        if (is(Map.class)) {
            return keys.isEmpty() || keys.containsKey(key) ? Optional.of(keys.getOrDefault(key, of(type.as(Map.class).getGeneric(1)))) : Optional.empty();
        }
        if (is(List.class) || raw().isArray()) {
            return key.matches("\\d+|last(-\\d+)?|\\$\\{.*") ? Optional.of(element()) : Optional.empty();
        }
        return isWhole() ? Optional.empty() : Optional.of(UNKNOWN);
    }

    /** @return this with something more known of a property */
    Shape with(String property, Shape known) {
        Map<String, Shape> more = new TreeMap<>(keys);
        more.put("." + property, known);
        return new Shape(type, more, name);
    }

    private boolean hasMethod(String name) {
        return !methods(name).isEmpty();
    }

    private List<Method> methods(String name) {
        String capital = name.isEmpty() ? name : Character.toUpperCase(name.charAt(0)) + name.substring(1);
        return Arrays.stream(raw().getMethods()).filter(method -> !Modifier.isStatic(method.getModifiers()) && !method.isBridge())
                .filter(method -> method.getName().equals(name) || method.getParameterCount() == 0
                        && (method.getName().equals("get" + capital) || method.getName().equals("is" + capital))).toList();
    }

    /** @return names that can follow it, properties or keys */
    Set<String> names() {
        if (is(Map.class)) {
            return new TreeSet<>(keys.keySet());
        }
        return Arrays.stream(raw().getMethods()).filter(method -> method.getParameterCount() == 0 && method.getReturnType() != void.class)
                .filter(method -> method.getDeclaringClass() != Object.class && !OF_ALL_OBJECTS.contains(method.getName()))
                .filter(method -> !Modifier.isStatic(method.getModifiers())).map(Method::getName).collect(Collectors.toCollection(TreeSet::new));
    }

    /** @return what it is called */
    String told() {
        return !name.isEmpty() ? name : "a " + raw().getSimpleName();
    }
}
