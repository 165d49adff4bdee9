package dev.amorelay.telegram;

import dev.amorelay.settings.RelaySettings;
import org.apache.camel.CamelContext;
import org.apache.camel.component.telegram.TelegramComponent;
import org.apache.camel.component.telegram.TelegramEndpoint;
import org.apache.camel.spi.ComponentCustomizer;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * camel-telegram with a client that tells errors apart and knows the proxy, and with messages that do not mix. Token and address are set
 * in application.yaml.
 */
@Configuration
class TelegramConfiguration {

    @Bean(destroyMethod = "close")
    BotApiClient botApiClient(RelaySettings relay, TelegramTrouble trouble) {
        return new BotApiClient(TelegramProxy.of(relay.telegram().proxy()), trouble, BotApiClient.LIMIT);
    }

    @Bean
    ComponentCustomizer honestTelegram(BotApiClient client) {
        return ComponentCustomizer.forType(TelegramComponent.class, component -> component.setClient(client));
    }

    @Bean
    CamelContextConfiguration separateSends() {
        return new CamelContextConfiguration() {
            @Override
            public void beforeApplicationStart(CamelContext context) {
                separate(context);
            }

            @Override
            public void afterApplicationStart(CamelContext context) {
                // nothing to do
            }
        };
    }

    static void separate(CamelContext context) {
        context.getCamelContextExtension().registerEndpointCallback((uri, endpoint) ->
                endpoint instanceof TelegramEndpoint telegram ? new SeparateSends(telegram) : endpoint);
    }
}
