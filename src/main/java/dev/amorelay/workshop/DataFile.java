package dev.amorelay.workshop;

import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Consumer;

/**
 * A kind of file in the folder of the flows that holds none: decisions as data, and texts. Features name theirs as services, since
 * {@code validate} has no beans; a bean that works with one is {@link EditedData}.
 */
public interface DataFile {

    /**
     * Whether a file is of this kind.
     *
     * @param name its path below the folder, for example {@code lead/names.yaml}
     * @return whether {@link #check} can look at it
     */
    boolean isOf(String name);

    /**
     * Checks what stands in it.
     *
     * @param name its path below the folder
     * @param folder the folder as it was read, with this file in it
     * @param surroundings knows the settings
     * @param findings takes all that is wrong
     */
    void check(String name, DataFolder folder, Surroundings surroundings, Consumer<Finding> findings);

    /** @return the kind of a file; empty where no feature reads it */
    static Optional<DataFile> named(String name) {
        return all().stream().filter(file -> file.isOf(name)).findFirst();
    }

    private static List<DataFile> all() {
        return ServiceLoader.load(DataFile.class, DataFile.class.getClassLoader()).stream().map(ServiceLoader.Provider::get).toList();
    }
}
