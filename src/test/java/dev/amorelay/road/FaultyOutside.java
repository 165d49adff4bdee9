package dev.amorelay.road;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;

/** The relay with an outside that can be told to misbehave; after each test it behaves again, and what waited is tried at once. */
abstract class FaultyOutside extends RunningRelay {

    @AfterEach
    void mend() {
        send(HttpRequest.newBuilder(URI.create(url("/sandbox/api/faults"))).DELETE().build());
        jdbc.update("UPDATE amocrm_accounts SET paused_until = NULL");
        jdbc.update("UPDATE outbox SET next_attempt_at = now() WHERE status = 'failed'");
    }

    /** Asks the stand-ins for a fault; see docs/sandbox.md for what may be asked. */
    static void fault(String json) {
        HttpResponse<String> answer = postJson("/sandbox/api/faults", json);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }
}
