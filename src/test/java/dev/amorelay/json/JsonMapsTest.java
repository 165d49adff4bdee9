package dev.amorelay.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

/** What amoCRM and hooks tell is read in a flow as a map is. */
class JsonMapsTest {

    /** Stands for an event: a record with JSON in it. */
    public record Told(com.fasterxml.jackson.databind.JsonNode payload) {
    }

    @Test
    void aPartIsReadByItsNameAndANumberStaysOne() throws Exception {
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            new JsonMaps().beforeApplicationStart(camel);
            camel.start();
            Exchange exchange = new DefaultExchange(camel);
            exchange.getIn().setBody(new Told(Json.read("{\"text\": \"Просит \\\"скидку\\\"\", \"price\": 700, \"params\": {\"text\": \"внутри\"}}")));

            assertThat(read(camel, exchange, "${body.payload[text]}", Object.class)).isEqualTo("Просит \"скидку\"");
            assertThat(read(camel, exchange, "${body.payload[price]}", Object.class)).isEqualTo(700);
            assertThat(read(camel, exchange, "${body.payload[params][text]}", Object.class)).isEqualTo("внутри");
            assertThat(read(camel, exchange, "${body.payload[none]}", Object.class)).isNull();
            assertThat(read(camel, exchange, "${body.payload.get('price').asLong()}", Object.class)).isEqualTo(700L);
        }
    }

    private static <T> T read(DefaultCamelContext camel, Exchange exchange, String simple, Class<T> type) {
        return camel.resolveLanguage("simple").createExpression(simple).evaluate(exchange, type);
    }
}
