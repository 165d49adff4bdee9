package dev.amorelay.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import dev.amorelay.amocrm.AccountZones;
import dev.amorelay.maintenance.Reminders;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.spi.Registry;
import org.junit.jupiter.api.Test;
import org.mockito.InOrder;
import org.springframework.dao.DataAccessResourceFailureException;

class MaintenanceReminderRouteTest extends RouteTest {

    private final AccountZones zones = mock(AccountZones.class);
    private final Reminders reminders = mock(Reminders.class);

    @Override
    List<String> flows() {
        return List.of("maintenance-reminder");
    }

    @Override
    Map<String, String> settings() {
        return Map.of("relay.maintenance.cron", "0 0 9 * * ?", "relay.time-zone", "Asia/Omsk");
    }

    @Override
    void bind(Registry beans) {
        beans.bind("accountZones", zones);
        beans.bind("reminders", reminders);
    }

    @Test
    void theClockAsksForTheZonesAndAnnouncesOnce() {
        when(reminders.announce()).thenReturn(4L);
        Exchange exchange = call("quartz:maintenance/daily", null, Map.of());
        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody()).isEqualTo(4L);
        InOrder order = inOrder(zones, reminders);
        order.verify(zones).refresh();
        order.verify(reminders).announce();
        order.verifyNoMoreInteractions();
    }

    @Test
    void byHandToo() {
        call("direct:maintenance.remind.announce", null, Map.of());
        verify(reminders).announce();
        verifyNoInteractions(zones);
    }

    @Test
    void nineByTheRelaysClockOnOneNode() {
        String clock = context.getRoute("maintenance.remind.daily").getEndpoint().getEndpointUri();
        assertThat(URLDecoder.decode(clock, StandardCharsets.UTF_8))
                .contains("cron=0 0 9 * * ?").contains("stateful=true").contains("trigger.timeZone=Asia/Omsk");
    }

    @Test
    void aFailureReachesTheClock() {
        when(reminders.announce()).thenThrow(new DataAccessResourceFailureException("no connection"));
        assertThat(call("quartz:maintenance/daily", null, Map.of()).getException())
                .isInstanceOf(DataAccessResourceFailureException.class);
    }
}
