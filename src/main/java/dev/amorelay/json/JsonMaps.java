package dev.amorelay.json;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.TypeConversionException;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.apache.camel.support.TypeConverterSupport;
import org.springframework.stereotype.Component;

/** Lets a flow read JSON as it reads a map, {@code ${body.payload[text]}}: an event's payload and what amoCRM tells are read as an effect's is. */
@Component
class JsonMaps extends TypeConverterSupport implements CamelContextConfiguration {

    private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() { };

    @Override
    public void beforeApplicationStart(CamelContext camel) {
        camel.getTypeConverterRegistry().addTypeConverter(Map.class, ObjectNode.class, this);
    }

    @Override
    public void afterApplicationStart(CamelContext camel) {
        // nothing more
    }

    @Override
    public <T> T convertTo(Class<T> type, Exchange exchange, Object value) throws TypeConversionException {
        return type.cast(Json.MAPPER.convertValue(value, MAP));
    }
}
