package dev.amorelay.amocrm.tokens;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.amocrm.Account;
import dev.amorelay.json.Json;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** {@code POST /oauth2/access_token} and what belongs to it (facts §1.1, §1.5, §1.6): one call, no retries. */
@Component
class TokenCall {

    private static final long USUAL_LIFE = Duration.ofHours(24).toSeconds();
    private static final long SHORTEST_LIFE = 60;
    private static final int SHOWN_HINT = 80;

    private final OAuthHttp http;

    TokenCall(OAuthHttp http) {
        this.http = http;
    }

    /**
     * A code becomes the first pair.
     *
     * @param account whose integration it is
     * @param address where the account answers
     * @param code lives 20 minutes, works once
     * @return the pair
     * @throws OAuthRefusal when amoCRM says no
     * @throws AnswerLost when it may have worked
     */
    TokenPair exchange(Account account, String address, String code) {
        return ask(address, wish(account, "authorization_code").put("code", code));
    }

    /**
     * A refresh token becomes the next pair.
     *
     * @param account whose integration it is
     * @param address where the account answers
     * @param refreshToken works once
     * @return the pair
     * @throws OAuthRefusal when amoCRM says no
     * @throws AnswerLost when it may have worked
     */
    TokenPair refresh(Account account, String address, String refreshToken) {
        return ask(address, wish(account, "refresh_token").put("refresh_token", refreshToken));
    }

    /**
     * Where a renamed account lives now.
     *
     * @param knowing address of the host that knows, as the access token claims it
     * @param refreshToken of the account
     * @return its host, not checked yet; empty when amoCRM does not tell
     */
    Optional<String> domainNow(String knowing, String refreshToken) {
        try {
            OAuthHttp.Answer answer = http.subdomain(URI.create(knowing + "/oauth2/account/current/subdomain"), refreshToken);
            String domain = answer.status() == 200 ? parsed(answer.body()).path("domain").asText("") : "";
            return domain.isEmpty() ? Optional.empty() : Optional.of(domain.toLowerCase(Locale.ROOT));
        } catch (OAuthHttp.NotSent | AnswerLost e) {
            return Optional.empty();
        }
    }

    /** The redirect address goes with both grants, byte for byte. */
    private static ObjectNode wish(Account account, String grant) {
        return Json.object().put("client_id", account.settings().clientId()).put("client_secret", account.settings().clientSecret())
                .put("grant_type", grant).put("redirect_uri", account.settings().redirectUri());
    }

    private TokenPair ask(String address, ObjectNode wish) {
        OAuthHttp.Answer answer = http.post(URI.create(address + "/oauth2/access_token"), wish);
        JsonNode body = parsed(answer.body());
        if (answer.status() >= 500) {
            throw new AnswerLost(String.valueOf(answer.status()));
        }
        if (answer.status() != 200) {
            throw new OAuthRefusal(answer.status(), hint(body), wait(body));
        }
        String access = body.path("access_token").asText("");
        String refresh = body.path("refresh_token").asText("");
        if (access.isEmpty() || refresh.isEmpty()) {
            throw new AnswerLost("200 without tokens");
        }
        long life = body.path("expires_in").asLong(USUAL_LIFE);
        return new TokenPair(access, refresh, Duration.ofSeconds(Math.max(life, SHORTEST_LIFE)));
    }

    /** Only in plain words: it is shown and logged. */
    private static String hint(JsonNode body) {
        String hint = body.path("hint").asText("").replaceAll("[^\\p{L} ,.'_-]", "");
        return hint.length() > SHOWN_HINT ? hint.substring(0, SHOWN_HINT) : hint;
    }

    private static Duration wait(JsonNode body) {
        long seconds = body.path("retry_after").asLong(0);
        return seconds > 0 ? Duration.ofSeconds(Math.min(seconds, Duration.ofHours(1).toSeconds())) : null;
    }

    private static JsonNode parsed(String body) {
        try {
            return Json.MAPPER.readTree(body);
        } catch (JsonProcessingException e) {
            return Json.MAPPER.missingNode();
        }
    }
}
