package dev.amorelay.amocrm;

import static org.apache.camel.util.ObjectHelper.getException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.amocrm.CrmUnavailable.Trouble;
import dev.amorelay.amocrm.CrmRejected.Violation;
import dev.amorelay.json.Json;
import dev.amorelay.logging.Masking;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tells what an answer of amoCRM, or the lack of one, means for the caller. */
@Component("crmVerdict")
class Verdict {

    private static final Duration AUTH_PROBE = Duration.ofMinutes(1);
    private static final Duration BLOCK_PROBE = Duration.ofMinutes(10);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
    private static final int LONGEST_REASON = 200;

    /**
     * Judges an answer.
     *
     * @param call what was asked
     * @param status HTTP status
     * @param text the body as it came, or null
     * @return the answer, when the call did what was asked or found nothing
     */
    CrmAnswer of(CrmCall call, int status, @Nullable String text) {
        String detail = call.label() + " → " + status;
        JsonNode body = parsed(text);
        // a page of a proxy, or of another server at this address: it says nothing about our data or an entity
        boolean strange = body.isMissingNode() && text != null && !text.isBlank();
        if (status >= 200 && status < 300) {
            if (strange) {
                throw nonsense(call, detail + ", no JSON");
            }
            // nothing found is told by 204; taken for that, an answer cut short would mark every deal of a read deleted
            if (status != 204 && body.isMissingNode() && ("GET".equals(call.method()) || call.creates())) {
                throw nonsense(call, detail + ", empty");
            }
            return new CrmAnswer(status, body);
        }
        if ((status == 402 || status == 403) && call.needsAdmin() && body.isObject()) {
            throw new CrmRejected(detail + ", the token's user or the account's plan does not allow it", Map.of());
        }
        switch (status) {
            case 414:
                throw call.namesMany() ? new CrmTooMuch(detail) : new CrmUnavailable(call.account(), Trouble.UNEXPECTED, detail, AUTH_PROBE);
            case 400, 422:
                throw strange && call.namesMany() ? new CrmTooMuch(detail)
                        : strange ? new CrmUnavailable(call.account(), Trouble.UNEXPECTED, detail, AUTH_PROBE) : rejected(call, detail, body);
            case 401:
                throw new CrmUnavailable(call.account(), Trouble.AUTH_REQUIRED, detail, AUTH_PROBE);
            case 402:
                throw new CrmUnavailable(call.account(), Trouble.UNPAID, detail, BLOCK_PROBE);
            case 403:
                throw new CrmUnavailable(call.account(), Trouble.BLOCKED, detail, BLOCK_PROBE);
            case 404:
                // an empty list is answered 204: only of one entity does 404 say that it is gone
                if (strange || !call.namesEntity()) {
                    throw new CrmUnavailable(call.account(), Trouble.UNEXPECTED, detail, AUTH_PROBE);
                }
                return new CrmAnswer(404, body);
            case 429:
                throw new CrmUnavailable(call.account(), Trouble.TOO_FAST, detail, pause(body));
            default:
                throw status >= 500 ? down(call, status)
                        : new CrmUnavailable(call.account(), Trouble.UNEXPECTED, detail, AUTH_PROBE);
        }
    }

    /**
     * Judges a call that brought no answer.
     *
     * @param call what was asked
     * @param failure what happened on the way
     * @return what to throw
     */
    CrmUnavailable of(CrmCall call, Throwable failure) {
        boolean neverSent = getException(ConnectException.class, failure) != null
                || getException(ConnectTimeoutException.class, failure) != null
                || getException(UnknownHostException.class, failure) != null
                || getException(NoRouteToHostException.class, failure) != null;
        String detail = call.label() + " → " + rootOf(failure).getClass().getSimpleName();
        return call.creates() && !neverSent ? new CrmOutcomeUnknown(detail)
                : new CrmUnavailable(call.account(), Trouble.DOWN, detail, null);
    }

    /**
     * amoCRM is down.
     *
     * @param call what was asked
     * @param status 5xx
     * @return what to throw
     */
    CrmUnavailable down(CrmCall call, int status) {
        String detail = call.label() + " → " + status;
        if (status == 504 && call.namesMany()) {
            return new CrmTooMuch(detail);
        }
        // 503 is told before work begins; after 500, 502 and 504 a create may have been done
        return call.creates() && status != 503 ? new CrmOutcomeUnknown(detail)
                : new CrmUnavailable(call.account(), Trouble.DOWN, detail, null);
    }

    private static CrmUnavailable nonsense(CrmCall call, String detail) {
        return call.creates() ? new CrmOutcomeUnknown(detail) : new CrmUnavailable(call.account(), Trouble.UNEXPECTED, detail, null);
    }

    private static Duration pause(JsonNode body) {
        long seconds = body.path("retry_after").asLong(0);
        return seconds <= 0 ? null : Duration.ofSeconds(Math.min(seconds, LONGEST_PAUSE.toSeconds()));
    }

    /** What blames nothing that a write sent is the account's trouble; a read or a hook that is refused is its caller's. */
    private static RuntimeException rejected(CrmCall call, String detail, JsonNode body) {
        Map<String, String> reasons = new LinkedHashMap<>();
        Map<String, List<Violation>> violations = new LinkedHashMap<>();
        for (JsonNode item : body.path("validation-errors")) {
            List<Violation> errors = new ArrayList<>();
            item.path("errors").forEach(error -> errors.add(new Violation(error.path("code").asText("?"), error.path("path").asText("?"))));
            String id = item.path("request_id").asText();
            violations.put(id, errors);
            reasons.put(id, errors.stream().map(error -> error.path() + ": " + error.code()).collect(Collectors.joining("; ")));
        }
        if (reasons.isEmpty() && call.writes()) {
            return new CrmRefusing(call.account(), call.label(), status(detail) + said(body));
        }
        String why = reasons.isEmpty() ? said(body) : " " + String.join(" | ", reasons.values());
        return new CrmRejected(detail + why, reasons, violations);
    }

    private static String status(String detail) {
        return detail.substring(detail.lastIndexOf(' ') + 1);
    }

    /** What amoCRM says of the call as a whole; what it quotes may be a person's name. */
    private static String said(JsonNode body) {
        String said = Masking.mask(body.path("detail").asText("").replaceAll("«[^»]*»|\"[^\"]*\"|'[^']*'", "…").strip());
        return said.isEmpty() ? "" : " " + said.substring(0, Math.min(said.length(), LONGEST_REASON));
    }

    private static JsonNode parsed(String text) {
        if (text == null || text.isBlank()) {
            return Json.MAPPER.missingNode();
        }
        try {
            return Json.MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            return Json.MAPPER.missingNode();
        }
    }

    private static Throwable rootOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root;
    }
}
