package dev.amorelay.sandbox.crm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.json.Json;
import dev.amorelay.sandbox.SandboxSettings;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;

/** {@code POST /oauth2/access_token}: a code or a refresh token becomes a new pair, each works once (facts §1.1, §1.5). */
public class OAuthApi {

    private static final String BAD_REQUEST = "Некорректный запрос";
    private static final String BAD_PARAMETERS = "В запросе отсутствует ряд параметров или параметры невалидны";

    private final Tokens tokens;
    private final SandboxSettings settings;
    private final Catalogue catalogue;

    /** Knows one integration, that of {@code settings}. */
    public OAuthApi(Tokens tokens, SandboxSettings settings, Catalogue catalogue) {
        this.tokens = tokens;
        this.settings = settings;
        this.catalogue = catalogue;
    }

    /** @return {@code {token_type, expires_in, server_time, access_token, refresh_token}} */
    @PostMapping("/oauth2/access_token")
    public ResponseEntity<JsonNode> token(@RequestBody(required = false) byte[] body, HttpServletRequest request) {
        JsonNode wish = Items.one(body);
        if (!settings.clientId().equals(wish.path("client_id").asText())
                || !settings.clientSecret().equals(wish.path("client_secret").asText())) {
            throw CrmProblem.oauth(401, "Некорректный клиент", "Авторизация клиента не прошла", null);
        }
        String parent = null;
        switch (wish.path("grant_type").asText()) {
            case "authorization_code" -> code(wish);
            case "refresh_token" -> parent = refresh(wish);
            default -> throw CrmProblem.oauth(400, BAD_REQUEST, BAD_PARAMETERS, null);
        }
        String access = TokenText.access(settings.clientId(), catalogue.accountId(), catalogue.tokenUser(),
                request.getHeader("Host") + "/sandbox/api-domain", tokens.accessLife());
        Tokens.Pair pair = tokens.newPair(access, wish.path("redirect_uri").asText(), parent);
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(Json.object().put("token_type", "Bearer")
                .put("expires_in", tokens.accessLife().toSeconds()).put("server_time", Entities.now())
                .put("access_token", pair.access()).put("refresh_token", pair.refresh()));
    }

    private void code(JsonNode wish) {
        String code = wish.path("code").asText();
        sameRedirect(wish, Tokens.Kind.CODE, code);
        switch (tokens.takeCode(code)) {
            case SPENT -> throw CrmProblem.oauth(400, BAD_REQUEST, BAD_PARAMETERS, "Authorization code has been revoked");
            case EXPIRED -> throw CrmProblem.oauth(400, BAD_REQUEST, BAD_PARAMETERS, "Authorization code has expired");
            case UNKNOWN -> throw CrmProblem.oauth(400, BAD_REQUEST, BAD_PARAMETERS, "Cannot decrypt the authorization code");
            case TAKEN -> { }
        }
    }

    private String refresh(JsonNode wish) {
        String token = wish.path("refresh_token").asText();
        sameRedirect(wish, Tokens.Kind.REFRESH, token);
        switch (tokens.takeRefresh(token)) {
            case SPENT, EXPIRED -> throw CrmProblem.oauth(401, BAD_REQUEST, BAD_PARAMETERS, "Token has been revoked");
            case UNKNOWN -> throw CrmProblem.oauth(401, BAD_REQUEST, BAD_PARAMETERS, "Cannot decrypt the refresh token");
            case TAKEN -> { }
        }
        return token;
    }

    /** The redirect address goes with both grants and must be the same byte for byte (facts §1.1). */
    private void sameRedirect(JsonNode wish, Tokens.Kind kind, String token) {
        String redirect = wish.path("redirect_uri").asText();
        boolean same = tokens.redirectUri(kind, token).map(redirect::equals).orElse(true);
        if (redirect.isEmpty() || !same) {
            throw CrmProblem.oauth(400, BAD_REQUEST, BAD_PARAMETERS, null);
        }
    }
}
