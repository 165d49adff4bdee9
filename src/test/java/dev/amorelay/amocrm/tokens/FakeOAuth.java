package dev.amorelay.amocrm.tokens;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** A wire with a script at its end: hosts of amoCRM that no test may reach. */
final class FakeOAuth implements OAuthHttp {

    final List<String> asked = new ArrayList<>();
    private final BiFunction<String, String, Answer> script;

    /** The script gets an address and the token or code that came to it. */
    FakeOAuth(BiFunction<String, String, Answer> script) {
        this.script = script;
    }

    @Override
    public Answer post(URI to, JsonNode body) {
        return answer(to, body.path("refresh_token").asText(body.path("code").asText()));
    }

    @Override
    public Answer subdomain(URI from, String refreshToken) {
        return answer(from, refreshToken);
    }

    private Answer answer(URI address, String token) {
        asked.add(address + " " + token);
        return script.apply(address.toString(), token);
    }
}
