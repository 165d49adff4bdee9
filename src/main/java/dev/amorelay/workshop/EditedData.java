package dev.amorelay.workshop;

/** A bean that works with what stands in {@link DataFile}s, and takes them anew when one was edited. */
public interface EditedData {

    /**
     * Whether the bean works with a file.
     *
     * @param name its path below the folder
     * @return true also for one that is not there any more
     */
    boolean isOf(String name);

    /**
     * Works with another folder from now on.
     *
     * @param folder what stands there, checked
     */
    void take(DataFolder folder);
}
