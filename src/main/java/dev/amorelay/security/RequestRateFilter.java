package dev.amorelay.security;

import dev.amorelay.doors.OwnDoors;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers 429 to an address that sends more than anybody makes by hand, before its body is read. Webhooks are not counted: they come
 * by key or by address, and amoCRM switches off a hook that is refused too often.
 */
class RequestRateFilter extends OncePerRequestFilter {

    private static final RequestMatcher COUNTED = Doors.at(Doors.LEADS, Doors.PARK, Doors.ADMIN);

    private final RequestRate rate;
    private final OwnDoors own;

    RequestRateFilter(RequestRate rate, OwnDoors own) {
        this.own = own;
        this.rate = rate;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if ((COUNTED.matches(request) || own.at(request).isPresent()) && !rate.take(request.getRemoteAddr())) {
            Refusal.TOO_OFTEN.answer(response, null);
        } else {
            chain.doFilter(request, response);
        }
    }
}
