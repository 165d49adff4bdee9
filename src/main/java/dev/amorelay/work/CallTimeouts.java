package dev.amorelay.work;

import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.apache.camel.support.PropertyBindingSupport;
import org.springframework.stereotype.Component;

/** A host that flows call by {@code https:} and that never answers holds no worker for ever: Camel itself would wait without an end. */
@Component
class CallTimeouts implements CamelContextConfiguration {

    /** In milliseconds; an address may name others of up to a minute. */
    private static final Map<String, Object> TIMEOUTS =
            Map.of("connectTimeout", 10_000L, "connectionRequestTimeout", 10_000L, "soTimeout", 30_000L, "responseTimeout", 30_000L);

    @Override
    public void beforeApplicationStart(CamelContext camel) {
        TIMEOUTS.forEach((option, millis) -> PropertyBindingSupport.build().bind(camel, camel.getComponent("https"), option, millis));
    }

    @Override
    public void afterApplicationStart(CamelContext camel) {
        // nothing more
    }
}
