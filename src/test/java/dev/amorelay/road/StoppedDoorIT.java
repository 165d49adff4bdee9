package dev.amorelay.road;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.apache.camel.CamelContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** An operator stops a door, or the route behind it: whoever comes is told to come again, soon and not by an error. */
class StoppedDoorIT extends RunningRelay {

    @Autowired
    private CamelContext camel;

    @ParameterizedTest
    @ValueSource(strings = {"webhooks.receive.door", "webhooks.receive.store"})
    void answers503UntilItIsStartedAgain(String route) throws Exception {
        camel.getRouteController().stopRoute(route);
        try {
            long begin = System.nanoTime();
            HttpResponse<String> answer = hook();
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).contains("5");
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(8));
        } finally {
            camel.getRouteController().startRoute(route);
        }
        assertThat(hook().statusCode()).isEqualTo(204);
    }

    private HttpResponse<String> hook() throws Exception {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(url("/webhook/amocrm")))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("leads[update][0][id]=77001&account[id]=31000001")).build(), BodyHandlers.ofString());
    }
}
