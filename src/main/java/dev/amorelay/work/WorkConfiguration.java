package dev.amorelay.work;

import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes every work table an endpoint that routes can start from, named as its bean: {@code inbox:…}, {@code outbox:…}. */
@Configuration
class WorkConfiguration {

    @Bean
    CamelContextConfiguration workEndpoints(Map<String, WorkTable<?>> tables, LeaseKeeper keeper, FailurePolicy failures,
                                            AccountNames accounts, ClaimWatch claims, WorkSignal signal) {
        return new CamelContextConfiguration() {
            @Override
            public void beforeApplicationStart(CamelContext context) {
                tables.forEach((name, table) -> context.addComponent(name,
                        new WorkComponent(table, keeper, failures, accounts, claims, signal)));
            }

            @Override
            public void afterApplicationStart(CamelContext context) {
                // nothing to do
            }
        };
    }
}
