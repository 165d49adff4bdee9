package dev.amorelay.security;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.json.Json;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Jolokia tells a refusal inside the answer only, under HTTP status 200. Programs are told it by the HTTP status too; a
 * console's session is not: Hawtio takes HTTP 403 for the end of the login.
 */
class RefusalStatusFilter extends OncePerRequestFilter {

    static final String JOLOKIA = "/actuator/jolokia";

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getRequestURI().startsWith(JOLOKIA) || LoginSessions.isLoggedIn(request);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        ContentCachingResponseWrapper answer = new ContentCachingResponseWrapper(response);
        chain.doFilter(request, answer);
        if (isRefusal(answer.getContentAsByteArray())) {
            answer.setStatus(HttpServletResponse.SC_FORBIDDEN);
        }
        answer.copyBodyToResponse();
    }

    /** A bulk answer is a list, and stays one. */
    private static boolean isRefusal(byte[] body) {
        try {
            JsonNode told = Json.MAPPER.readTree(body);
            return told.isObject() && told.path("status").asInt() == HttpServletResponse.SC_FORBIDDEN;
        } catch (IOException e) {
            return false;
        }
    }
}
