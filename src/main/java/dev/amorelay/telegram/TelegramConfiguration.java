package dev.amorelay.telegram;

import dev.amorelay.settings.RelaySettings;
import org.apache.camel.component.telegram.TelegramComponent;
import org.apache.camel.spi.ComponentCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** camel-telegram with a client that tells errors apart; the token stays out of endpoint addresses, which monitoring shows. */
@Configuration
class TelegramConfiguration {

    @Bean
    ComponentCustomizer honestTelegram(RelaySettings settings) {
        return ComponentCustomizer.forType(TelegramComponent.class, component -> {
            component.setClient(new BotApiClient());
            component.setAuthorizationToken(settings.telegram().botToken());
            component.setBaseUri(settings.telegram().baseUri());
        });
    }
}
