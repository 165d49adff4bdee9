package dev.amorelay.telegram;

import org.apache.camel.component.telegram.TelegramComponent;
import org.apache.camel.spi.ComponentCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** camel-telegram with a client that tells errors apart. Token and address are set in application.yaml. */
@Configuration
class TelegramConfiguration {

    @Bean
    ComponentCustomizer honestTelegram() {
        return ComponentCustomizer.forType(TelegramComponent.class, component -> component.setClient(new BotApiClient()));
    }
}
