package dev.amorelay.doors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

/** Requests wait in front of closed doors, and none slips by unseen. */
class DoorHoldTest {

    private final DoorHold hold = new DoorHold();

    private CompletableFuture<MockHttpServletRequest> request() {
        return CompletableFuture.supplyAsync(() -> {
            MockHttpServletRequest request = new MockHttpServletRequest();
            try {
                hold.pass(request);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return request;
        });
    }

    @Test
    void openDoorsHoldNobody() {
        assertThat(request().join()).isNotNull();
    }

    @Test
    void aRequestIsSeenUntilItHasArrived() {
        MockHttpServletRequest request = request().join();
        assertThat(hold.isQuiet()).isFalse();

        hold.arrived(request);
        assertThat(hold.isQuiet()).isTrue();

        // the filter says so once more when the request is through
        hold.arrived(request);
        assertThat(hold.isQuiet()).isTrue();
    }

    @Test
    void closedDoorsLetWaitUntilTheyAreOpened() {
        hold.close();
        CompletableFuture<MockHttpServletRequest> one = request();
        CompletableFuture<MockHttpServletRequest> other = request();

        await().during(Duration.ofMillis(200)).atMost(Duration.ofSeconds(2)).until(() -> !one.isDone() && !other.isDone());
        await().until(hold::isQuiet);

        hold.open();
        await().until(() -> one.isDone() && other.isDone());
        assertThat(hold.isQuiet()).as("both are on the way now").isFalse();
        hold.arrived(one.join());
        hold.arrived(other.join());
        assertThat(hold.isQuiet()).isTrue();
    }
}
