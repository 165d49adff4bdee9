package dev.amorelay.json;

/** A text is no JSON, or beyond what is read: no repeat mends it. */
public class UnreadableJson extends IllegalArgumentException {

    /**
     * @param message what is wrong, without a word of the text
     */
    public UnreadableJson(String message) {
        super(message);
    }
}
