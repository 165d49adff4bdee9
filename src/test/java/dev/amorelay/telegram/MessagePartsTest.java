package dev.amorelay.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessagePartsTest {

    private static List<String> parts(String text) {
        List<String> parts = MessageParts.of(text);
        assertThat(parts).allSatisfy(part -> assertThat(part.length()).isBetween(1, MessageParts.LONGEST));
        return parts;
    }

    @Test
    void aShortTextStaysAsItIs() {
        assertThat(MessageParts.of("  Привет\n")).containsExactly("Привет");
        assertThat(parts("я".repeat(4096))).hasSize(1);
        // Telegram says what is wrong with it
        assertThat(MessageParts.of("")).containsExactly("");
    }

    @Test
    void isCutAtTheEndsOfLines() {
        String line = "я".repeat(1000);
        assertThat(parts(String.join("\n", line, line, line, line, line))).containsExactly(String.join("\n", line, line, line, line), line);
    }

    @Test
    void elseAtTheEndsOfWords() {
        assertThat(parts("слово ".repeat(1500))).allSatisfy(part -> assertThat(part).startsWith("слово").endsWith("слово"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"😀", "👩‍🔧", "е́", "👍🏽", "a"})
    void neverWithinACharacter(String character) {
        for (int shift = 0; shift < 5; shift++) {
            String text = "x".repeat(shift) + character.repeat(9000 / character.length());
            List<String> parts = parts(text);
            assertThat(String.join("", parts)).isEqualTo(text);
            assertThat(parts.subList(1, parts.size())).allSatisfy(part -> assertThat(part).startsWith(character));
        }
    }

    @Test
    void emptyLinesAreNoMessage() {
        assertThat(parts("начало" + "\n".repeat(9000) + "конец")).containsExactly("начало", "конец");
    }
}
