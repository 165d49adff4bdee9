package dev.amorelay.amocrm.tokens;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.json.Json;
import java.io.IOException;
import java.util.Base64;
import java.util.Optional;

/**
 * What an access token tells of itself. The signature is not checked: amoCRM publishes no key, and the token came
 * from it by TLS; so a claim decides nothing that {@link CrmHosts} has not decided as well.
 */
final class TokenClaims {

    private final JsonNode claims;

    private TokenClaims(JsonNode claims) {
        this.claims = claims;
    }

    /**
     * Reads a token.
     *
     * @param accessToken a JWT, or anything else, which claims nothing
     * @return its claims
     */
    static TokenClaims of(String accessToken) {
        String[] parts = accessToken.split("\\.");
        if (parts.length == 3) {
            try {
                return new TokenClaims(Json.MAPPER.readTree(Base64.getUrlDecoder().decode(parts[1])));
            } catch (IOException | IllegalArgumentException e) {
                return new TokenClaims(Json.MAPPER.missingNode());
            }
        }
        return new TokenClaims(Json.MAPPER.missingNode());
    }

    /** @return a host that knows the account's address after a renaming, for example {@code api-a.amocrm.ru}; not checked yet */
    Optional<String> apiDomain() {
        return Optional.ofNullable(claims.path("api_domain").textValue());
    }

    /** @return amoCRM's number of the account */
    Optional<Long> accountId() {
        long number = claims.path("account_id").asLong(0);
        return number > 0 ? Optional.of(number) : Optional.empty();
    }
}
