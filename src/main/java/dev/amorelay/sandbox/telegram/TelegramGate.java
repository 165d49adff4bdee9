package dev.amorelay.sandbox.telegram;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.json.Json;
import dev.amorelay.sandbox.faults.Fault;
import dev.amorelay.sandbox.faults.FaultList;
import dev.amorelay.sandbox.faults.LostConnection;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/** Every call to the stand-in for Telegram passes here and may go wrong. A fault's scope names the method: {@code sendMessage}. */
public final class TelegramGate extends OncePerRequestFilter {

    private static final long SUPERGROUP = -1_001_234_567_890L;
    private static final Duration LONG = Duration.ofSeconds(30);

    private final FaultList<TelegramFault> faults;

    /** Lets go wrong what {@code faults} say. */
    public TelegramGate(FaultList<TelegramFault> faults) {
        this.faults = faults;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String uri = request.getRequestURI();
        Optional<Fault<TelegramFault>> fault =
                faults.draw(request.getMethod(), uri.substring(uri.lastIndexOf('/') + 1), any -> true);
        if (fault.isEmpty()) {
            chain.doFilter(request, response);
        } else {
            run(fault.get(), request, response, chain);
        }
    }

    private void run(Fault<TelegramFault> fault, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        switch (fault.kind()) {
            case ERROR429 -> {
                long seconds = fault.number("retry_after", 1);
                refuse(response, 429, "Too Many Requests: retry after " + seconds, Json.object().put("retry_after", seconds));
            }
            case FORBIDDEN -> refuse(response, 403, "Forbidden: bot was blocked by the user", null);
            case NOT_FOUND -> refuse(response, 400, "Bad Request: chat not found", null);
            case UNAUTHORIZED -> refuse(response, 401, "Unauthorized", null);
            case MIGRATED -> refuse(response, 400, "Bad Request: group chat was upgraded to a supergroup chat",
                    Json.object().put("migrate_to_chat_id", fault.number("chat_id", SUPERGROUP)));
            case ERROR500 -> refuse(response, 500, "Internal Server Error", null);
            case DROP_BEFORE -> LostConnection.of(request);
            case DROP_AFTER -> {
                chain.doFilter(request, new ContentCachingResponseWrapper(response));
                LostConnection.of(request);
            }
            case SLOW -> {
                ContentCachingResponseWrapper kept = new ContentCachingResponseWrapper(response);
                chain.doFilter(request, kept);
                faults.hold(fault.length(LONG));
                kept.copyBodyToResponse();
            }
        }
    }

    private static void refuse(HttpServletResponse response, int code, String description, ObjectNode parameters)
            throws IOException {
        ObjectNode body = Json.object().put("ok", false).put("error_code", code).put("description", description);
        if (parameters != null) {
            body.set("parameters", parameters);
        }
        response.setStatus(code);
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.getOutputStream().write(Json.write(body).getBytes(StandardCharsets.UTF_8));
    }
}
