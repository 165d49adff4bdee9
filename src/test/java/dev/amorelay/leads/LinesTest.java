package dev.amorelay.leads;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LinesTest {

    @Test
    void oneLine() {
        assertThat(Lines.one("  a\r\nb\u0000\u2028c\td ")).isEqualTo("a b c d");
        assertThat(Lines.one("👨‍👩‍👧")).isEqualTo("👨‍👩‍👧");
        assertThat(Lines.one(null)).isEmpty();
    }

    @Test
    void cutsBetweenCharacters() {
        assertThat(Lines.cut("a😀b", 2)).isEqualTo("a");
        assertThat(Lines.cut("a😀b", 3)).isEqualTo("a😀");
        assertThat(Lines.cut("a😀b", 9)).isEqualTo("a😀b");
        assertThat(Lines.brief("абвгд", 4)).isEqualTo("абв…");
    }

    @Test
    void splitsAtLineBreaksAndElseBetweenCharacters() {
        assertThat(Lines.split("aa\nbb\ncc", 5)).containsExactly("aa\nbb", "cc");
        assertThat(Lines.split("aaaaaa\nb", 4)).containsExactly("aaaa", "aa\nb");
        assertThat(Lines.split("a😀😀", 2)).containsExactly("a", "😀", "😀");
        assertThat(Lines.split("", 5)).isEmpty();
    }
}
