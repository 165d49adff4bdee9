package dev.amorelay.leads;

import dev.amorelay.amocrm.Accounts;
import dev.amorelay.doors.Problem;
import dev.amorelay.doors.RawFormFilter;
import dev.amorelay.json.Json;
import dev.amorelay.settings.CaptchaSettings;
import dev.amorelay.settings.IngestLimits;
import dev.amorelay.workshop.Gives;
import io.micrometer.core.instrument.Metrics;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Turns a post into the lead that the ingest flow stores, and a refusal into an answer that a form can show. */
@Component
public class LeadDoor {

    private static final Logger LOG = LoggerFactory.getLogger(LeadDoor.class);
    private static final List<String> TOKENS = List.of("smart-token", "cf-turnstile-response", "captcha_token");
    private static final int LONGEST_TOKEN = 4096;
    private static final String TRAPPED = "Заполнено поле, которого человек не видит: похоже на робота, в CRM не передано";
    private static final String TESTED = "{\"status\":\"ok\"}";

    private final LeadReader reader;
    private final LeadKey keys;
    private final Accounts accounts;
    private final LeadLimits limits;
    private final List<String> honeypot;
    private final CaptchaSettings captcha;

    /**
     * @param reader reads bodies
     * @param keys recognises repeated posts
     * @param accounts tells which account takes a lead
     * @param limits how many leads have their effects at once
     * @param settings with the fields that no person fills in
     * @param captcha of which leads a captcha is asked
     */
    public LeadDoor(LeadReader reader, LeadKey keys, Accounts accounts, LeadLimits limits, IngestLimits settings, CaptchaSettings captcha) {
        this.captcha = captcha;
        this.limits = limits;
        this.honeypot = settings.honeypot();
        this.reader = reader;
        this.keys = keys;
        this.accounts = accounts;
    }

    /**
     * Reads a post. A connection test, see {@code lead/names.yaml}, is answered here and ends the exchange: no step of any flow meets a post
     * without a lead.
     *
     * @param message the post: JSON, HTML form or multipart
     * @param type its content type
     * @param idempotencyKey the caller's own key, or null
     * @param request for the parts of a form, the query of the address and the client's address
     * @return a {@link LeadPost}: the lead, whose it is, and what makes a repeat of it the same; of a connection test, and of a lead too many,
     *     the text of its answer
     * @throws LeadRejected when there is no lead in it
     */
    @Gives(LeadPost.class)
    public Object read(Message message, @Header(Exchange.CONTENT_TYPE) String type,
                       @Header("Idempotency-Key") @Nullable String idempotencyKey,
                       @Header(Exchange.HTTP_SERVLET_REQUEST) HttpServletRequest request)
            throws IOException, ServletException {
        byte[] bytes = RawFormFilter.isInParts(type) ? null : message.getBody(byte[].class);
        LeadBody body = LeadBody.of(bytes == null ? new byte[0] : bytes, type, request);
        PostedForm post = body.post();
        Optional<LeadNames.Test> test = reader.test(post);
        if (test.isPresent()) {
            return tested(message, test.get().answer());
        }
        body.add(request.getQueryString());
        boolean isTrapped = trapped(post);
        String token = token(post);
        Lead lead = reader.read(post);
        if (!isTrapped && token == null && captcha.isAskedOf(lead.source())) {
            throw new LeadRejected(List.of(new FieldProblem("captcha", "Подтвердите, что вы не робот, и отправьте форму ещё раз")));
        }
        String key = keys.of(idempotencyKey, body.bytes(), request.getRemoteAddr(), person(lead));
        Optional<LeadHold> hold = limits.count(request.getRemoteAddr(), lead);
        if (hold.isEmpty()) {
            return tooMany(message);
        }
        return new LeadPost(lead, accounts.takingLeadsOf(lead.source()).name(), key, idempotencyKey == null ? "10 minutes" : "30 days", hold.get(),
                captcha.isAskedOf(lead.source()) ? token : null, isTrapped);
    }

    /** Yandex SmartCaptcha and Cloudflare Turnstile put it into the form; it says nothing to a manager. */
    private static String token(PostedForm post) {
        String token = null;
        for (String field : TOKENS) {
            String value = NodeText.of(post.request().remove(field));
            token = token == null && value != null && !value.isBlank() && value.length() <= LONGEST_TOKEN ? value : token;
        }
        return token;
    }

    /** A field that no person sees is filled in by a robot: it is told the usual, and what it sent is stored with a remark and owes nothing. */
    private boolean trapped(PostedForm post) {
        boolean filled = false;
        for (String field : honeypot) {
            String value = NodeText.of(post.request().remove(field));
            filled |= value != null && !value.isBlank();
        }
        if (filled) {
            Metrics.counter("relay.leads.trapped").increment();
            post.remarks().add(TRAPPED);
        }
        return filled;
    }

    private static String tooMany(Message message) {
        Metrics.counter("relay.refused.requests", "door", "leads").increment();
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, 429);
        message.setHeader("Retry-After", "60");
        message.setHeader(Exchange.CONTENT_TYPE, "application/problem+json");
        message.getExchange().setRouteStop(true);
        return Json.write(Problem.of(429, "Сейчас приходит слишком много заявок. Отправьте её ещё раз через минуту или позвоните."));
    }

    private static String tested(Message message, String wanted) {
        LOG.info("a site builder tested a leads' door: answered, nothing stored");
        String answer = wanted == null ? TESTED : wanted;
        message.removeHeaders("*");
        message.setHeader(Exchange.CONTENT_TYPE, answer.startsWith("{") ? "application/json" : "text/plain; charset=utf-8");
        message.getExchange().setRouteStop(true);
        return answer;
    }

    private static String person(Lead lead) {
        return lead.phoneE164() + " " + lead.email() + " " + lead.telegramId();
    }
}
