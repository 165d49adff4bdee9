package dev.amorelay.flowtests;

import java.util.ArrayList;
import java.util.List;

/**
 * Something that is not as a test expects.
 *
 * @param place where the test says so
 * @param what what was expected
 * @param details what was there
 */
record Problem(Place place, String what, List<String> details) {

    /** Lines for people, the first with file and line. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(place + ": " + what);
        details.forEach(detail -> lines.add("    " + detail));
        return lines;
    }
}
