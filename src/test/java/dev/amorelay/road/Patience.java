package dev.amorelay.road;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.Supplier;
import org.awaitility.Awaitility;

/** Does what a caller of a door is asked to do by a 503: the same again, a little later. A disk that is slow for a moment is no fault. */
final class Patience {

    private Patience() {
    }

    static HttpResponse<String> untilTaken(Supplier<HttpResponse<String>> call) {
        return Awaitility.await().atMost(Duration.ofSeconds(60)).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(500))
                .until(call::get, answer -> answer.statusCode() != 503);
    }
}
