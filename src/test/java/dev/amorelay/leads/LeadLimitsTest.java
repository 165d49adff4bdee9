package dev.amorelay.leads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amorelay.settings.IngestLimits;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LeadLimitsTest {

    private final Hand clock = new Hand();

    private LeadLimits limits(String perAddress, String perPerson, String inAll) {
        return new LeadLimits(new IngestLimits(perAddress, perPerson, inAll, List.of()), clock);
    }

    private static Lead lead(String phone) {
        return new Lead(UUID.randomUUID(), "site", null, phone, phone, null, "x", null, 0, null, List.of());
    }

    @Test
    void whatComesBeyondALimitWaitsEvenlyAndOthersDoNot() {
        LeadLimits limits = limits("10/1m", "none", "none");
        for (int i = 0; i < 10; i++) {
            assertThat(limits.count("203.0.113.7", lead("+7999000000" + i))).contains(LeadHold.NONE);
        }
        assertThat(limits.count("203.0.113.7", lead("+79990000011")).orElseThrow().stranger()).isEqualTo(Duration.ofSeconds(6));
        assertThat(limits.count("::ffff:203.0.113.7", lead("+79990000012")).orElseThrow().stranger()).as("however it is written").isEqualTo(Duration.ofSeconds(12));
        assertThat(limits.count("203.0.113.8", lead("+79990000013"))).contains(LeadHold.NONE);
        clock.now = clock.now.plusSeconds(72);
        assertThat(limits.count("203.0.113.7", lead("+79990000014"))).contains(LeadHold.NONE);
    }

    @Test
    void onePersonsLeadsWaitAndAreNeverRefused() {
        LeadLimits limits = limits("none", "2/1h", "none");
        for (int i = 0; i < 20; i++) {
            Optional<LeadHold> hold = limits.count("10.0.0.1", lead("+79990000001"));
            assertThat(hold).isPresent();
            assertThat(hold.get().person()).isEqualTo(Duration.ofMinutes(Math.max(0, Math.min(60, 30 * (i - 1)))));
        }
        assertThat(limits.count("10.0.0.1", lead("+79990000002"))).contains(LeadHold.NONE);
        assertThat(limits.count("10.0.0.1", lead(null))).as("who names nobody is no person").contains(LeadHold.NONE);
    }

    @Test
    void whoFloodsWithSomebodysPhoneDoesNotHoldUpThatPerson() {
        LeadLimits limits = limits("none", "10/1h", "none");
        for (int i = 0; i < 1000; i++) {
            limits.count("203.0.113.7", lead("+79990000001"));
        }
        assertThat(limits.count("203.0.113.8", lead("+79990000001"))).contains(LeadHold.NONE);
    }

    @Test
    void manyNetworksTogetherAreHeldUpAsWell() {
        LeadLimits limits = limits("none", "2/1h", "none");
        for (int i = 0; i < 2 * LeadLimits.NETWORKS; i++) {
            assertThat(limits.count("10.0.0." + i, lead("+79990000001"))).contains(LeadHold.NONE);
        }
        assertThat(limits.count("10.0.1.1", lead("+79990000001")).orElseThrow().person()).isEqualTo(Duration.ofMinutes(3));
    }

    @Test
    void inAll() {
        LeadLimits limits = limits("none", "none", "100/1m");
        for (int i = 0; i < 100; i++) {
            assertThat(limits.count("10.0." + i + ".1", lead("+7999000" + (1000 + i)))).contains(LeadHold.NONE);
        }
        assertThat(limits.count("192.0.2.1", lead("+79990009999")).orElseThrow().stranger()).isPositive();
    }

    @Test
    void whereAnHourWaitsAlreadyAFurtherOneIsRefusedAndDoesNotCount() {
        LeadLimits limits = limits("1/1m", "none", "none");
        int taken = 0;
        while (limits.count("203.0.113.7", lead("+79990000001")).isPresent()) {
            taken++;
        }
        assertThat(taken).isEqualTo(61);
        clock.now = clock.now.plusSeconds(60);
        assertThat(limits.count("203.0.113.7", lead("+79990000001"))).as("there is room for one").isPresent();
        assertThat(limits.count("203.0.113.8", lead("+79990000001"))).as("nobody else is refused").isPresent();
    }

    @ParameterizedTest
    @CsvSource({"200/1m,200,PT1M", "5/h,5,PT1H", "1/30s,1,PT30S"})
    void aRateIsANumberInATime(String text, int most, Duration span) {
        assertThat(IngestLimits.rate(text)).contains(new IngestLimits.Rate(most, span));
    }

    @ParameterizedTest
    @CsvSource({"none", "0/1m", "ten/1m", "10", "10/1d", "-1/1m"})
    void anythingElseIsNoLimit(String text) {
        assertThat(IngestLimits.rate(text)).isEmpty();
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
