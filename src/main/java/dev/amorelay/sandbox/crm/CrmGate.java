package dev.amorelay.sandbox.crm;

import dev.amorelay.json.Json;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * The one place that every call to the stand-in passes: it counts the call and asks for the token. Limits, latency and
 * faults belong here as well, before or after the rest of the chain has done the work.
 */
public final class CrmGate extends OncePerRequestFilter {

    private static final String BEARER = "Bearer ";

    private final CallCounts counts;
    private final Tokens tokens;

    /** Counts into {@code counts}, lets in by {@code tokens}. */
    public CrmGate(CallCounts counts, Tokens tokens) {
        this.counts = counts;
        this.tokens = tokens;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        counts.count(request.getMethod(), request.getRequestURI());
        if (request.getRequestURI().contains("/sandbox/amocrm/api/") && !mayPass(request)) {
            answer(response, CrmProblem.unauthorized());
            return;
        }
        chain.doFilter(request, response);
    }

    private boolean mayPass(HttpServletRequest request) {
        String header = request.getHeader("Authorization");
        return header != null && header.startsWith(BEARER) && tokens.opens(header.substring(BEARER.length()));
    }

    private static void answer(HttpServletResponse response, CrmProblem problem) throws IOException {
        response.setStatus(problem.status());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.getOutputStream().write(Json.write(problem.body()).getBytes(StandardCharsets.UTF_8));
    }
}
