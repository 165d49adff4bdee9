package dev.amorelay.workshop;

import java.util.Collections;
import java.util.regex.Pattern;

/**
 * One thing that can be put in place or taken away by itself: a route, an error policy ({@code routeConfiguration}) or a kamelet.
 *
 * @param kind {@code route}, {@code routeConfiguration}, {@code kamelet}, or whatever else stands at the top of a file
 * @param id its id; empty where it has none
 * @param body what stands under the kind; the whole file for a kamelet
 * @param firstLine its first line, from 1
 * @param text its lines, as they stand in the file
 */
record FlowItem(String kind, String id, YamlNode body, int firstLine, String text) {

    static final String ROUTE = "route";
    static final String POLICY = "routeConfiguration";
    static final String KAMELET = "kamelet";

    boolean is(String wanted) {
        return kind.equals(wanted);
    }

    /** @return path of the file below the folder */
    String file() {
        return body.file();
    }

    /** @return what tells it from all others of an edition; an item without an id is told by its file */
    String key() {
        return kind + " " + (id.isEmpty() ? "in " + file() : id);
    }

    /** @return the address that a route starts from; empty for everything else */
    String from() {
        return body.get("from").map(from -> from.isText() ? from.text() : from.text("uri")).orElse("");
    }

    /**
     * The same under another id, beside the first one for a while: what stands before the ids of its steps tells them from the first one's.
     *
     * @param other its id, and what the ids of its steps begin with
     */
    FlowItem named(String other) {
        return new FlowItem(kind, other, body, firstLine, text.replaceFirst("(?m)^([ \\t]*)id:[ \\t]*['\"]?" + Pattern.quote(id) + "['\"]?[ \\t]*$",
                "$1id: " + other + "\n$1nodePrefixId: " + other + "."));
    }

    /** @return where a finding about the item as a whole points to */
    boolean covers(Finding finding) {
        return finding.file().equals(file()) && finding.line() >= firstLine && finding.line() < firstLine + text.lines().count();
    }

    /** @return the text of a file that holds this item alone, on its own lines */
    String alone() {
        return String.join("", Collections.nCopies(firstLine - 1, "\n")) + text;
    }
}
