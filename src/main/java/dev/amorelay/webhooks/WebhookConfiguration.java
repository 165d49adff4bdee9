package dev.amorelay.webhooks;

import dev.amorelay.work.FailurePolicy;
import dev.amorelay.work.LeaseKeeper;
import dev.amorelay.work.WorkComponent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes {@code inbox:amocrm} an endpoint that routes can start from. */
@Configuration
class WebhookConfiguration {

    @Bean("inbox-component")
    WorkComponent inboxComponent(Inbox inbox, LeaseKeeper keeper, FailurePolicy failures) {
        return new WorkComponent(inbox, keeper, failures);
    }
}
