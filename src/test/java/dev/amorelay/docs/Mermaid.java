package dev.amorelay.docs;

import java.util.List;

/** Texts that a mermaid picture can hold. */
final class Mermaid {

    /** What a picture shows in a line before it breaks it by itself. */
    private static final int WIDTH = 26;

    private Mermaid() {
    }

    /** A label in quotes, broken into lines. */
    static String label(String text) {
        StringBuilder lines = new StringBuilder();
        int length = 0;
        for (String word : plain(text).split(" ")) {
            if (length > 0 && length + word.length() > WIDTH) {
                lines.append("<br/>");
                length = 0;
            } else if (length > 0) {
                lines.append(' ');
                length++;
            }
            lines.append(word);
            length += word.length();
        }
        return '"' + lines.toString() + '"';
    }

    /** A label with a line for each of several things. */
    static String lines(List<String> things) {
        return '"' + String.join("<br/>", things.stream().map(Mermaid::plain).toList()) + '"';
    }

    /** A name that a node can have. */
    static String id(String text) {
        return text.replaceAll("[^A-Za-z0-9]+", "_");
    }

    private static String plain(String text) {
        return text.replace("&", "#amp;").replace("\"", "#quot;").replace("<", "#lt;").replace(">", "#gt;").replace("`", "'");
    }
}
