package dev.amorelay.workshop;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The last edits that took effect, so that one of them can be taken back. */
class EditHistory {

    private static final int MOST_KEPT = 20;

    private final Deque<Edit> edits = new ArrayDeque<>();

    /**
     * An edit that took effect.
     *
     * @param before what stood in the folder before it
     * @param after what it made of it
     * @param routes ids of the routes that it exchanged
     */
    private record Edit(Edition before, Edition after, Set<String> routes) {
    }

    void took(Edition before, Edition after, Set<String> routes) {
        edits.addFirst(new Edit(before, after, routes));
        if (edits.size() > MOST_KEPT) {
            edits.removeLast();
        }
    }

    /**
     * Takes the newest edit of a route out of what is in effect now.
     *
     * @param now what is in effect
     * @param route the route's id
     * @return what stands in effect without that edit: the files that it touched are as they were, all others as they are; empty where the
     *     route was not edited
     */
    Optional<Edition> without(Edition now, String route) {
        return edit(route).map(edit -> {
            Map<String, String> texts = new TreeMap<>(now.texts());
            touched(edit).forEach(file -> texts.compute(file, (name, text) -> edit.before().texts().get(name)));
            return new Edition(texts, now.tests());
        });
    }

    /** @return what stood there before the newest edit of a route, all of it */
    Optional<Edition> before(String route) {
        return edit(route).map(Edit::before);
    }

    private Optional<Edit> edit(String route) {
        return edits.stream().filter(edit -> edit.routes().contains(route)).findFirst();
    }

    private static Set<String> touched(Edit edit) {
        Set<String> files = new TreeSet<>(edit.before().texts().keySet());
        files.addAll(edit.after().texts().keySet());
        files.removeIf(file -> Objects.equals(edit.before().texts().get(file), edit.after().texts().get(file)));
        return files;
    }
}
