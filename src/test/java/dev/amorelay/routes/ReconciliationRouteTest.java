package dev.amorelay.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.amorelay.amocrm.CrmUnavailable;
import dev.amorelay.amocrm.CrmUnavailable.Trouble;
import dev.amorelay.reconciliation.Answer;
import dev.amorelay.reconciliation.Heartbeat;
import dev.amorelay.reconciliation.HookWatch;
import dev.amorelay.reconciliation.ReconcileDoor;
import dev.amorelay.reconciliation.Reconciler;
import dev.amorelay.reconciliation.SubscribeDoor;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.spi.Registry;
import org.junit.jupiter.api.Test;

class ReconciliationRouteTest extends RouteTest {

    private final Heartbeat heartbeat = mock(Heartbeat.class);
    private final HookWatch watch = mock(HookWatch.class);
    private final Reconciler reconciler = mock(Reconciler.class);
    private final ReconcileDoor door = mock(ReconcileDoor.class);
    private final SubscribeDoor subscribe = mock(SubscribeDoor.class);

    @Override
    List<String> flows() {
        return List.of("reconciliation", "hook-watch");
    }

    @Override
    Map<String, String> settings() {
        return Map.of("relay.reconciliation.watch-cron", "0 7 * * * ?", "relay.reconciliation.first-beat", "3s");
    }

    @Override
    void bind(Registry beans) {
        beans.bind("heartbeat", heartbeat);
        beans.bind("hookWatch", watch);
        beans.bind("reconciler", reconciler);
        beans.bind("reconcileDoor", door);
        beans.bind("subscribeDoor", subscribe);
    }

    @Test
    void aPageIsReadAndStored() {
        Reconciler.Found found = new Reconciler.Found(null, List.of(), null, null);
        when(reconciler.read(any())).thenReturn(found);
        outbox.await(outbox.effect("crm.reconciliation", "default", Map.of("run", 7)));
        awaitSettled(outbox.settled, "1 done");
        verify(reconciler).store(any(), eq(found));
    }

    @Test
    void whileTheCrmIsDownThePageWaits() {
        when(reconciler.read(any())).thenThrow(new CrmUnavailable(Trouble.DOWN, "GET /api/v4/leads → 502", null));
        outbox.await(outbox.effect("crm.reconciliation", "default", Map.of("run", 7)));
        awaitSettled(outbox.settled, "1 postponed");
        assertThat(outbox.settled.get(0).postponement().ownFault()).isFalse();
        verify(reconciler, never()).store(any(), any());
    }

    @Test
    void aLookThatFailsIsMadeAgain() {
        doThrow(new CrmUnavailable(Trouble.UNPAID, "GET /api/v4/webhooks → 402", null)).when(watch).look(any());
        outbox.await(outbox.effect("crm.hook-watch", "default", Map.of()));
        awaitSettled(outbox.settled, "1 postponed");
    }

    @Test
    void onceAnHourForAllNodes() {
        assertThat(call("quartz:reconciliation/hooks", null, Map.of()).getException()).isNull();
        verify(watch).oweAll();
        assertThat(URLDecoder.decode(context.getRoute("reconciliation.hooks.hourly").getEndpoint().getEndpointUri(), StandardCharsets.UTF_8))
                .contains("cron=0 7 * * * ?").contains("stateful=true");
    }

    @Test
    void theAdminIsAnswered() {
        when(subscribe.subscribe(any(), any())).thenReturn(new Answer(409, "{\"status\":\"error\"}"));
        Exchange answer = call("platform-http:/api/admin/webhooks", "{}".getBytes(StandardCharsets.UTF_8),
                Map.of(Exchange.CONTENT_TYPE, "application/json", "X-Stranger", "1"));
        assertThat(answer.getMessage().getHeaders()).containsOnlyKeys(Exchange.HTTP_RESPONSE_CODE, Exchange.CONTENT_TYPE)
                .containsEntry(Exchange.HTTP_RESPONSE_CODE, 409);
        assertThat(answer.getMessage().getBody(String.class)).isEqualTo("{\"status\":\"error\"}");
    }
}
