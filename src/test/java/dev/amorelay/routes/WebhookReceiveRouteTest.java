package dev.amorelay.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amorelay.settings.RelaySettings;
import dev.amorelay.webhooks.HookEvent;
import dev.amorelay.webhooks.HookReader;
import dev.amorelay.webhooks.WebhookKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.spi.Registry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhookReceiveRouteTest extends RouteTest {

    private static final String TWO = "leads[status][0][id]=55&leads[status][0][status_id]=142&contacts[update][0][id]=21"
            + "&contacts[update][0][type]=contact&account[id]=777&account[subdomain]=example";

    @Override
    List<String> flows() {
        return List.of("webhook-receive");
    }

    @Override
    void bind(Registry beans) {
        beans.bind("webhookKey", new WebhookKey(new RelaySettings(null, null, "s3cret", null, null, null, null, null)));
        beans.bind("hookReader", new HookReader());
    }

    private Exchange post(String door, String path, String body) {
        return call(door, body.getBytes(StandardCharsets.UTF_8), Map.of("CamelHttpPath", path,
                "Content-Type", "application/x-www-form-urlencoded", "leads[status][0][id]", "55"));
    }

    private static void answered(Exchange exchange, String status) {
        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getHeaders()).isEqualTo(Map.of("CamelHttpResponseCode", status));
        assertThat(exchange.getMessage().getBody()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"platform-http:/webhook/amocrm,/webhook/amocrm/s3cret", "platform-http:/amocrm,/amocrm/s3cret",
        "platform-http:/api/amocrm/webhook,/api/amocrm/webhook/s3cret"})
    void storesEveryEventAndAnswers204(String door, String path) {
        answered(post(door, path, TWO), "204");
        assertThat(inbox.stored).extracting(HookEvent::eventType).containsExactly("lead.status", "contact.update");
        assertThat(inbox.stored).extracting(HookEvent::entityId).containsExactly("55", "21");
        assertThat(inbox.stored).extracting(HookEvent::accountId).containsOnly(777L);
    }

    @Test
    void whatCannotBeReadIsStoredAsItCame() {
        answered(post("platform-http:/webhook/amocrm", "/webhook/amocrm/s3cret", "{\"broken"), "204");
        assertThat(inbox.stored).extracting(HookEvent::eventType).containsExactly("unparsed");
        assertThat(inbox.stored.get(0).payload().path("raw").asText()).isEqualTo("{\"broken");
    }

    @Test
    void whatCannotBeStoredIsSentAgain() {
        inbox.databaseIsDown = true;
        Exchange exchange = post("platform-http:/webhook/amocrm", "/webhook/amocrm/s3cret", TWO);
        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getHeaders()).isEqualTo(Map.of("CamelHttpResponseCode", "503", "Retry-After", "5",
                "Content-Type", "application/problem+json"));
    }
}
