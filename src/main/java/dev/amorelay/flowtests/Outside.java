package dev.amorelay.flowtests;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.amorelay.flowtests.Answer.Lost;
import dev.amorelay.json.Json;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Stands before the sandbox's amoCRM and Telegram: notes every call, answers as the test says, and leaves to the stand-ins
 * what the test says nothing about.
 */
final class Outside extends OncePerRequestFilter {

    private static final String CRM = "/sandbox/amocrm";
    private static final String TELEGRAM = "/sandbox/telegram";
    /** Where the sandbox's server leaves the means to close a caller's connection. */
    private static final String CLOSE = "dev.amorelay.sandbox.faults.LostConnection";

    private final List<Call> calls = new ArrayList<>();
    private final Map<Answer, Integer> given = new ConcurrentHashMap<>();
    private volatile List<Answer> answers = List.of();

    /** Begins anew. */
    synchronized void script(List<Answer> next) {
        calls.clear();
        given.clear();
        answers = List.copyOf(next);
    }

    /** The calls since the beginning, in their order. */
    synchronized List<Call> calls() {
        return List.copyOf(calls);
    }

    /** How often an answer was given. */
    int given(Answer answer) {
        return given.getOrDefault(answer, 0);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String uri = request.getRequestURI();
        if (!uri.startsWith(CRM + "/") && !uri.startsWith(TELEGRAM + "/")) {
            chain.doFilter(request, response);
            return;
        }
        boolean crm = uri.startsWith(CRM + "/");
        byte[] body = request.getInputStream().readAllBytes();
        Call call = new Call(crm ? "amocrm" : "telegram", request.getMethod(),
                crm ? uri.substring(CRM.length()) : uri.substring(uri.lastIndexOf('/') + 1),
                request.getQueryString() == null ? "" : request.getQueryString(), json(body), "");
        int place = note(call);
        Optional<Answer> told = take(call);
        if (told.isPresent()) {
            answer(told.get(), request, body, response, chain);
        } else {
            chain.doFilter(new ReadRequest(request, body), response);
        }
        outcome(place, call, told.map(Answer::lost).orElse(Lost.NO) == Lost.NO ? String.valueOf(response.getStatus()) : "connection lost");
    }

    private synchronized int note(Call call) {
        calls.add(call);
        return calls.size() - 1;
    }

    /** A test that has ended meanwhile has its calls no more. */
    private synchronized void outcome(int place, Call call, String answer) {
        if (place < calls.size() && calls.get(place) == call) {
            calls.set(place, new Call(call.system(), call.method(), call.path(), call.query(), call.body(), answer));
        }
    }

    /** The first that fits and is not used up. */
    private synchronized Optional<Answer> take(Call call) {
        Optional<Answer> first = answers.stream().filter(answer -> answer.pattern().fits(call) && Subset.fits(answer.asked(), call.body()))
                .filter(answer -> answer.times() == 0 || given(answer) < answer.times()).findFirst();
        first.ifPresent(answer -> given.merge(answer, 1, Integer::sum));
        return first;
    }

    private static void answer(Answer answer, HttpServletRequest request, byte[] body, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Patience.pass(answer.after());
        if (answer.lost() == Lost.AFTER) {
            // what the stand-in says is kept back
            chain.doFilter(new ReadRequest(request, body), new ContentCachingResponseWrapper(response));
        }
        if (answer.lost() != Lost.NO) {
            ((Runnable) request.getAttribute(CLOSE)).run();
        } else if (answer.status() == 0) {
            chain.doFilter(new ReadRequest(request, body), response);
        } else {
            response.setStatus(answer.status());
            if (!answer.body().isEmpty()) {
                response.setContentType(answer.type());
                response.getOutputStream().write(answer.body().getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private static JsonNode json(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        if (text.isBlank()) {
            return MissingNode.getInstance();
        }
        try {
            return Json.MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            return TextNode.valueOf(text);
        }
    }
}
