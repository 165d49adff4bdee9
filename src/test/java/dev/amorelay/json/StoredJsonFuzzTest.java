package dev.amorelay.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever JSON somebody sends: what is written of it can be read, and is written the same once more. */
class StoredJsonFuzzTest {

    static Stream<byte[]> samples() {
        return Stream.of("{\"a\":[1,2.50,1e30,1e31,-0,null,true,\"\\u0000\\ud800\"],\"\\u0000\":{},\"\\ud800\":1}", "1e999999999", "[[[[[[]]]]]]",
                "{\"" + "n".repeat(1_500) + "\":1}", "1" + "0".repeat(900)).map(String::getBytes);
    }

    @MethodSource("samples")
    @FuzzTest
    void writtenMeansReadable(byte[] body) throws IOException {
        JsonNode tree;
        try {
            tree = Json.MAPPER.readTree(body);
        } catch (IOException | NumberFormatException | ArithmeticException e) {
            return;
        }
        String text = StoredJson.write(tree);
        assertThat(text).doesNotContain("\u0000");
        // by a reader with Jackson's own bounds
        assertThat(StoredJson.write(Json.MAPPER.readTree(text))).isEqualTo(text);
        assertThat(text.length()).isLessThan(100 + 40 * body.length);
    }
}
