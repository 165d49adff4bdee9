package dev.amorelay.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A table that is opened in Excel runs nothing, and comes back as it was. */
class SemicolonTextTest {

    private static String written(String cell) {
        return SemicolonText.write(List.of(List.of("x", cell))).substring(3).stripTrailing();
    }

    private static String readBack(String cell) {
        return SemicolonText.read(SemicolonText.write(List.of(List.of("x", cell))).getBytes(StandardCharsets.UTF_8)).get(0).cell(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"=cmd|' /C calc'!A0", "+1+cmd", "-2+3", "@SUM(A1)", "\uff1dHYPERLINK(A1)", "=1;2", "|calc", "  =1+1"})
    void aFormulaIsText(String cell) {
        assertThat(written(cell)).matches("(?s)\"?'.*");
        assertThat(readBack(cell)).isEqualTo(cell.strip());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Масло И-20А", "12", "-5", "+3,5", "1=1", "'кавычка", "a-b", "16К20"})
    void everythingElseStaysAsItIs(String cell) {
        assertThat(written(cell)).isEqualTo(cell);
        assertThat(readBack(cell)).isEqualTo(cell);
    }
}
