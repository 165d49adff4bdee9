package dev.amorelay.workshop;

import java.util.Optional;

/** A bean that works with what stands in a {@link DataFile}, and takes it anew when it was edited. */
public interface EditedData {

    /** @return the file's path below the folder */
    String file();

    /**
     * Works with another text from now on.
     *
     * @param text what stands in the file, checked; empty where there is none: the jar's copy counts
     */
    void take(Optional<String> text);
}
