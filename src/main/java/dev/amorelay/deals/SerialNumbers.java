package dev.amorelay.deals;

import java.util.Arrays;
import java.util.List;

/** Serial numbers as people write them into a field. */
public final class SerialNumbers {

    private SerialNumbers() {
    }

    /**
     * Reads them: they stand in one field, one a value, or several in a text, separated by comma, semicolon or line.
     *
     * @param values of the field
     * @return each once, with single spaces
     */
    public static List<String> of(List<String> values) {
        return values.stream().flatMap(value -> Arrays.stream(value.split("[,;\\r\\n]+")))
                // no-break spaces come along when a number is copied from a document
                .map(serial -> serial.replaceAll("[\\s\\u00a0\\u2007\\u202f]+", " ").strip()).filter(serial -> !serial.isEmpty())
                .distinct().toList();
    }
}
