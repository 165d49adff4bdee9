package dev.amorelay.doors;

import jakarta.servlet.DispatcherType;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpComponent;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.component.platform.http.spi.PlatformHttpEngine;
import org.apache.camel.component.platform.http.springboot.SpringBootPlatformHttpEngine;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.security.SecurityProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Every door, also one that an engineer adds tomorrow, lets only the listed headers pass, and hands on the body
 * as it came: camel-platform-http by itself copies form fields into headers and puts an undecoded map in the body's place.
 */
@Configuration
class DoorConfiguration {

    @Bean("platform-http-engine")
    PlatformHttpEngine doorsThatCount(@Value("${server.port}") int port, DoorHold hold, OwnDoors own) {
        return new SpringBootPlatformHttpEngine(port) {
            @Override
            public PlatformHttpConsumer createConsumer(PlatformHttpEndpoint endpoint, Processor processor) {
                return new Door(endpoint, processor, hold, own);
            }
        };
    }

    /** Camel looks for it by this name. */
    @Bean("platform-http-component")
    PlatformHttpComponent doorComponent() {
        return new DoorComponent();
    }

    /** Behind the filters that refuse. */
    @Bean
    FilterRegistrationBean<DoorHoldFilter> doorHoldFilter(DoorHold hold) {
        FilterRegistrationBean<DoorHoldFilter> filter = new FilterRegistrationBean<>(new DoorHoldFilter(hold));
        filter.setDispatcherTypes(DispatcherType.REQUEST);
        filter.setOrder(SecurityProperties.DEFAULT_FILTER_ORDER + 3);
        return filter;
    }

    @Bean
    CamelContextConfiguration strictDoors(DoorHeaders headers, DoorDispatch dispatch) {
        return new CamelContextConfiguration() {
            @Override
            public void beforeApplicationStart(CamelContext context) {
                context.getComponent("platform-http", PlatformHttpComponent.class).addPlatformHttpListener(dispatch);
                context.getCamelContextExtension().registerEndpointCallback((uri, endpoint) -> {
                    if (endpoint instanceof PlatformHttpEndpoint door) {
                        Set<String> further = ((DoorComponent) door.getComponent()).access(door).headers();
                        door.setHeaderFilterStrategy(further.isEmpty() ? headers : new DoorHeaders(further));
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
