package dev.amorelay.webhooks;

import java.util.Map;

/** What the relay calls the kinds of things that amoCRM sends, and the words it lets into an event type. */
final class EntityName {

    static final String LEAD = "lead";
    static final String CONTACT = "contact";
    static final String COMPANY = "company";
    static final String NOTE = "note";
    static final String MESSAGE = "message";
    static final String CONVERSATION = "conversation";
    static final String UNSORTED = "unsorted";

    /** The longest word of an event type: it is indexed. */
    static final int MAX_LENGTH = 64;

    /** amoCRM's names (facts §6.3) and the plurals that flows use. */
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("leads", LEAD),
            Map.entry("contacts", CONTACT),
            Map.entry("companies", COMPANY),
            Map.entry("customers", "customer"),
            Map.entry("tasks", "task"),
            Map.entry("catalogs", "catalog"),
            Map.entry("talk", CONVERSATION),
            Map.entry("talks", CONVERSATION),
            Map.entry("conversations", CONVERSATION),
            Map.entry("messages", MESSAGE),
            Map.entry("outgoing_message", MESSAGE),
            Map.entry("chat_template_reviews", "chat_template_review"),
            Map.entry("notes", NOTE));

    private EntityName() {
    }

    /** @return the entity type of a root key of a hook; an unknown one keeps its own name */
    static String of(String root) {
        String known = NAMES.get(root);
        return known == null ? word(root) : known;
    }

    /** @return a name of at most {@link #MAX_LENGTH} letters, digits, {@code _} and {@code -}; others become {@code _} */
    static String word(String name) {
        int length = Math.min(name.length(), MAX_LENGTH);
        StringBuilder word = null;
        for (int i = 0; i < length; i++) {
            char c = name.charAt(i);
            if (!(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-')) {
                word = word == null ? new StringBuilder(name.substring(0, length)) : word;
                word.setCharAt(i, '_');
            }
        }
        return word == null ? name.substring(0, length) : word.toString();
    }
}
