package dev.amorelay.security;

import dev.amorelay.login.DeviceRepository;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets a password be looked at when it is its turn, and answers 429 where too many wait for theirs, before anything of the guess is
 * looked at. Who brings no password, and who is logged in already, is let through.
 */
class LoginThrottleFilter extends OncePerRequestFilter {

    private static final int TOO_MANY_REQUESTS = 429;
    private static final int LONGEST_FORM = 4096;

    private final LoginThrottle throttle;
    private final DeviceRepository devices;

    LoginThrottleFilter(LoginThrottle throttle, DeviceRepository devices) {
        this.throttle = throttle;
        this.devices = devices;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!bringsPassword(request)) {
            chain.doFilter(request, response);
        } else if (isForm(request) && (request.getContentLengthLong() < 0 || request.getContentLengthLong() > LONGEST_FORM)) {
            response.setStatus(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE);
        } else {
            look(request, response, chain);
        }
    }

    private void look(HttpServletRequest request, HttpServletResponse response, FilterChain chain) throws ServletException, IOException {
        String name = isForm(request) ? request.getParameter("username") : nameIn(request.getHeader(HttpHeaders.AUTHORIZATION));
        Authentication known = SecurityContextHolder.getContext().getAuthentication();
        if (!isForm(request) && known != null && known.getName().equals(name)) {
            chain.doFilter(request, response);
            return;
        }
        Optional<Duration> refused;
        try {
            refused = throttle.begin(request.getRemoteAddr(), name, browser(request, name));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            refused = Optional.of(Duration.ofSeconds(1));
        }
        if (refused.isPresent()) {
            refuse(request, response, refused.get());
            return;
        }
        try {
            chain.doFilter(request, response);
        } finally {
            throttle.end();
        }
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response, Duration wait) throws IOException {
        long seconds = Math.max(1, wait.minus(LoginThrottle.LONGEST_WAIT).toSeconds() + 1);
        response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(seconds));
        response.setStatus(TOO_MANY_REQUESTS);
        if (isForm(request)) {
            LoginPage.tooOften(request, response, seconds);
        }
    }

    private String browser(HttpServletRequest request, String name) {
        try {
            return LoginCookies.read(request, LoginCookies.DEVICE).filter(token -> name != null && devices.knows(token, name)).orElse(null);
        } catch (DataAccessException down) {
            return null;
        }
    }

    static boolean bringsPassword(HttpServletRequest request) {
        String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        boolean basic = authorization != null && authorization.strip().toLowerCase(Locale.ROOT).startsWith("basic");
        return basic || isForm(request);
    }

    private static boolean isForm(HttpServletRequest request) {
        // as it is decoded: so the login is found by whoever looks for it
        String address = request.getServletPath() + (request.getPathInfo() == null ? "" : request.getPathInfo());
        return HttpMethod.POST.matches(request.getMethod()) && (address.endsWith("/login") || request.getRequestURI().endsWith("/login"));
    }

    private static String nameIn(String authorization) {
        try {
            String token = authorization.strip().substring("basic".length()).strip();
            String both = new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8);
            return both.indexOf(':') < 0 ? "" : both.substring(0, both.indexOf(':'));
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
