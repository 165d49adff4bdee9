package dev.amorelay.doors;

import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.PlatformHttpComponent;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpEngine;
import org.apache.camel.component.platform.http.springboot.SpringBootPlatformHttpEngine;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Every door, also one that an engineer adds tomorrow, lets only the listed headers pass, and hands on the body
 * as it came: camel-platform-http by itself copies form fields into headers and puts an undecoded map in the body's place.
 */
@Configuration
class DoorConfiguration {

    /** A request stays on the thread that took it; by default it changes threads twice. */
    @Bean("platform-http-engine")
    PlatformHttpEngine doorsOnTheirOwnThreads(@Value("${server.port}") int port) {
        return new SpringBootPlatformHttpEngine(port, Runnable::run);
    }

    @Bean
    CamelContextConfiguration strictDoors(DoorHeaders headers, DoorDispatch dispatch) {
        return new CamelContextConfiguration() {
            @Override
            public void beforeApplicationStart(CamelContext context) {
                context.getComponent("platform-http", PlatformHttpComponent.class).addPlatformHttpListener(dispatch);
                context.getCamelContextExtension().registerEndpointCallback((uri, endpoint) -> {
                    if (endpoint instanceof PlatformHttpEndpoint door) {
                        door.setHeaderFilterStrategy(headers);
                        door.setPopulateBodyWithForm(false);
                        door.setUseStreaming(true);
                    }
                    return endpoint;
                });
            }

            @Override
            public void afterApplicationStart(CamelContext context) {
                // nothing to do
            }
        };
    }
}
