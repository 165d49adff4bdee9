package dev.amorelay.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.amorelay.amocrm.tokens.AdminConsent;
import dev.amorelay.amocrm.tokens.ConsentDoor;
import dev.amorelay.amocrm.tokens.IdleTokens;
import dev.amorelay.amocrm.tokens.UninstallHook;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.camel.spi.Registry;
import org.junit.jupiter.api.Test;

/** The clock that keeps idle token pairs alive; the doors are walked through in OAuthRoadIT. */
class OAuthRouteTest extends RouteTest {

    private final IdleTokens idle = mock(IdleTokens.class);

    @Override
    List<String> flows() {
        return List.of("oauth-consent", "oauth-keep-alive");
    }

    @Override
    Map<String, String> settings() {
        return Map.of("relay.oauth.cron", "0 40 4 * * ?", "relay.time-zone", "Europe/Moscow");
    }

    @Override
    void bind(Registry beans) {
        beans.bind("idleTokens", idle);
        beans.bind("adminConsent", mock(AdminConsent.class));
        beans.bind("consentDoor", mock(ConsentDoor.class));
        beans.bind("uninstallHook", mock(UninstallHook.class));
    }

    @Test
    void theClockRefreshesIdlePairs() {
        when(idle.refresh()).thenReturn(2);
        assertThat(call("quartz:oauth/keep-alive", null, Map.of()).getException()).isNull();
        verify(idle).refresh();
    }

    @Test
    void everyDayOnOneNode() {
        String clock = URLDecoder.decode(context.getRoute("oauth.keep-alive.daily").getEndpoint().getEndpointUri(), StandardCharsets.UTF_8);
        assertThat(clock).contains("cron=0 40 4 * * ?").contains("stateful=true");
    }
}
