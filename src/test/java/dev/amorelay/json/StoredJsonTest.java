package dev.amorelay.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written within the bound is what every reader reads, also one with Jackson's own bounds. */
class StoredJsonTest {

    private static JsonNode number(String text) {
        return Json.MAPPER.getNodeFactory().numberNode(new BigDecimal(text));
    }

    private static JsonNode nested(int levels) {
        JsonNode tree = Json.object().put("deepest", "дно");
        for (int i = 1; i < levels; i++) {
            tree = i % 2 == 0 ? Json.array().add(tree) : Json.object().set("a", tree);
        }
        return tree;
    }

    private static int depth(JsonNode tree) {
        int deepest = 0;
        for (JsonNode child : tree) {
            deepest = Math.max(deepest, depth(child));
        }
        return tree.isContainerNode() ? deepest + 1 : 0;
    }

    @Test
    void aLongNameIsShortenedAndStandsWholeBesideItsValue() throws Exception {
        String name = "имя".repeat(20_000);
        JsonNode stored = Json.MAPPER.readTree(StoredJson.write(Json.object().put(name, 5).put("short", 6)));

        assertThat(stored.path("short").asInt()).isEqualTo(6);
        assertThat(stored.size()).isEqualTo(2);
        ObjectNode whole = (ObjectNode) stored.elements().next();
        assertThat(whole.path("name").asText()).isEqualTo(name);
        assertThat(whole.path("value").asInt()).isEqualTo(5);
        stored.fieldNames().forEachRemaining(key -> assertThat(key.length()).isLessThanOrEqualTo(StoredJson.LONGEST_NAME));
    }

    @Test
    void namesThatBecomeTheSameStayTwo() {
        String name = "x".repeat(2_000);
        JsonNode stored = StoredJson.bounded(Json.object().put(name + "1", 1).put(name + "2", 2).put("a\u0000", 3).put("a\ud800", 4).put("a\ufffd", 5));

        assertThat(stored).hasSize(5);
        assertThat(stored.findValues("value")).extracting(JsonNode::asInt).containsExactly(1, 2);
        assertThat(stored.valueStream().filter(JsonNode::isNumber).map(JsonNode::asInt)).containsExactly(3, 4, 5);
    }

    @ParameterizedTest
    @CsvSource({"1e31", "1E+1000", "1e-1000", "123e999999999", "1e-999999999", "-1e400"})
    void aNumberThatIsPrintedLongIsAText(String huge) {
        assertThat(StoredJson.bounded(number(huge)).isTextual()).isTrue();
        assertThat(StoredJson.plain(number(huge)).length()).isLessThan(20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1e9", "-1500.75", "1e30", "0.0000001", "99999999999999999999.123456789", "1.50"})
    void anyOtherNumberStays(String usual) {
        assertThat(Json.read(StoredJson.write(number(usual))).decimalValue()).isEqualByComparingTo(usual);
    }

    @Test
    void digitsBeyondTheBoundAreATextWithAllOfThem() {
        String digits = "7".repeat(StoredJson.MOST_DIGITS + 1);
        assertThat(StoredJson.bounded(Json.MAPPER.getNodeFactory().numberNode(new BigInteger(digits))).asText()).isEqualTo(digits);
        assertThat(StoredJson.bounded(number("0." + digits)).asText()).isEqualTo("0." + digits);
        assertThat(StoredJson.bounded(Json.MAPPER.getNodeFactory().numberNode(Double.NaN)).isTextual()).isTrue();
    }

    @Test
    void aListOfExponentsIsNotPrintedManyTimesAsLong() {
        StringBuilder list = new StringBuilder("[0");
        for (int i = 0; i < 10_000; i++) {
            list.append(",1e499");
        }
        String text = list.append(']').toString();
        assertThat(StoredJson.write(Json.read(text)).length()).isLessThan(2 * text.length());
    }

    @ParameterizedTest
    @ValueSource(ints = {99, 100, 101, 900})
    void whatIsTooDeepIsATextAtItsPlace(int levels) throws Exception {
        String text = StoredJson.write(nested(levels));
        JsonNode stored = Json.MAPPER.readTree(text);

        assertThat(depth(stored)).isEqualTo(Math.min(levels, StoredJson.DEEPEST));
        assertThat(text).contains("дно");
    }

    @Test
    void whatIsTooLongIsRefusedBeforeItIsStored() {
        ObjectNode tree = Json.object();
        String part = "x".repeat(StoredJson.LONGEST / 8);
        for (int i = 0; i < 9; i++) {
            tree.put("part" + i, part);
        }
        assertThatThrownBy(() -> StoredJson.write(tree)).isInstanceOf(UnreadableJson.class).hasMessageNotContaining("xxx");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void whateverIsWrittenIsRead(int seed) throws Exception {
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            JsonNode tree = any(random, 0);
            String text = StoredJson.write(tree);
            // with Jackson's own bounds, and once more the same
            JsonNode read = Json.MAPPER.readTree(text);
            assertThat(StoredJson.write(read)).as("seed %d round %d", seed, round).isEqualTo(text);
        }
    }

    private static JsonNode any(Random random, int depth) {
        switch (random.nextInt(depth > 120 ? 4 : 6)) {
            case 0:
                return number((random.nextBoolean() ? "-" : "") + random.nextInt(1000) + "e" + (random.nextInt(4000) - 2000));
            case 1:
                return Json.MAPPER.getNodeFactory().textNode(text(random, 40));
            case 2:
                return Json.MAPPER.getNodeFactory().numberNode(new BigInteger(1 + random.nextInt(3000), random));
            case 3:
                return random.nextBoolean() ? Json.MAPPER.nullNode() : Json.MAPPER.getNodeFactory().numberNode(random.nextDouble());
            case 4:
                var list = Json.array();
                for (int i = random.nextInt(3); i >= 0; i--) {
                    list.add(any(random, depth + 1));
                }
                return list;
            default:
                var object = Json.object();
                for (int i = random.nextInt(3); i >= 0; i--) {
                    object.set(text(random, random.nextInt(20) == 0 ? 60_000 : 8), any(random, depth + 1));
                }
                return object;
        }
    }

    private static String text(Random random, int most) {
        char[] text = new char[random.nextInt(most + 1)];
        for (int i = 0; i < text.length; i++) {
            text[i] = (char) (random.nextInt(4) == 0 ? random.nextInt(0x10000) : random.nextInt(0x60));
        }
        return new String(text);
    }

    @Test
    void whatAnOlderVersionStoredIsReadToo() {
        String name = "n".repeat(60_000);
        assertThat(Json.read("{\"" + name + "\":1}").path(name).asInt()).isEqualTo(1);
        assertThat(Json.read("9".repeat(20_000)).bigIntegerValue()).isEqualTo(new BigInteger("9".repeat(20_000)));
        assertThat(Json.map("{\"" + name + "\":" + "9".repeat(2_000) + "}")).containsKey(name);
    }

    @Test
    void whatCannotBeReadIsPassedOverAlone() {
        assertThatThrownBy(() -> Json.read("[".repeat(1_500) + "]".repeat(1_500))).isInstanceOf(UnreadableJson.class);
        assertThatThrownBy(() -> Json.map("[]")).isInstanceOf(UnreadableJson.class);
        assertThatThrownBy(() -> Json.map("null")).isInstanceOf(UnreadableJson.class);
        assertThat(StoredJson.orMissing("[".repeat(1_500) + "]".repeat(1_500), "row 1").isMissingNode()).isTrue();
        assertThat(StoredJson.orMissing(null, "row 2").isMissingNode()).isTrue();
    }
}
