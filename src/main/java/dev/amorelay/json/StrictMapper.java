package dev.amorelay.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.TreeNode;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/**
 * A mapper for which a number beyond what a decimal can hold ({@code 1e99999999999}) is no JSON: Jackson lets the fault of its number
 * fall through as it is, past everybody who is prepared for a text that is no JSON.
 */
final class StrictMapper extends JsonMapper {

    private static final long serialVersionUID = 1;

    /** @param factory with its bounds */
    StrictMapper(JsonFactory factory) {
        super(factory);
        enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
        enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }

    @Override
    public JsonNode readTree(String text) throws JsonProcessingException {
        try {
            return super.readTree(text);
        } catch (NumberFormatException | ArithmeticException e) {
            throw beyond();
        }
    }

    @Override
    public JsonNode readTree(byte[] text) throws IOException {
        try {
            return super.readTree(text);
        } catch (NumberFormatException | ArithmeticException e) {
            throw beyond();
        }
    }

    @Override
    public <T extends TreeNode> T readTree(JsonParser parser) throws IOException {
        try {
            return super.readTree(parser);
        } catch (NumberFormatException | ArithmeticException e) {
            throw beyond();
        }
    }

    private static JsonParseException beyond() {
        return new JsonParseException(null, "a number's exponent is beyond 32 bits");
    }
}
