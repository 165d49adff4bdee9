package dev.amorelay.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.micrometer.core.instrument.Metrics;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one bound of what is written to a {@code jsonb} column, whoever sent it: a column that takes a value and a reader that
 * refuses it would stop everything behind the row. Nothing is lost: what is beyond the bound becomes a text, or stands under a
 * shorter name beside its own. Reading goes far beyond it ({@link Json#read}), so that older rows are readable, too.
 */
public final class StoredJson {

    /** The longest name of a field, in UTF-16 units; Jackson reads 50,000, an index and a page want fewer. */
    public static final int LONGEST_NAME = 1_000;

    /** The most digits of a number as PostgreSQL prints it, without an exponent; Jackson reads 1,000, PostgreSQL keeps 131,072. */
    public static final int MOST_DIGITS = 500;

    /** The most zeros that an exponent stands for: a list of {@code 1e499} would else be printed a hundred times as long as it came. */
    private static final int MOST_ZEROS = 30;

    /** The most levels; Jackson reads 1,000, and so many less that whatever is put around a stored tree is readable with it. */
    public static final int DEEPEST = 100;

    /** The longest text of a whole value, in UTF-16 units: more than the longest body of any door makes of itself. */
    public static final int LONGEST = 64 * 1024 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(StoredJson.class);

    /** As PostgreSQL prints it: numbers without an exponent. */
    private static final ObjectWriter WRITER = Json.MAPPER.writer().with(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN);

    private StoredJson() {
    }

    /**
     * Writes a tree for a {@code jsonb} column, and reads it back: what is returned can be read.
     *
     * @param node any tree
     * @return JSON text within the bound
     * @throws UnreadableJson when it is longer than {@link #LONGEST}
     */
    public static String write(JsonNode node) {
        String text = text(WRITER, bounded(node));
        if (text.length() > LONGEST) {
            throw new UnreadableJson("more than " + LONGEST + " characters of JSON");
        }
        Json.read(text);
        return text;
    }

    /**
     * A tree within the bound.
     *
     * @param node any tree
     * @return a copy
     */
    public static JsonNode bounded(JsonNode node) {
        return bounded(node, 0);
    }

    /**
     * Whether a number is printed with more digits than are kept as a number.
     *
     * @param number any number
     * @return true when it is stored as a text
     */
    public static boolean isHuge(JsonNode number) {
        if (number.isBigDecimal()) {
            BigDecimal value = number.decimalValue();
            long printed = printed(value.precision(), value.scale());
            return printed > MOST_DIGITS || printed > value.precision() + MOST_ZEROS;
        }
        if (number.isBigInteger()) {
            // three digits are about ten bits
            return number.bigIntegerValue().bitLength() * 0.302 > MOST_DIGITS;
        }
        return (number.isDouble() || number.isFloat()) && !Double.isFinite(number.doubleValue());
    }

    /**
     * A scalar as a text that can be stored.
     *
     * @param scalar text, number or boolean
     * @return numbers without an exponent unless they are huge
     */
    public static String plain(JsonNode scalar) {
        return !scalar.isBigDecimal() ? Json.storable(scalar.asText())
                : isHuge(scalar) ? scalar.decimalValue().toString() : scalar.decimalValue().toPlainString();
    }

    private static long printed(int precision, int scale) {
        return scale <= 0 ? precision - (long) scale : Math.max(precision, scale + 1L);
    }

    /**
     * Reads a column of a row that others stand beside: one that cannot be read costs no other its place. It leaves a line in the log
     * and a count in {@code relay_unreadable_total}.
     *
     * @param text what the column holds; null for nothing
     * @param row which one, without personal data: table and id
     * @return its tree; a missing node for null, and for what cannot be read
     */
    public static JsonNode orMissing(@Nullable String text, String row) {
        try {
            return Json.read(text);
        } catch (UnreadableJson e) {
            Metrics.counter("relay.unreadable").increment();
            LOG.error("{} cannot be read, the rest of its row is used: {}", row, e.getMessage());
            return Json.MAPPER.missingNode();
        }
    }

    private static JsonNode bounded(JsonNode node, int depth) {
        if (node.isContainerNode() && !node.isEmpty() && depth >= DEEPEST) {
            return TextNode.valueOf(Json.storable(text(Json.MAPPER.writer(), node)));
        }
        if (node instanceof ObjectNode object) {
            return object(object, depth);
        }
        if (node.isArray()) {
            ArrayNode copy = Json.array();
            node.forEach(item -> copy.add(bounded(item, depth + 1)));
            return copy;
        }
        if (node.isTextual()) {
            String clean = Json.storable(node.textValue());
            return clean.equals(node.textValue()) ? node : TextNode.valueOf(clean);
        }
        return node.isNumber() && isHuge(node) ? TextNode.valueOf(plain(node)) : node;
    }

    private static ObjectNode object(ObjectNode object, int depth) {
        ObjectNode copy = Json.object();
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            String name = Json.storable(field.getKey());
            if (name.length() <= LONGEST_NAME) {
                copy.set(free(copy, name), bounded(field.getValue(), depth + 1));
            } else {
                // a little shorter than the bound: there is room for a number behind it
                ObjectNode whole = Json.object().put("name", name).set("value", bounded(field.getValue(), depth + 2));
                copy.set(free(copy, Json.storable(name.substring(0, LONGEST_NAME - 20)) + "…"), whole);
            }
        }
        return copy;
    }

    /** Names that differ only in what cannot be stored, or far behind, stay two. */
    private static String free(ObjectNode copy, String name) {
        String free = name;
        for (int i = copy.size(); copy.has(free); i++) {
            free = name + "_" + i;
        }
        return free;
    }

    private static String text(ObjectWriter writer, JsonNode node) {
        try {
            return writer.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new UnreadableJson("cannot be written as JSON: " + e.getOriginalMessage());
        }
    }
}
