package dev.amorelay.settings;

import java.util.List;

/** The settings do not allow a start. No value is ever part of it, since any of them may be a secret. */
public class InvalidSettings extends RuntimeException {

    private final transient List<String> problems;

    /**
     * @param problems one line each: the environment variable, what is wrong, what to do
     */
    public InvalidSettings(List<String> problems) {
        super(String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    /** @return all that is wrong */
    public List<String> problems() {
        return problems;
    }
}
