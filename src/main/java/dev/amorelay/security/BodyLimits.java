package dev.amorelay.security;

import dev.amorelay.settings.IngestSettings;
import dev.amorelay.settings.WebhookSettings;
import org.springframework.boot.autoconfigure.security.SecurityProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the limit on bodies behind the security filters, so that a page of an allowed site can read the refusal. */
@Configuration(proxyBeanMethods = false)
class BodyLimits {

    @Bean
    FilterRegistrationBean<BodyLimitFilter> bodyLimit(IngestSettings ingest, WebhookSettings webhooks) {
        FilterRegistrationBean<BodyLimitFilter> filter =
                new FilterRegistrationBean<>(new BodyLimitFilter(ingest.maxBody(), webhooks.maxBody()));
        filter.setOrder(SecurityProperties.DEFAULT_FILTER_ORDER + 1);
        return filter;
    }
}
