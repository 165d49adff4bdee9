package dev.amorelay.amocrm.tokens;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.amocrm.Account;
import dev.amorelay.amocrm.Accounts;
import dev.amorelay.amocrm.CrmUnavailable;
import dev.amorelay.doors.AdminAnswer;
import dev.amorelay.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.springframework.stereotype.Component;

/** What the admin does for a consent: takes the link, or pastes a code that amoCRM showed. */
@Component("adminConsent")
public class AdminConsent {

    private final Accounts accounts;
    private final ConsentState states;
    private final CodeExchange exchange;

    AdminConsent(Accounts accounts, ConsentState states, CodeExchange exchange) {
        this.accounts = accounts;
        this.states = states;
        this.exchange = exchange;
    }

    /**
     * The consent link of an account; it works for half an hour.
     *
     * @param query of the request: {@code account=name}, or nothing for the default one
     * @return {@code {"link", "account"}}; 409 where the account does not use OAuth, 404 for an unknown one
     */
    public AdminAnswer link(@Body String query) {
        return answered(QueryParameters.of(query).get("account").orElse(Accounts.DEFAULT), account -> {
            String host = URI.create(account.settings().address()).getHost();
            String platform = host != null && host.endsWith(".kommo.com") ? "www.kommo.com" : "www.amocrm.ru";
            return Json.object().put("account", account.name()).put("link", "https://" + platform + "/oauth?client_id="
                    + URLEncoder.encode(account.settings().clientId(), StandardCharsets.UTF_8)
                    + "&state=" + states.issue(account, Instant.now()) + "&mode=popup");
        });
    }

    /**
     * Exchanges a code that the admin pasted.
     *
     * @param body {@code {"code": "…", "account": "default"}}
     * @param contentType must be JSON: a foreign page cannot make a browser send that
     * @return {@code {"status":"success", "account", "address"}}, or {@code {"status":"error", "cause", "remedy"}} with
     *     400, 404, 409, 415 or 502
     */
    public AdminAnswer code(@Body byte[] body, @Header(Exchange.CONTENT_TYPE) String contentType) {
        if (contentType == null || !contentType.toLowerCase(Locale.ROOT).startsWith("application/json")) {
            return AdminAnswer.error(415, "тело должно быть JSON", "задайте Content-Type: application/json");
        }
        JsonNode told = parsed(body);
        String code = told.path("code").asText("").strip();
        if (code.isEmpty()) {
            return AdminAnswer.error(400, "нет кода", "пришлите {\"code\": \"…\"}: код показывает amoCRM на вкладке «Ключи и доступы» интеграции");
        }
        return answered(told.path("account").asText(Accounts.DEFAULT), account -> Json.object().put("status", "success")
                .put("account", account.name()).put("address", exchange.exchange(account, code)));
    }

    private interface Work {

        JsonNode of(Account account);
    }

    private AdminAnswer answered(String name, Work work) {
        if (!accounts.names().contains(name)) {
            return AdminAnswer.error(404, "нет такого аккаунта", "проверьте имя: " + String.join(", ", accounts.names()));
        }
        Account account = accounts.named(name);
        if (!account.settings().usesOAuth()) {
            return AdminAnswer.error(409, "аккаунт работает не по OAuth", "уберите долгосрочный токен и задайте client id, client secret"
                    + " и адрес перенаправления");
        }
        try {
            return AdminAnswer.ok(work.of(account));
        } catch (ConsentFailed failed) {
            return AdminAnswer.error(400, failed.getMessage(), failed.remedy());
        } catch (CrmUnavailable unavailable) {
            return AdminAnswer.error(502, unavailable.cause(), unavailable.remedy());
        }
    }

    private static JsonNode parsed(byte[] body) {
        try {
            return body == null ? Json.MAPPER.missingNode() : Json.MAPPER.readTree(body);
        } catch (IOException e) {
            return Json.MAPPER.missingNode();
        }
    }
}
