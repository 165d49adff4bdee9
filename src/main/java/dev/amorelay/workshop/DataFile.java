package dev.amorelay.workshop;

import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Consumer;

/**
 * A file in the folder of the flows that is none: decisions as data. Features name theirs as services, since {@code validate} has
 * no beans; a bean that works with one is {@link EditedData}.
 */
public interface DataFile {

    /** @return its path below the folder, for example {@code lead/names.yaml} */
    String name();

    /**
     * Checks what stands in it.
     *
     * @param text the whole file
     * @param findings takes all that is wrong
     */
    void check(String text, Consumer<Finding> findings);

    /** @return the file of this path; empty where no feature reads one */
    static Optional<DataFile> named(String name) {
        return all().stream().filter(file -> file.name().equals(name)).findFirst();
    }

    private static List<DataFile> all() {
        return ServiceLoader.load(DataFile.class, DataFile.class.getClassLoader()).stream().map(ServiceLoader.Provider::get).toList();
    }
}
