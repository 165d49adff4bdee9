package dev.amorelay.sandbox.crm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.amorelay.json.Json;
import dev.amorelay.sandbox.faults.Fault;
import dev.amorelay.sandbox.faults.FaultList;
import dev.amorelay.sandbox.faults.LostConnection;
import dev.amorelay.sandbox.limits.TooManyForm;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.springframework.web.util.ContentCachingResponseWrapper;

/** Lets one call go wrong in the way that a fault says. */
final class FaultyCall {

    private static final int FRONT_END_BYTES = 8192;
    private static final int FEW_IDS = 100;
    private static final Duration LONG = Duration.ofSeconds(30);

    private final FaultList<CrmFault> faults;

    FaultyCall(FaultList<CrmFault> faults) {
        this.faults = faults;
    }

    /** The work of a call: what happens without any fault. */
    @FunctionalInterface
    interface Work {
        void run(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException;
    }

    /** @return whether this request is one that the fault is about at all */
    static boolean concerns(Fault<CrmFault> fault, HttpServletRequest request) {
        return switch (fault.kind()) {
            case FILTERS_IGNORED -> Query.of(request).has("filter[id]");
            case URI_TOO_LONG -> request.getQueryString() != null
                    && request.getQueryString().length() > fault.number("bytes", FRONT_END_BYTES);
            case TOO_HEAVY -> Query.of(request).texts("filter[id]").size() > fault.number("ids", FEW_IDS);
            default -> true;
        };
    }

    /** Does the call with its fault. */
    void run(Fault<CrmFault> fault, HttpServletRequest request, HttpServletResponse response, TooManyForm form, Work work)
            throws IOException, ServletException {
        switch (fault.kind()) {
            case ERROR500 -> PlainAnswer.problem(response, CrmProblem.broken());
            case ERROR500_AFTER -> {
                unheard(request, response, work);
                PlainAnswer.problem(response, CrmProblem.broken());
            }
            case ERROR504_AFTER -> {
                unheard(request, response, work);
                PlainAnswer.page(response, 504, "Gateway Time-out");
            }
            case DROP_BEFORE -> LostConnection.of(request);
            case DROP_AFTER -> {
                unheard(request, response, work);
                LostConnection.of(request);
            }
            case HTML403 -> PlainAnswer.page(response, 403, "Forbidden");
            case ERROR429 -> PlainAnswer.tooMany(response, form, fault.number("retry_after", 1));
            case SLOW -> slow(fault, request, response, work);
            case NONSENSE -> PlainAnswer.nonsense(response);
            case UNAUTHORIZED -> PlainAnswer.problem(response, CrmProblem.unauthorized());
            case PAYMENT -> PlainAnswer.problem(response, CrmProblem.unpaid());
            case REFUSED -> PlainAnswer.problem(response, refusal(fault, request));
            case REDIRECT -> PlainAnswer.elsewhere(response, fault.text("to", "https://elsewhere.example.com")
                    + request.getRequestURI());
            case FILTERS_IGNORED -> work.run(new UnfilteredRequest(request), response);
            case URI_TOO_LONG -> PlainAnswer.page(response, 414, "Request-URI Too Large");
            case TOO_HEAVY -> PlainAnswer.page(response, 504, "Gateway Time-out");
        }
    }

    private static CrmProblem refusal(Fault<CrmFault> fault, HttpServletRequest request) throws IOException {
        String path = fault.text("path", "");
        if (path.isEmpty()) {
            return CrmProblem.badRequest(fault.text("detail", "Код ошибки 244"));
        }
        ArrayNode blamed = Json.array();
        JsonNode items = Json.MAPPER.readTree(request.getInputStream());
        for (int i = 0; i < items.size(); i++) {
            blamed.addObject().put("request_id", items.get(i).path("request_id").asText(String.valueOf(i))).putArray("errors").addObject()
                    .put("code", fault.text("code", "NotSupportedChoice")).put("path", path)
                    .put("detail", "The value you selected is not a valid choice.");
        }
        return CrmProblem.invalid(blamed);
    }

    private void slow(Fault<CrmFault> fault, HttpServletRequest request, HttpServletResponse response, Work work)
            throws IOException, ServletException {
        ContentCachingResponseWrapper kept = new ContentCachingResponseWrapper(response);
        work.run(request, kept);
        faults.hold(fault.length(LONG));
        kept.copyBodyToResponse();
    }

    /** Does the work and forgets its answer. */
    private static void unheard(HttpServletRequest request, HttpServletResponse response, Work work)
            throws IOException, ServletException {
        work.run(request, new ContentCachingResponseWrapper(response));
        response.reset();
    }
}
