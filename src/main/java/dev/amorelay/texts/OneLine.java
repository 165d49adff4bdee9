package dev.amorelay.texts;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** A text on one line, where a line break would mean something else: the subject of a mail with one in it writes headers of its own. */
@Component
public class OneLine {

    /**
     * Puts a text on one line.
     *
     * @param text any text; null for none
     * @return breaks and control characters become single spaces
     */
    public String of(@Nullable String text) {
        return text == null ? "" : TextFunctions.line(text);
    }
}
