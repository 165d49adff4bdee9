package dev.amorelay.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class LargeBodiesTest {

    private final AtomicLong millis = new AtomicLong();
    private final LargeBodies bodies = new LargeBodies(Duration.ofSeconds(1), () -> millis.get() * 1_000_000);

    private CompletableFuture<Boolean> waits(LargeBodies.Place place) {
        CompletableFuture<Boolean> turn = new CompletableFuture<>();
        Thread thread = new Thread(() -> turn.complete(place.await()));
        thread.start();
        await().until(() -> thread.getState() == Thread.State.TIMED_WAITING || turn.isDone());
        return turn;
    }

    @Test
    void oneAfterTheOtherInTheOrderOfArrival() throws Exception {
        LargeBodies.Place first = bodies.enter("a");
        LargeBodies.Place second = bodies.enter("b");
        LargeBodies.Place third = bodies.enter("c");
        assertThat(first.await()).isTrue();
        CompletableFuture<Boolean> thirdTurn = waits(third);
        CompletableFuture<Boolean> secondTurn = waits(second);
        assertThat(thirdTurn.isDone() || secondTurn.isDone()).isFalse();
        first.close();
        assertThat(thirdTurn.get()).as("it was here before").isTrue();
        assertThat(secondTurn.isDone()).isFalse();
        third.close();
        assertThat(secondTurn.get()).isTrue();
        second.close();
        assertThat(bodies.size()).isZero();
    }

    @Test
    void afterEachComesARestAsLongAsItTook() throws Exception {
        LargeBodies.Place first = bodies.enter("a");
        assertThat(first.await()).isTrue();
        millis.addAndGet(300);
        first.close();
        CompletableFuture<Boolean> second = waits(bodies.enter("a"));
        millis.addAndGet(299);
        LargeBodies.Place other = bodies.enter("b");
        other.close();
        assertThat(second.isDone()).isFalse();
        millis.addAndGet(1);
        assertThat(second.get()).isTrue();
    }

    @Test
    void nobodyWaitsForLong() {
        LargeBodies.Place first = bodies.enter("a");
        assertThat(first.await()).isTrue();
        LargeBodies.Place second = bodies.enter("b");
        CompletableFuture<Boolean> turn = waits(second);
        millis.addAndGet(1000);
        assertThat(turn.join()).isFalse();
        second.close();
        first.close();
        assertThat(bodies.size()).isZero();
    }

    /** Sixteen hooks of two megabytes that waited for a turn which did not come filled the heap. */
    @Test
    void whoeverWouldWaitInVainIsRefusedBeforeItsBodyComes() {
        LargeBodies.Place first = bodies.enter("a");
        assertThat(first.await()).isTrue();
        LargeBodies.Place second = bodies.enter("a");
        millis.addAndGet(1);
        LargeBodies.Place third = bodies.enter("a");
        waits(second);
        waits(third);
        assertThat(bodies.enter("a")).isNull();
        assertThat(bodies.enter("b")).as("another's, for the last one of whoever has most").isNotNull();
        assertThat(third.isHeld()).isFalse();
        assertThat(second.isHeld()).isTrue();
        second.close();
        assertThat(bodies.enter("a")).isNotNull();
    }

    @Test
    void oneThatComesSlowlyGivesWayToWhoeverComesThen() {
        List<LargeBodies.Place> slow = enterAll("a", LargeBodies.PLACES);
        assertThat(bodies.enter("a")).as("all have only begun").isNull();
        millis.addAndGet(2001);
        assertThat(bodies.enter("a")).isNotNull();
        assertThat(slow.get(0).isHeld()).isFalse();
        assertThat(slow.get(0).await()).as("it waits for nothing").isFalse();
        assertThat(slow.get(1).isHeld()).isTrue();
        assertThat(bodies.size()).isEqualTo(LargeBodies.PLACES);
    }

    @Test
    void whoeverHasMostGivesWayToOthersButNotWhatIsBeingRead() {
        List<LargeBodies.Place> many = enterAll("a", LargeBodies.PLACES);
        assertThat(many.get(0).await()).isTrue();
        for (int i = 0; i < LargeBodies.PLACES / 2 - 1; i++) {
            assertThat(bodies.enter("b")).as("other " + i).isNotNull();
        }
        assertThat(bodies.enter("a")).as("it has its share").isNull();
        assertThat(bodies.enter("c")).as("a third").isNotNull();
        assertThat(many.get(0).isHeld()).isTrue();
        assertThat(bodies.size()).isEqualTo(LargeBodies.PLACES);
    }

    private List<LargeBodies.Place> enterAll(String network, int count) {
        List<LargeBodies.Place> places = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            places.add(bodies.enter(network));
        }
        assertThat(places).doesNotContainNull();
        return places;
    }
}
