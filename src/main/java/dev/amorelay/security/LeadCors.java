package dev.amorelay.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.cors.DefaultCorsProcessor;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;
import org.springframework.web.filter.CorsFilter;

/** Lets the pages of the configured sites post leads from a browser and read the answer. */
final class LeadCors {

    private LeadCors() {
    }

    /**
     * @param origins sites like {@code https://example.com}; empty = none
     * @return the filter for the lead doors
     */
    static CorsFilter filter(List<String> origins) {
        UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
        if (!origins.isEmpty()) {
            CorsConfiguration configuration = new CorsConfiguration();
            configuration.setAllowedOrigins(origins);
            configuration.setAllowedMethods(List.of("POST"));
            configuration.setAllowedHeaders(List.of(HttpHeaders.CONTENT_TYPE, HttpHeaders.ACCEPT, "Idempotency-Key"));
            configuration.setMaxAge(Duration.ofHours(1));
            for (String door : Doors.LEADS) {
                source.registerCorsConfiguration(door, configuration);
            }
        }
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
