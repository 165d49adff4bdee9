package dev.amorelay.security;

import dev.amorelay.doors.DoorAccess;
import dev.amorelay.doors.OwnDoors;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsConfigurationSource;
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.cors.DefaultCorsProcessor;
import org.springframework.web.filter.CorsFilter;

/** Lets the pages of the configured sites post leads from a browser and read the answer. */
final class LeadCors {

    private LeadCors() {
    }

    /**
     * @param own doors of flows that say who may come: the open ones are like those of leads
     * @param origins sites like {@code https://example.com}; empty = none
     * @return the filter for the lead doors
     */
    static CorsFilter filter(OwnDoors own, List<String> origins) {
        if (origins.isEmpty()) {
            return lenient(request -> null);
        }
        CorsConfiguration configuration = new CorsConfiguration();
        configuration.setAllowedOrigins(origins);
        configuration.setAllowedMethods(List.of("POST"));
        configuration.setAllowedHeaders(List.of(HttpHeaders.CONTENT_TYPE, HttpHeaders.ACCEPT, "Idempotency-Key"));
        configuration.setMaxAge(Duration.ofHours(1));
        RequestMatcher leads = Doors.at(Doors.LEADS);
        return lenient(request -> leads.matches(request) || isOpen(own, request) ? configuration : null);
    }

    private static boolean isOpen(OwnDoors own, HttpServletRequest request) {
        return CorsUtils.isPreFlightRequest(request) ? own.mayAsk(request) : own.isAny(request, DoorAccess.Who.OPEN);
    }

    private static CorsFilter lenient(CorsConfigurationSource source) {
        CorsFilter filter = new CorsFilter(source);
        filter.setCorsProcessor(new Lenient());
        return filter;
    }

    /**
     * Grants, but refuses nobody but a preflight: behind a proxy the site's own post looks like another site's, and a lead
     * must not be lost for it. The browser itself keeps the answer from pages that were not granted it.
     */
    private static final class Lenient extends DefaultCorsProcessor {

        @Override
        public boolean processRequest(CorsConfiguration configuration, HttpServletRequest request, HttpServletResponse response)
                throws IOException {
            String origin = request.getHeader(HttpHeaders.ORIGIN);
            boolean stranger = configuration != null && origin != null && configuration.checkOrigin(origin) == null;
            if (stranger && !CorsUtils.isPreFlightRequest(request)) {
                return true;
            }
            return super.processRequest(configuration, request, response);
        }
    }
}
