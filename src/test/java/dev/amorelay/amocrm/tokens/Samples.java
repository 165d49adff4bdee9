package dev.amorelay.amocrm.tokens;

import dev.amorelay.amocrm.Accounts;
import dev.amorelay.json.Json;
import dev.amorelay.settings.RelaySettings;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Invented accounts and tokens. */
final class Samples {

    static final String CLIENT = "00000000-0000-4000-8000-0000000000aa";
    static final String SECRET = "an-invented-secret-of-an-integration";
    static final String REDIRECT = "https://relay.example.com/webhook/amocrm";

    private Samples() {
    }

    /** One account with OAuth at an address; further properties of {@code relay.*} override. */
    static Accounts accounts(String address, String... properties) {
        Map<String, String> all = new HashMap<>(Map.of("relay.amocrm.base-url", address, "relay.amocrm.client-id", CLIENT,
                "relay.amocrm.client-secret", SECRET, "relay.amocrm.redirect-uri", REDIRECT,
                "relay.amocrm.rate-limits", "1000/1s"));
        for (int i = 0; i < properties.length; i += 2) {
            all.put(properties[i], properties[i + 1]);
        }
        return new Accounts(new Binder(new MapConfigurationPropertySource(all)).bind("relay", RelaySettings.class).get());
    }

    /** A JWT with these claims and a signature that is none. */
    static String jwt(String claims) {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        return base64.encodeToString("{\"typ\":\"JWT\",\"alg\":\"RS256\"}".getBytes(StandardCharsets.UTF_8)) + "."
                + base64.encodeToString(claims.getBytes(StandardCharsets.UTF_8)) + ".c2lnbmF0dXJl";
    }

    /** What the token call answers. */
    static String pairBody(String access, String refresh) {
        return Json.write(Json.object().put("token_type", "Bearer").put("expires_in", 86_400)
                .put("access_token", access).put("refresh_token", refresh));
    }
}
