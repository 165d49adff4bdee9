package dev.amorelay.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
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
}
