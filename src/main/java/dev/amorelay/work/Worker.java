package dev.amorelay.work;

/** Takes rows and lets a route work on them; can be suspended. */
public interface Worker {

    /** @return whether nothing is being claimed or worked on; a suspended worker that is idle stays so */
    boolean isIdle();
}
