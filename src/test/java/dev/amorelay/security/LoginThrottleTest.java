package dev.amorelay.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.authentication.event.AuthenticationSuccessEvent;

class LoginThrottleTest {

    private static final String GUESSER = "203.0.113.7";

    private final Hand clock = new Hand();
    private final LoginThrottle throttle = new LoginThrottle(clock, clock::pause);

    private boolean tried(String address, String name, String browser) {
        try {
            boolean looked = throttle.begin(address, name, browser).isEmpty();
            throttle.end();
            return looked;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private int triedAtOnce(String address, String name, int times) {
        int looked = 0;
        for (int i = 0; i < times; i++) {
            looked += tried(address, name, null) ? 1 : 0;
        }
        return looked;
    }

    @Test
    void aHundredGuessesAtOnceAreNoMoreThanTenAfterEachOther() throws Exception {
        ExecutorService many = Executors.newFixedThreadPool(150);
        CountDownLatch go = new CountDownLatch(1);
        List<Future<Boolean>> guesses = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            guesses.add(many.submit(() -> {
                go.await();
                return tried(GUESSER, "admin", null);
            }));
        }
        go.countDown();
        many.shutdown();
        // the clock stands still but for those who wait: they give up when it has moved on
        while (!many.awaitTermination(20, TimeUnit.MILLISECONDS)) {
            clock.now = clock.now.plusMillis(100);
        }
        int looked = 0;
        for (Future<Boolean> guess : guesses) {
            looked += guess.get() ? 1 : 0;
        }
        assertThat(looked).as("ten, and one in six seconds after that").isBetween(10, 12);
    }

    @Test
    void aRightPasswordGivesItsOwnTurnBackAndNoOther() throws Exception {
        clock.waits = true;
        triedAtOnce(GUESSER, "admin", 9);
        for (int i = 0; i < 50; i++) {
            assertThat(throttle.begin(GUESSER, "anna", null)).isEmpty();
            throttle.succeeded(new AuthenticationSuccessEvent(new TestingAuthenticationToken("anna", "x")));
            throttle.end();
        }
        Instant before = clock.now;
        assertThat(triedAtOnce(GUESSER, "admin", 2)).isEqualTo(2);
        assertThat(Duration.between(before, clock.now)).as("the eleventh guess waits").isGreaterThanOrEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void nobodyIsLockedOutBehindOneProxyWithAGuesser() {
        clock.waits = true;
        triedAtOnce(GUESSER, "admin", 10);
        Instant before = clock.now;
        assertThat(tried(GUESSER, "admin", null)).as("waits its turn").isTrue();
        assertThat(Duration.between(before, clock.now)).isBetween(Duration.ofSeconds(5), LoginThrottle.LONGEST_WAIT);
        before = clock.now;
        assertThat(tried(GUESSER, "admin", "the admin's own")).as("the browser that knows the way").isTrue();
        assertThat(clock.now).isEqualTo(before);
    }

    @Test
    void aNameIsGuessedFromManyAddressesNoFaster() {
        clock.waits = true;
        Instant before = clock.now;
        for (int i = 0; i < 40; i++) {
            tried("10.0." + i + ".1", i % 2 == 0 ? "admin" : " ADMIN ", null);
        }
        assertThat(Duration.between(before, clock.now)).isGreaterThanOrEqualTo(Duration.ofSeconds(57));
    }

    @Test
    void manyNamesFromManyAddressesAreNoWayAround() {
        clock.waits = true;
        Instant before = clock.now;
        for (int i = 0; i < 120; i++) {
            tried("10.0." + i + ".1", "name" + i, null);
        }
        assertThat(Duration.between(before, clock.now)).isGreaterThanOrEqualTo(Duration.ofSeconds(29));
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.7, ::ffff:203.0.113.7", "203.0.113.7, 0:0:0:0:0:FFFF:CB00:7107", "203.0.113.7, 203.0.113.7:51000", "203.0.113.7, 203.000.113.07",
        "2001:db8:0:1::1, 2001:DB8:0:1:ffff::2", "2001:db8:0:1::1, [2001:db8:0:1::9]:443", "2001:db8:0:1::1, 2001:db8:0:1::1%eth0",
        "unknown, _hidden", "unknown, proxy.example.com"})
    void anAddressIsOneHoweverItIsWritten(String one, String other) {
        assertThat(ClientNetwork.of(other)).isEqualTo(ClientNetwork.of(one));
    }

    @ParameterizedTest
    @CsvSource({"203.0.113.7, 203.0.113.8", "2001:db8:0:1::1, 2001:db8:0:2::1", "::ffff:203.0.113.7, ::ffff:203.0.113.8", "unknown, 0.0.0.1"})
    void othersAreOthers(String one, String other) {
        assertThat(ClientNetwork.of(other)).isNotEqualTo(ClientNetwork.of(one));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "unknown", "1.2.3", "1.2.3.256", "1.2.3.4.5", "example.com", ":", ":::", "12345::", "1.2.3.4:", "'; DROP TABLE x"})
    void whatIsNoAddressIsNone(String text) {
        assertThat(ClientNetwork.literal(text)).isEmpty();
        assertThat(ClientNetwork.of(text)).isEqualTo("?");
    }

    @Test
    void manyAddressesTakeNoMoreThanTheirRoom() {
        clock.waits = true;
        for (int i = 0; i < LoginThrottle.MOST_KEYS + 100; i++) {
            tried(GUESSER, "admin", "browser" + i);
        }
        assertThat(tried(GUESSER, "admin", null)).isTrue();
    }

    /** A clock that is moved by hand; or by whoever waits. */
    private static final class Hand extends Clock {

        private volatile Instant now = Instant.parse("2026-11-20T08:00:00Z");
        private volatile boolean waits;

        void pause(Object monitor, long millis) throws InterruptedException {
            if (waits) {
                now = now.plusMillis(millis);
            } else {
                monitor.wait(10);
            }
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
