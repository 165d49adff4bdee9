package dev.amorelay.doors;

import org.apache.camel.component.platform.http.PlatformHttpComponent;
import org.apache.camel.spi.ComponentCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Every door, also one that an engineer adds tomorrow, lets only the listed headers pass. */
@Configuration
class DoorConfiguration {

    @Bean
    ComponentCustomizer strictDoors(DoorHeaders headers) {
        return ComponentCustomizer.forType(PlatformHttpComponent.class,
                component -> component.setHeaderFilterStrategy(headers));
    }
}
