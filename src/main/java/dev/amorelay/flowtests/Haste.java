package dev.amorelay.flowtests;

import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.apache.camel.support.PropertyBindingSupport;

/**
 * Lets the workers of a relay under test look for work more often than usual, and gather nothing: a test says itself what comes at
 * once, and would only wait.
 */
final class Haste implements CamelContextConfiguration {

    private static final Map<String, Object> OPTIONS = Map.of("delay", 30, "gather", 0, "gatherMost", 0);

    @Override
    public void beforeApplicationStart(CamelContext camel) {
        camel.getCamelContextExtension().registerEndpointCallback((uri, endpoint) -> {
            if (uri.startsWith("outbox:") || uri.startsWith("inbox:")) {
                hurry(camel, endpoint);
            }
            return endpoint;
        });
    }

    @Override
    public void afterApplicationStart(CamelContext camel) {
        // nothing more
    }

    private static void hurry(CamelContext camel, Endpoint endpoint) {
        OPTIONS.forEach((option, value) -> PropertyBindingSupport.build().bind(camel, endpoint, option, value));
    }
}
