package dev.amorelay.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amorelay.doors.DoorHold;
import dev.amorelay.doors.OwnDoors;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class RequestRateTest {

    private Instant now = Instant.EPOCH;
    private final RequestRate rate = new RequestRate(60, new Clock() {
        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    });

    private int taken(String address, int times) {
        int taken = 0;
        for (int i = 0; i < times; i++) {
            taken += rate.take(address) ? 1 : 0;
        }
        return taken;
    }

    @Test
    void anAddressHasSoManyAMinute() {
        assertThat(taken("203.0.113.7", 100)).isEqualTo(60);
        assertThat(taken("203.0.113.8", 1)).as("another").isEqualTo(1);
        now = now.plus(Duration.ofSeconds(5));
        assertThat(taken("203.0.113.7", 100)).isEqualTo(5);
    }

    @Test
    void aNetworkOfOneOwnerIsOneAddress() {
        assertThat(taken("2001:db8:1:2::1", 30)).isEqualTo(30);
        assertThat(taken("2001:db8:1:2:ffff::9", 100)).isEqualTo(30);
        assertThat(taken("2001:db8:1:3::1", 1)).isEqualTo(1);
    }

    /** Behind a proxy that nobody has named they would be everybody's. */
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.8.9.1", "10.1.2.3", "172.17.0.1", "192.168.0.9", "169.254.0.1", "::1", "fd00::5", "fe80::1"})
    void ownNetworksAreNotCounted(String address) {
        assertThat(taken(address, 200)).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"172.32.0.1", "8.8.8.8", "2a00::1", "unknown", "localhost", ""})
    void allOthersAre(String address) {
        assertThat(taken(address, 200)).isEqualTo(60);
    }

    @ParameterizedTest
    @CsvSource({"/ingest/leads, 429", "/api/park/machines, 429", "/console/x, 429", "/webhook/amocrm/key, 200", "/health, 200"})
    void webhooksAndHealthAreNotCounted(String path, int status) throws Exception {
        taken("203.0.113.7", 60);
        MockHttpServletRequest request = new MockHttpServletRequest("POST", path);
        request.setServletPath(path);
        request.setRemoteAddr("203.0.113.7");
        MockHttpServletResponse answer = new MockHttpServletResponse();
        new RequestRateFilter(rate, new OwnDoors(new DoorHold())).doFilter(request, answer, new MockFilterChain());
        assertThat(answer.getStatus()).isEqualTo(status);
    }
}
