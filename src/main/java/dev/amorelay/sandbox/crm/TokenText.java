package dev.amorelay.sandbox.crm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.UUID;

/** Codes and tokens in amoCRM's own form and length (facts §1.1): an access token is a JWT that names {@code api_domain}. */
final class TokenText {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private TokenText() {
    }

    static String code() {
        return "def50200" + random(300);
    }

    static String refresh() {
        return "def50200" + random(492);
    }

    /**
     * An access token; its signature is noise.
     *
     * @param apiDomain host that tells the account's subdomain of now (facts §1.6)
     */
    static String access(String clientId, long accountId, long userId, String apiDomain, Duration life) {
        long now = Entities.now();
        ObjectNode claims = Json.object().put("aud", clientId).put("jti", UUID.randomUUID().toString()).put("iat", now)
                .put("nbf", now).put("exp", now + life.toSeconds()).put("sub", Long.toString(userId)).put("grant_type", "")
                .put("account_id", accountId).put("base_domain", "amocrm.ru").put("version", 2);
        claims.putArray("scopes").add("push_notifications").add("files").add("crm").add("files_delete").add("notifications");
        claims.put("hash_uuid", UUID.randomUUID().toString()).put("api_domain", apiDomain);
        byte[] signature = new byte[256];
        RANDOM.nextBytes(signature);
        return encoded(Json.object().put("typ", "JWT").put("alg", "RS256")) + "." + encoded(claims) + "."
                + BASE64.encodeToString(signature);
    }

    private static String encoded(ObjectNode part) {
        return BASE64.encodeToString(Json.write(part).getBytes(StandardCharsets.UTF_8));
    }

    private static String random(int bytes) {
        byte[] noise = new byte[bytes];
        RANDOM.nextBytes(noise);
        return HexFormat.of().formatHex(noise);
    }
}
