package dev.amorelay.delivery;

import dev.amorelay.work.AccountNames;
import dev.amorelay.work.FailurePolicy;
import dev.amorelay.work.LeaseKeeper;
import dev.amorelay.work.WorkComponent;
import org.apache.camel.CamelContext;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes {@code outbox:<kind>} an endpoint that routes can start from. */
@Configuration
class DeliveryConfiguration {

    @Bean
    CamelContextConfiguration outboxEndpoints(Outbox outbox, LeaseKeeper keeper, FailurePolicy failures, AccountNames accounts) {
        return new CamelContextConfiguration() {
            @Override
            public void beforeApplicationStart(CamelContext context) {
                context.addComponent("outbox", new WorkComponent(outbox, keeper, failures, accounts));
            }

            @Override
            public void afterApplicationStart(CamelContext context) {
                // nothing to do
            }
        };
    }
}
