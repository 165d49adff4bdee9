package dev.amorelay.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON as a {@code jsonb} column takes it, with nothing else changed. */
class JsonTest {

    @ParameterizedTest
    @ValueSource(strings = {"\\u0000", "в логе \\u0000, что это?", "\\\\u0000", "\\", "C:\\users\\u0000", "\"\\u0000\"", "\\ud83d", "\\n", "😀",
        "{\"a\":\"\\u0000\"}"})
    void aTextThatMerelyShowsAnEscapeStays(String text) {
        JsonNode tree = Json.object().put(text, text).set("list", Json.array().add(text));
        assertThat(Json.read(Json.write(tree))).isEqualTo(tree);
    }

    @Test
    void nulAndHalvesOfPairsAreReplacedInTextsAndKeys() {
        JsonNode tree = Json.object().put("k\u0000", "a\u0000\\u0000\\\u0000").set("l\ud83d", Json.array().add("\ude00x\ud83d").add("\ud83d\ude00"));
        assertThat(Json.read(Json.write(tree))).isEqualTo(
                Json.object().put("k\ufffd", "a\ufffd\\u0000\\\ufffd").set("l\ufffd", Json.array().add("\ufffdx\ufffd").add("\ud83d\ude00")));
    }

    /** A door is prepared for a text that is no JSON, and for nothing else. */
    @ParameterizedTest
    @ValueSource(strings = {"1e99999999999", "[-1e99999999999]", "{\"a\":{\"b\":1e-99999999999}}", "100e2147483647", "1e-2147483648"})
    void aNumberThatNoDecimalHoldsIsNoJsonOrANumber(String text) throws Exception {
        for (ThrowingCallable reading : List.<ThrowingCallable>of(() -> Json.MAPPER.readTree(text), () -> Json.MAPPER.readTree(text.getBytes(StandardCharsets.UTF_8)))) {
            Throwable thrown = catchThrowable(reading);
            assertThat(thrown == null || thrown instanceof JsonProcessingException).as("%s", thrown).isTrue();
        }
    }
}
