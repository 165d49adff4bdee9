package dev.amorelay.settings;

import java.util.function.Predicate;

/**
 * One setting as people know it.
 *
 * @param variable the environment variable
 * @param property the property it is mapped to
 * @param possible whether a text is a possible value
 * @param rule what a possible value is, to follow "must be"
 */
record Setting(String variable, String property, Predicate<String> possible, String rule) {

    /** @return the line that tells a person what is wrong */
    String complaint() {
        return variable + " must be " + rule;
    }
}
