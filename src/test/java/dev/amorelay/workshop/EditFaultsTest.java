package dev.amorelay.workshop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amorelay.work.Refused;
import dev.amorelay.work.RunTooLong;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import org.apache.camel.NoTypeConversionAvailableException;
import org.apache.camel.RuntimeCamelException;
import org.junit.jupiter.api.Test;
import org.springframework.dao.QueryTimeoutException;

class EditFaultsTest {

    private static final Exception OF_CAMEL = new NoTypeConversionAvailableException("x", Long.class);
    private static final Exception OF_DATA = new NullPointerException();

    private Instant now = Instant.EPOCH.plus(Duration.ofDays(1));
    private final EditFaults faults = new EditFaults(new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    });

    private void pass(Duration time) {
        now = now.plus(time);
    }

    @Test
    void aRouteThatCamelCannotCarryOutIsToldAtOnceAndOnce() {
        faults.edited(Set.of("a.b.c"));
        faults.failed("x.y.z", OF_CAMEL);
        assertThat(faults.found()).isEmpty();
        faults.failed("a.b.c", new RuntimeCamelException(OF_CAMEL));
        assertThat(faults.found()).hasValueSatisfying(fault -> assertThat(fault.route()).isEqualTo("a.b.c"))
                .hasValueSatisfying(fault -> assertThat(fault.cause()).isEqualTo("NoTypeConversionAvailableException"));
        faults.failed("a.b.c", OF_CAMEL);
        assertThat(faults.found()).isEmpty();
    }

    @Test
    void aFlowThatHadToBeEndedIsToldAtOnce() {
        faults.edited(Set.of("a.b.c"));
        RunTooLong ended = new RunTooLong("a loop has had 10000 turns");
        assertThat(EditFaults.isOfTheFlow(new RuntimeCamelException(ended))).isTrue();
        faults.failed("a.b.c", ended);
        assertThat(faults.found()).hasValueSatisfying(fault -> assertThat(fault.cause()).isEqualTo("RunTooLong"));
    }

    @Test
    void oneOddMessageIsNoFaultOfTheEdit() {
        faults.edited(Set.of("a.b.c"));
        faults.failed("a.b.c", OF_DATA);
        faults.failed("a.b.c", OF_DATA);
        assertThat(faults.found()).isEmpty();
        faults.failed("a.b.c", OF_DATA);
        assertThat(faults.found()).isPresent();
    }

    @Test
    void whatFailedBeforeTheEditIsNotItsFault() {
        faults.failed("a.b.c", OF_CAMEL);
        pass(Duration.ofMinutes(1));
        faults.edited(Set.of("a.b.c"));
        pass(Duration.ofMinutes(1));
        faults.failed("a.b.c", OF_CAMEL);
        assertThat(faults.found()).isEmpty();
    }

    @Test
    void anEditIsLookedAfterForAnHour() {
        faults.edited(Set.of("a.b.c"));
        pass(EditFaults.LOOKED_AFTER.plusSeconds(1));
        faults.failed("a.b.c", OF_CAMEL);
        assertThat(faults.found()).isEmpty();
    }

    @Test
    void whatTheRelayMeansAndWhatIsAwayIsNoFaultOfAFlow() {
        assertThat(EditFaults.isOfTheFlow(OF_DATA)).isTrue();
        for (Exception other : new Exception[] {new Refused("no"), new RuntimeCamelException(new Refused("no")), new IOException(), new QueryTimeoutException("x")}) {
            assertThat(EditFaults.isOfTheFlow(other)).as(other.toString()).isFalse();
        }
    }

    @Test
    void onlyTheFilesOfTheEditGoBack() {
        EditHistory history = new EditHistory();
        Edition first = new Edition(Map.of("a", "1", "b", "1"));
        Edition second = new Edition(Map.of("a", "2", "b", "1", "c", "1"));
        Edition third = new Edition(Map.of("a", "2", "b", "3", "c", "1"));
        history.took(first, second, Set.of("route.of.a"));
        history.took(second, third, Set.of("route.of.b"));
        assertThat(history.without(third, "route.of.a")).contains(new Edition(Map.of("a", "1", "b", "3")));
        assertThat(history.without(third, "route.of.b")).contains(second);
        assertThat(history.before("route.of.a")).contains(first);
        assertThat(history.without(third, "route.of.c")).isEmpty();
    }
}
