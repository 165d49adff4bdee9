package dev.amorelay.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.authentication.event.AuthenticationSuccessEvent;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

class LoginThrottleTest {

    private static final String GUESSER = "203.0.113.7";

    private final Hand clock = new Hand();
    private final LoginThrottle throttle = new LoginThrottle(clock);

    private void fail(String address, int times) {
        for (int i = 0; i < times; i++) {
            throttle.failed(address);
        }
    }

    @Test
    void tenFailuresAndOnlyThatAddressWaitsForTheRestOfItsMinute() {
        fail(GUESSER, 9);
        assertThat(throttle.wait(GUESSER)).isEmpty();
        clock.now = clock.now.plusSeconds(20);
        fail(GUESSER, 1);

        assertThat(throttle.wait(GUESSER)).contains(Duration.ofSeconds(40));
        assertThat(throttle.wait("203.0.113.8")).isEmpty();

        clock.now = clock.now.plusSeconds(40);
        assertThat(throttle.wait(GUESSER)).isEmpty();
        fail(GUESSER, 9);
        assertThat(throttle.wait(GUESSER)).as("it counts anew").isEmpty();
    }

    @Test
    void aRightPasswordEndsTheCount() {
        fail(GUESSER, 9);
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setRemoteAddr(GUESSER);
        TestingAuthenticationToken admin = new TestingAuthenticationToken("admin", "x");
        admin.setDetails(new WebAuthenticationDetails(request));
        throttle.succeeded(new AuthenticationSuccessEvent(admin));
        fail(GUESSER, 9);
        assertThat(throttle.wait(GUESSER)).isEmpty();
    }

    @Test
    void anIpv6NetworkIsOneGuesser() {
        for (int i = 0; i < 10; i++) {
            throttle.failed("2001:db8:0:1::" + i);
        }
        assertThat(throttle.wait("2001:db8:0:1:ffff:0:0:1")).isPresent();
        assertThat(throttle.wait("2001:db8:0:2::1")).isEmpty();
    }

    @Test
    void manyAddressesTakeNoMoreThanTheirRoom() {
        fail(GUESSER, 10);
        for (int i = 0; i < LoginThrottle.MOST_ADDRESSES - 1; i++) {
            throttle.failed("10." + i / 65536 + "." + i / 256 % 256 + "." + i % 256);
        }
        assertThat(throttle.wait(GUESSER)).isPresent();
        throttle.failed("192.0.2.1");
        assertThat(throttle.wait(GUESSER)).as("the oldest gives way").isEmpty();
    }

    /** A clock that is moved by hand. */
    private static final class Hand extends Clock {

        private Instant now = Instant.parse("2026-11-20T08:00:00Z");

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
