package dev.amorelay.security;

import dev.amorelay.doors.OwnDoors;
import dev.amorelay.settings.DoorSettings;
import dev.amorelay.settings.IngestSettings;
import dev.amorelay.settings.WebhookSettings;
import jakarta.servlet.DispatcherType;
import java.time.Clock;
import org.springframework.boot.autoconfigure.security.SecurityProperties;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The doors' own filters, most of them behind the security's, so that a page of an allowed site can read a refusal. */
@Configuration(proxyBeanMethods = false)
class DoorFilters {

    /** In front of the login, which a browser brings by itself. */
    @Bean
    FilterRegistrationBean<ForeignPageFilter> foreignPages() {
        FilterRegistrationBean<ForeignPageFilter> filter = new FilterRegistrationBean<>(new ForeignPageFilter());
        filter.setDispatcherTypes(DispatcherType.REQUEST);
        filter.setOrder(SecurityProperties.DEFAULT_FILTER_ORDER - 1);
        return filter;
    }

    @Bean
    FilterRegistrationBean<NotReadyFilter> notReady(ApplicationAvailability availability, OwnDoors own) {
        FilterRegistrationBean<NotReadyFilter> filter = new FilterRegistrationBean<>(new NotReadyFilter(availability, own));
        filter.setDispatcherTypes(DispatcherType.REQUEST);
        filter.setOrder(SecurityProperties.DEFAULT_FILTER_ORDER + 1);
        return filter;
    }

    @Bean
    FilterRegistrationBean<RequestRateFilter> requestRate(DoorSettings settings, OwnDoors own) {
        FilterRegistrationBean<RequestRateFilter> filter =
                new FilterRegistrationBean<>(new RequestRateFilter(new RequestRate(settings.requestsPerMinute(), Clock.systemUTC()), own));
        filter.setDispatcherTypes(DispatcherType.REQUEST);
        filter.setOrder(SecurityProperties.DEFAULT_FILTER_ORDER + 1);
        return filter;
    }

    @Bean
    FilterRegistrationBean<BodyLimitFilter> bodyLimit(BodyIntake bodies, OwnDoors own, IngestSettings ingest, WebhookSettings webhooks) {
        FilterRegistrationBean<BodyLimitFilter> filter =
                new FilterRegistrationBean<>(new BodyLimitFilter(bodies, own, ingest.maxBody(), ingest.maxPhoto(), webhooks.maxBody()));
        filter.setDispatcherTypes(DispatcherType.REQUEST);
        filter.setOrder(SecurityProperties.DEFAULT_FILTER_ORDER + 2);
        return filter;
    }
}
