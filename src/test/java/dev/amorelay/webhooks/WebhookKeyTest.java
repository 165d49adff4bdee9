package dev.amorelay.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amorelay.settings.AccountSettings;
import dev.amorelay.settings.RelaySettings;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookKeyTest {

    private static WebhookKey key(String key) {
        return new WebhookKey(new RelaySettings(null, null, key, null, null, null, null, null));
    }

    private static boolean opens(WebhookKey key, String path) {
        return key.opens(path);
    }

    @Test
    void theKeyIsNotedForTheFlow() {
        Exchange request = new DefaultExchange(new DefaultCamelContext());
        request.getMessage().setHeader(Exchange.HTTP_PATH, "/api/amocrm/webhook/s3cret");

        key("s3cret").read(request);

        assertThat(request.getVariable("key")).isEqualTo("s3cret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/webhook/amocrm/s3cret", "/api/amocrm/webhook/s3cret", "/amocrm/s3cret", "/amocrm/process-webhook/s3cret"})
    void opensTheKeyedAddress(String path) {
        assertThat(opens(key("s3cret"), path)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/webhook/amocrm", "/webhook/amocrm/", "/webhook/amocrm/s3cre", "/webhook/amocrm/s3cret2",
        "/webhook/amocrm/S3CRET", "/webhook/amocrm/s3cret/", "/webhook/amocrms3cret", "/webhook/amocrm/x/s3cret",
        "/webhook/s3cret", "/amocrm", "/amocrm/process-webhook", "/amocrm/process-webhook/", "/amocrm/process-webhook/s3cre",
        "/amocrm/process-webhook/s3cret/x", "/amocrm/process-webhooks3cret", "/amocrm/process-webhook/process-webhook/s3cret", "/api/amocrm/webhook", "/elsewhere/s3cret", ""})
    void nothingElseOpens(String path) {
        assertThat(opens(key("s3cret"), path)).isFalse();
    }

    @ParameterizedTest
    @NullAndEmptySource
    void withoutAKeyThePlainAddressOpens(String none) {
        assertThat(opens(key(none), "/webhook/amocrm")).isTrue();
        assertThat(opens(key(none), "/webhook/amocrm/left-over")).isTrue();
        assertThat(opens(key(none), "/amocrm/process-webhook")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"ключ,/webhook/amocrm/ключ,true", "ключ,/webhook/amocrm/клюш,false"})
    void keysInAnyAlphabet(String key, String path, boolean opens) {
        assertThat(opens(key(key), path)).isEqualTo(opens);
    }

    @Test
    void aKeyOfAFurtherAccountDoesNotCloseThePlainAddress() {
        AccountSettings further = new AccountSettings("b", null, "t", null, null, null, null, null, null, null, null, null, null, null,
                "key-of-b", null, null);
        WebhookKey key = new WebhookKey(new RelaySettings(null, Map.of("b", further), "", null, null, null, null, null));
        assertThat(opens(key, "/webhook/amocrm")).isTrue();
        assertThat(opens(key, "/webhook/amocrm/key-of-b")).isTrue();
        WebhookKey both = new WebhookKey(new RelaySettings(null, Map.of("b", further), "s3cret", null, null, null, null, null));
        assertThat(opens(both, "/webhook/amocrm")).isFalse();
        assertThat(opens(both, "/webhook/amocrm/key-of-b")).isTrue();
    }
}
