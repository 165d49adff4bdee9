package dev.amorelay.leads;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.delivery.Effect;
import dev.amorelay.delivery.Outbox;
import dev.amorelay.json.Json;
import dev.amorelay.settings.CaptchaSettings;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import org.apache.camel.Body;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Asks the captcha's service about a lead that is stored already; what the lead owes is owed once it has passed. A lead is money: where
 * the service fails, is set up wrongly, or cannot tell any more, the lead passes with a remark. Only what it certainly refuses is set aside.
 */
@Component
public class CaptchaCheck {

    private static final Logger LOG = LoggerFactory.getLogger(CaptchaCheck.class);
    /** A token lives five minutes at both services. */
    private static final Duration TOKEN_LIFE = Duration.ofMinutes(4);
    private static final int MOST_ATTEMPTS = 3;

    private final CaptchaSettings settings;
    private final Outbox outbox;
    private final JdbcTemplate jdbc;
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(3)).build();

    CaptchaCheck(CaptchaSettings settings, Outbox outbox, JdbcTemplate jdbc) {
        this.settings = settings;
        this.outbox = outbox;
        this.jdbc = jdbc;
    }

    /**
     * What is known of a lead.
     *
     * @param effect the question
     * @param passes whether it goes on its way
     * @param remark what a manager should know; null for nothing
     */
    public record Verdict(Effect effect, boolean passes, @Nullable String remark) {
    }

    /**
     * Asks the service.
     *
     * @param effect {@code lead.captcha} with {@code {token, owes}}, its subject the lead
     * @return what is known
     * @throws CaptchaUnavailable where it did not answer and shall be asked again
     */
    public Verdict ask(@Body Effect effect) {
        Boolean late = jdbc.queryForObject("SELECT NOT EXISTS (SELECT FROM leads WHERE id = ?::uuid AND created_at > now() - ? * interval '1 s')",
                Boolean.class, effect.subject(), TOKEN_LIFE.toSeconds());
        if (effect.inDoubt() || Boolean.TRUE.equals(late)) {
            // a token counts once and not for long: its refusal would say nothing about the person
            return new Verdict(effect, true, "Капча не проверена: ответ на неё уже не узнать");
        }
        try {
            return told(effect, answer(String.valueOf(effect.payload().get("token"))));
        } catch (CaptchaUnavailable unavailable) {
            if (effect.attempts() < MOST_ATTEMPTS) {
                throw unavailable;
            }
            LOG.warn("{}: the captcha's service does not answer, the lead passes", effect.label());
            return new Verdict(effect, true, "Капча не проверена: её служба не отвечает");
        }
    }

    private static Verdict told(Effect effect, JsonNode answer) {
        if (answer.path("status").asText().equals("ok") || answer.path("success").asBoolean()) {
            return new Verdict(effect, true, null);
        }
        if ((answer.path("message").asText() + answer.path("error-codes")).toLowerCase(Locale.ROOT).contains("secret")) {
            LOG.error("The captcha's service refuses RELAY_CAPTCHA_SECRET: no lead is checked");
            return new Verdict(effect, true, "Капча не проверена: её служба не принимает RELAY_CAPTCHA_SECRET");
        }
        return new Verdict(effect, false, "Капча не пройдена: похоже на робота, в CRM не передано");
    }

    /** Each of the two takes the token under its own name, and passes over the other's. */
    private JsonNode answer(String token) {
        String form = "secret=" + encoded(settings.secret()) + "&token=" + encoded(token) + "&response=" + encoded(token);
        HttpRequest request = HttpRequest.newBuilder(URI.create(settings.url())).timeout(Duration.ofSeconds(5))
                .header("Content-Type", "application/x-www-form-urlencoded").POST(HttpRequest.BodyPublishers.ofString(form)).build();
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new CaptchaUnavailable("HTTP " + answer.statusCode());
            }
            return Json.MAPPER.readTree(answer.body());
        } catch (IOException e) {
            throw new CaptchaUnavailable(e.getClass().getSimpleName());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CaptchaUnavailable("stopped");
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Owes what the lead owes, or sets it aside, and forgets the token; in one commit. */
    @Transactional
    public void settle(@Body Verdict verdict) {
        Effect effect = verdict.effect();
        if (verdict.remark() != null) {
            jdbc.update("UPDATE leads SET remarks = remarks || to_jsonb(?::text) WHERE id = ?::uuid", verdict.remark(), effect.subject());
        }
        if (verdict.passes()) {
            String account = jdbc.queryForList("SELECT account FROM leads WHERE id = ?::uuid", String.class, effect.subject()).stream().findFirst().orElse("");
            for (JsonNode debt : Json.MAPPER.valueToTree(effect.payload()).path("owes")) {
                String kind = debt.path("kind").asText();
                JsonNode payload = debt.hasNonNull("payload") ? debt.get("payload") : Json.object();
                outbox.owe(kind, kind.startsWith("crm.") ? account : "", kind + ":" + effect.subject(), effect.subject(), payload);
            }
            jdbc.update("UPDATE outbox SET payload = payload - 'token' WHERE id = ? AND lease = ?", effect.id(), effect.lease());
            outbox.done(effect);
        } else {
            outbox.skip(effect, verdict.remark());
        }
    }
}
