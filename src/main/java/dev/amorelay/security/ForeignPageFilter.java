package dev.amorelay.security;

import dev.amorelay.json.Json;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers 403 where a page of another site makes somebody's browser ask for an address that does something on GET: an image's
 * address is enough for that, and the browser adds the login it knows. A person who opens the address, and any program, may.
 */
class ForeignPageFilter extends OncePerRequestFilter {

    private static final RequestMatcher ACTING = Doors.at(Doors.TEST);
    private static final Set<String> OWN = Set.of("same-origin", "none");

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (ACTING.matches(request) && !isOfThePerson(request)) {
            refuse(response);
        } else {
            chain.doFilter(request, response);
        }
    }

    /**
     * A browser says whose page asks, over https and to this machine always. Over plain http to another machine it does not, and a
     * page can keep its own address from being told: a browser that tells nothing is not believed.
     */
    static boolean isOfThePerson(HttpServletRequest request) {
        boolean ahead = Stream.of("Sec-Purpose", "Purpose", "X-Moz")
                .map(request::getHeader).anyMatch(purpose -> purpose != null && purpose.toLowerCase(Locale.ROOT).contains("pre"));
        String site = request.getHeader("Sec-Fetch-Site");
        if (ahead || site != null) {
            return !ahead && OWN.contains(site);
        }
        String page = request.getHeader(HttpHeaders.ORIGIN) == null ? request.getHeader(HttpHeaders.REFERER) : request.getHeader(HttpHeaders.ORIGIN);
        if (page != null) {
            return isHere(page, request.getHeader(HttpHeaders.HOST));
        }
        String program = request.getHeader(HttpHeaders.USER_AGENT);
        return program == null || !program.regionMatches(true, 0, "Mozilla/", 0, "Mozilla/".length());
    }

    private static boolean isHere(String page, String host) {
        try {
            return host != null && host.equalsIgnoreCase(URI.create(page).getAuthority());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static void refuse(HttpServletResponse response) throws IOException {
        byte[] problem = Json.write(Json.object()
                .put("type", "about:blank")
                .put("title", "Этот адрес открывают сами")
                .put("status", HttpServletResponse.SC_FORBIDDEN)
                .put("detail", "Его запросила страница другого сайта, или браузер не сказал, чья это страница. Наберите адрес в браузере по https"
                        + " или выполните запрос программой, например curl."))
                .getBytes(StandardCharsets.UTF_8);
        response.setStatus(HttpServletResponse.SC_FORBIDDEN);
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setContentLength(problem.length);
        response.getOutputStream().write(problem);
    }
}
