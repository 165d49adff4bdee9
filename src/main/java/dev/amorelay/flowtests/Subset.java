package dev.amorelay.flowtests;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares JSON as a test means it: what the test names must be there, what it leaves out may be anything. An array must
 * have an element for each one named, in any order. {@code *} in a text stands for anything, alone for any value.
 */
final class Subset {

    private Subset() {
    }

    static boolean fits(JsonNode expected, JsonNode actual) {
        return differences(expected, actual).isEmpty();
    }

    /**
     * What differs.
     *
     * @param expected what the test names; a missing node expects nothing
     * @param actual what was there
     * @return one line a difference, with the way to it
     */
    static List<String> differences(JsonNode expected, JsonNode actual) {
        List<String> found = new ArrayList<>();
        compare(expected, actual, "", found);
        return found;
    }

    private static void compare(JsonNode expected, JsonNode actual, String way, List<String> found) {
        if (expected.isMissingNode()) {
            return;
        }
        if (expected.isObject() && actual.isObject()) {
            expected.fields().forEachRemaining(field ->
                    compare(field.getValue(), actual.path(field.getKey()), way.isEmpty() ? field.getKey() : way + "." + field.getKey(), found));
        } else if (expected.isArray() && actual.isArray()) {
            elements(expected, actual, way, found);
        } else if (!sameValue(expected, actual)) {
            found.add((way.isEmpty() ? "" : way + ": ") + "expected " + Texts.brief(expected)
                    + (actual.isMissingNode() ? ", but it is not there" : ", was " + Texts.brief(actual)));
        }
    }

    private static void elements(JsonNode expected, JsonNode actual, String way, List<String> found) {
        List<JsonNode> open = new ArrayList<>();
        actual.forEach(open::add);
        for (int i = 0; i < expected.size(); i++) {
            JsonNode wanted = expected.get(i);
            JsonNode match = open.stream().filter(one -> fits(wanted, one)).findFirst().orElse(null);
            if (match != null) {
                open.remove(match);
            } else if (expected.size() == 1 && actual.size() == 1) {
                compare(wanted, actual.get(0), way + "[0]", found);
            } else {
                found.add(way + "[" + i + "]: no element fits " + Texts.brief(wanted) + "; there were " + Texts.brief(actual));
            }
        }
    }

    private static boolean sameValue(JsonNode expected, JsonNode actual) {
        if (expected.isNull()) {
            return actual.isNull() || actual.isMissingNode();
        }
        if (actual.isMissingNode() || actual.isNull()) {
            return false;
        }
        if (expected.isNumber() && actual.isNumber()) {
            return expected.decimalValue().compareTo(actual.decimalValue()) == 0;
        }
        if (expected.isContainerNode()) {
            return expected.equals(actual);
        }
        // 700 and "700" are one to the people who read and write tests
        return like(expected.asText(), actual.isContainerNode() ? actual.toString() : actual.asText());
    }

    private static boolean like(String wanted, String text) {
        return Glob.of(wanted).matcher(text).matches();
    }
}
