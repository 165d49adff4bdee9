package dev.amorelay.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** How an account comes by its tokens. */
class AccountSettingsTest {

    private static final Map<String, String> OAUTH = Map.of("a.subdomain", "example", "a.client-id", "1", "a.client-secret", "s3cret",
            "a.redirect-uri", "https://relay.example.com/webhook/amocrm");

    private static AccountSettings bound(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties)).bind("a", AccountSettings.class).get();
    }

    @Test
    void oauthTakesAllThree() {
        assertThat(bound(OAUTH).usesOAuth()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.client-id", "a.client-secret", "a.redirect-uri"})
    void andNotTwo(String missing) {
        Map<String, String> two = new HashMap<>(OAUTH);
        two.put(missing, "");

        assertThat(bound(two).usesOAuth()).isFalse();
    }

    @Test
    void aLongLivedTokenGoesFirst() {
        Map<String, String> both = new HashMap<>(OAUTH);
        both.put("a.access-token", "long-lived");

        assertThat(bound(both).usesOAuth()).isFalse();
        assertThat(bound(both).toString()).contains("example.amocrm.ru").doesNotContain("long-lived").doesNotContain("s3cret");
    }

    @Test
    void accountsKeepTheOrderInWhichTheyAreWritten() {
        Map<String, String> written = new LinkedHashMap<>();
        List<String> names = List.of("zeta", "alpha", "mu", "b", "kappa", "a1", "tau");
        names.forEach(name -> written.put("relay.accounts." + name + ".subdomain", name));

        RelaySettings settings = new Binder(new MapConfigurationPropertySource(written)).bind("relay", RelaySettings.class).get();

        assertThat(settings.accounts().keySet()).containsExactlyElementsOf(names);
    }
}
