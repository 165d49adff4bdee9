package dev.amorelay.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amorelay.maintenance.KnownDate.Meaning;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class KnownDateTest {

    private static final LocalDate FIRST = LocalDate.parse("2026-12-01");
    private static final LocalDate SECOND = LocalDate.parse("2027-03-01");
    private static final LocalDate THIRD = LocalDate.parse("2027-06-01");
    private static final Instant T = Instant.parse("2026-11-20T10:00:00Z");

    private static KnownDate seen(LocalDate day, LocalDate before, Instant at) {
        return new KnownDate(day, before, at, null, null, 0, null);
    }

    @Test
    void whatIsKnownIsNoNews() {
        assertThat(seen(FIRST, null, T).of(FIRST, T.plusSeconds(60))).isEqualTo(Meaning.NOTHING);
        assertThat(seen(null, null, null).of(null, T)).isEqualTo(Meaning.NOTHING);
    }

    @Test
    void anotherDateIsAChange() {
        assertThat(seen(FIRST, null, T).of(SECOND, T.plusSeconds(1))).isEqualTo(Meaning.CHANGED);
        assertThat(seen(FIRST, null, T).of(null, T.plusSeconds(1))).isEqualTo(Meaning.CHANGED);
        assertThat(seen(null, null, null).of(FIRST, T)).isEqualTo(Meaning.CHANGED);
    }

    @Test
    void aReadFromBeforeWhatIsKnownTellsNothing() {
        assertThat(seen(SECOND, FIRST, T).of(FIRST, T.minusSeconds(1))).isEqualTo(Meaning.NOTHING);
        assertThat(seen(SECOND, FIRST, T).of(THIRD, T.minusSeconds(1))).isEqualTo(Meaning.NOTHING);
    }

    @Test
    void withinOneSecondTheDateFromBeforeIsALateReadAndAnotherIsAChange() {
        assertThat(seen(SECOND, FIRST, T).of(FIRST, T)).isEqualTo(Meaning.NOTHING);
        assertThat(seen(SECOND, FIRST, T).of(THIRD, T)).isEqualTo(Meaning.CHANGED);
    }

    @Test
    void whatIsOnItsWayComesBackAsAnEcho() {
        KnownDate writing = new KnownDate(FIRST, null, T.minusSeconds(60), SECOND, T, 1, SECOND);
        assertThat(writing.of(SECOND, T.plusSeconds(1))).isEqualTo(Meaning.ECHO);
        assertThat(writing.of(FIRST, T)).isEqualTo(Meaning.NOTHING);
        assertThat(writing.of(THIRD, T.plusSeconds(1))).isEqualTo(Meaning.CHANGED);
    }

    @Test
    void aChangeThereIsOlderThanOursOnlyWhenTheClocksLeaveNoDoubt() {
        KnownDate wanted = new KnownDate(FIRST, null, T.minusSeconds(600), SECOND, T, 1, null);
        assertThat(wanted.of(THIRD, T.minusSeconds(11))).isEqualTo(Meaning.OLDER_THAN_OURS);
        assertThat(wanted.of(THIRD, T.minusSeconds(10))).isEqualTo(Meaning.CHANGED);
        assertThat(wanted.of(THIRD, T.plusSeconds(1))).isEqualTo(Meaning.CHANGED);
    }
}
