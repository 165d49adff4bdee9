package dev.amorelay.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;

class MaintenanceReminderRouteTest extends RouteTest {

    private static final String STATEMENT = "sql:classpath:sql/maintenance/announce.sql";

    @Override
    List<String> flows() {
        return List.of("maintenance-reminder");
    }

    @Override
    Map<String, String> settings() {
        return Map.of("relay.maintenance.cron", "0 0 9 * * ?");
    }

    @Test
    void theClockRunsTheStatementOnce() {
        MockEndpoint statement = exit(STATEMENT);
        statement.whenAnyExchangeReceived(exchange -> exchange.getMessage().setBody(4L));
        Exchange exchange = call("quartz:maintenance/daily", null, Map.of());
        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody()).isEqualTo(4L);
        assertThat(statement.getReceivedCounter()).isEqualTo(1);
        assertThat(statement.getEndpointUri()).contains("outputType=SelectOne");
    }

    @Test
    void byHandToo() {
        call("direct:maintenance.remind.announce", null, Map.of());
        assertThat(exit(STATEMENT).getReceivedCounter()).isEqualTo(1);
    }

    @Test
    void nineInMoscowOnOneNode() {
        String clock = context.getRoute("maintenance.remind.daily").getEndpoint().getEndpointUri();
        assertThat(URLDecoder.decode(clock, StandardCharsets.UTF_8))
                .contains("cron=0 0 9 * * ?").contains("stateful=true").contains("trigger.timeZone=Europe/Moscow");
    }

    @Test
    void aFailureReachesTheClock() {
        exit(STATEMENT).whenAnyExchangeReceived(exchange -> {
            throw new DataAccessResourceFailureException("no connection");
        });
        assertThat(call("quartz:maintenance/daily", null, Map.of()).getException())
                .isInstanceOf(DataAccessResourceFailureException.class);
    }
}
