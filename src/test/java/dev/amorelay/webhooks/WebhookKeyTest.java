package dev.amorelay.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amorelay.settings.AccountSettings;
import dev.amorelay.settings.RelaySettings;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookKeyTest {

    private static WebhookKey key(String key) {
        return new WebhookKey(new RelaySettings(null, null, key, null, null, null, null, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/webhook/amocrm/s3cret", "/api/amocrm/webhook/s3cret", "/amocrm/s3cret"})
    void opensTheKeyedAddress(String path) {
        assertThat(key("s3cret").opens(path)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/webhook/amocrm", "/webhook/amocrm/", "/webhook/amocrm/s3cre", "/webhook/amocrm/s3cret2",
        "/webhook/amocrm/S3CRET", "/webhook/amocrm/s3cret/", "/webhook/amocrms3cret", "/webhook/amocrm/x/s3cret",
        "/webhook/s3cret", "/amocrm", "/amocrm/process-webhook", "/api/amocrm/webhook", "/elsewhere/s3cret", ""})
    void nothingElseOpens(String path) {
        assertThat(key("s3cret").opens(path)).isFalse();
    }

    @ParameterizedTest
    @NullAndEmptySource
    void withoutAKeyThePlainAddressOpens(String none) {
        assertThat(key(none).opens("/webhook/amocrm")).isTrue();
        assertThat(key(none).opens("/webhook/amocrm/left-over")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"ключ,/webhook/amocrm/ключ,true", "ключ,/webhook/amocrm/клюш,false"})
    void keysInAnyAlphabet(String key, String path, boolean opens) {
        assertThat(key(key).opens(path)).isEqualTo(opens);
    }

    @Test
    void aKeyOfAFurtherAccountDoesNotCloseThePlainAddress() {
        AccountSettings further = new AccountSettings("b", null, "t", null, null, null, null, null, null, null, null, null, null, null,
                "key-of-b", null);
        WebhookKey key = new WebhookKey(new RelaySettings(null, Map.of("b", further), "", null, null, null, null, null));
        assertThat(key.opens("/webhook/amocrm")).isTrue();
        assertThat(key.opens("/webhook/amocrm/key-of-b")).isTrue();
        WebhookKey both = new WebhookKey(new RelaySettings(null, Map.of("b", further), "s3cret", null, null, null, null, null));
        assertThat(both.opens("/webhook/amocrm")).isFalse();
        assertThat(both.opens("/webhook/amocrm/key-of-b")).isTrue();
    }
}
