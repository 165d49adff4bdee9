package dev.amorelay.sandbox.store;

/** What a document is. */
public enum Kind {
    LEAD("lead"), CONTACT("contact"), COMPANY("company"), NOTE("note"), TASK("task"), WEBHOOK("webhook");

    private final String word;

    Kind(String word) {
        this.word = word;
    }

    /** @return the word in the table's column {@code kind} */
    public String word() {
        return word;
    }
}
