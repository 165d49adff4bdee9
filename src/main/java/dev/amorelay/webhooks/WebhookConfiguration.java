package dev.amorelay.webhooks;

import dev.amorelay.work.AccountNames;
import dev.amorelay.work.FailurePolicy;
import dev.amorelay.work.LeaseKeeper;
import dev.amorelay.work.WorkComponent;
import org.apache.camel.CamelContext;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes {@code inbox:amocrm} an endpoint that routes can start from. */
@Configuration
class WebhookConfiguration {

    @Bean
    CamelContextConfiguration inboxEndpoints(Inbox inbox, LeaseKeeper keeper, FailurePolicy failures, AccountNames accounts) {
        return new CamelContextConfiguration() {
            @Override
            public void beforeApplicationStart(CamelContext context) {
                context.addComponent("inbox", new WorkComponent(inbox, keeper, failures, accounts));
            }

            @Override
            public void afterApplicationStart(CamelContext context) {
                // nothing to do
            }
        };
    }
}
