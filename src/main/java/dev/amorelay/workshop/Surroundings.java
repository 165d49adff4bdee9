package dev.amorelay.workshop;

import java.util.Optional;
import java.util.Set;

/** What flows may name and no file of theirs holds: beans by their types, properties, files of the class path. */
public interface Surroundings {

    /** @return names of all beans */
    Set<String> beans();

    /**
     * @param name a bean's name
     * @return its type; empty when there is no such bean
     */
    Optional<Class<?>> beanType(String name);

    /**
     * @param key the name of a property
     * @return its value, which may be empty; nothing when there is no such property
     */
    Optional<String> property(String key);

    /** @return what flows are told by the relay itself: each has to be taken by a route */
    default EventShapes events() {
        return EventShapes.NONE;
    }

    /** @return how far flows may reach */
    default Allowances allowances() {
        return Allowances.of(this::property);
    }

    /**
     * @param path a path on the class path, for example {@code sql/health/can-store.sql}
     * @return whether there is such a file
     */
    default boolean hasFile(String path) {
        return getClass().getClassLoader().getResource(path) != null;
    }
}
