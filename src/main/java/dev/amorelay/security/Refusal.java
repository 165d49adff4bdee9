package dev.amorelay.security;

import dev.amorelay.json.Json;
import io.micrometer.core.instrument.Metrics;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.util.unit.DataSize;

/** Why a request is refused before anybody looks at what it says; counted in {@code relay_doors_refused_total{why}}. */
enum Refusal {

    /** Longer than its door takes. */
    TOO_LONG(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE, "Слишком большой запрос",
            "Запрос больше %s. Сократите сообщение и отправьте его ещё раз."),
    /** Unpacks to what nobody would have packed. */
    PACKED(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE, "Слишком сильно сжатый запрос",
            "Отправьте запрос без сжатия."),
    /** Has not come, or came too slowly. */
    TOO_SLOW(HttpServletResponse.SC_REQUEST_TIMEOUT, "Запрос не пришёл целиком", "Запрос приходил слишком медленно. Отправьте его ещё раз."),
    /** No memory is left for another body. */
    NO_ROOM(HttpServletResponse.SC_SERVICE_UNAVAILABLE, "Сервис временно недоступен, повторите попытку",
            "Сейчас приходит слишком много больших запросов. Повторите через несколько секунд."),
    /** More requests than anybody makes by hand. */
    TOO_OFTEN(429, "Слишком много запросов", "Слишком много запросов подряд. Подождите немного и повторите.");

    private static final String A_MOMENT = "5";

    private final int status;
    private final String title;
    private final String detail;

    Refusal(int status, String title, String detail) {
        this.status = status;
        this.title = title;
        this.detail = detail;
    }

    /** Answers with {@code application/problem+json}, in words that a page can show. */
    void answer(HttpServletResponse response, DataSize limit) throws IOException {
        Metrics.counter("relay.doors.refused", "why", name().toLowerCase(Locale.ROOT)).increment();
        byte[] problem = Json.write(Json.object().put("type", "about:blank").put("title", title).put("status", status)
                .put("detail", limit == null ? detail : detail.formatted(size(limit)))).getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        if (status != HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE) {
            response.setHeader(HttpHeaders.RETRY_AFTER, A_MOMENT);
        }
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setContentLength(problem.length);
        response.getOutputStream().write(problem);
    }

    private static String size(DataSize limit) {
        return limit.toMegabytes() > 0 ? limit.toMegabytes() + " МБ" : limit.toKilobytes() + " КБ";
    }
}
