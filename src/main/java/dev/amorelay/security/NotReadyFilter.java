package dev.amorelay.security;

import dev.amorelay.doors.OwnDoors;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.http.HttpHeaders;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers 503 at the doors while the routes behind them are not up yet, or going down: the port is open a little longer than
 * they are, and a caller would take the 404 of that moment for the last word. The health door is one of them: its own
 * route may be up before the others, and who looks at it must not send traffic yet.
 */
class NotReadyFilter extends OncePerRequestFilter {

    private static final RequestMatcher DOORS = Doors.at(Doors.LEADS, Doors.WEBHOOKS, Doors.PARK, Doors.ADMIN, Doors.HEALTH);

    private final ApplicationAvailability availability;
    private final OwnDoors own;

    NotReadyFilter(ApplicationAvailability availability, OwnDoors own) {
        this.own = own;
        this.availability = availability;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (availability.getReadinessState() == ReadinessState.REFUSING_TRAFFIC && (DOORS.matches(request) || own.at(request).isPresent())) {
            response.setHeader(HttpHeaders.RETRY_AFTER, "5");
            response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        } else {
            chain.doFilter(request, response);
        }
    }
}
