package dev.amorelay.delivery;

import dev.amorelay.work.FailurePolicy;
import dev.amorelay.work.LeaseKeeper;
import dev.amorelay.work.WorkComponent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes {@code outbox:<kind>} an endpoint that routes can start from. */
@Configuration
class DeliveryConfiguration {

    @Bean("outbox-component")
    WorkComponent outboxComponent(Outbox outbox, LeaseKeeper keeper, FailurePolicy failures) {
        return new WorkComponent(outbox, keeper, failures);
    }
}
