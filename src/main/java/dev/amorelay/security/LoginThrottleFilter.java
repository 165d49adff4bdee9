package dev.amorelay.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.filter.OncePerRequestFilter;

/** Answers 429 to who guesses passwords, before the guess is looked at. Who brings no password is let through. */
class LoginThrottleFilter extends OncePerRequestFilter {

    private static final int TOO_MANY_REQUESTS = 429;

    private final LoginThrottle throttle;

    LoginThrottleFilter(LoginThrottle throttle) {
        this.throttle = throttle;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<Duration> wait = bringsPassword(request) ? throttle.wait(request.getRemoteAddr()) : Optional.empty();
        if (wait.isPresent()) {
            response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(wait.get().toSeconds() + 1));
            response.setStatus(TOO_MANY_REQUESTS);
        } else {
            chain.doFilter(request, response);
        }
    }

    static boolean bringsPassword(HttpServletRequest request) {
        String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        boolean basic = authorization != null && authorization.strip().toLowerCase(Locale.ROOT).startsWith("basic");
        return basic || HttpMethod.POST.matches(request.getMethod()) && request.getRequestURI().endsWith("/login");
    }
}
