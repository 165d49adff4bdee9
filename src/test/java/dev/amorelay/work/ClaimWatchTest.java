package dev.amorelay.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessResourceFailureException;

/** A kind of work that cannot be claimed is told, once it is more than a moment's trouble. */
@ExtendWith(OutputCaptureExtension.class)
class ClaimWatchTest {

    private static final Instant START = Instant.parse("2027-03-01T10:00:00Z");
    private static final RuntimeException BAD = new IllegalArgumentException("not JSON");

    private final ClaimWatch watch = new ClaimWatch();

    @Test
    void aMomentsTroubleIsNone(CapturedOutput log) {
        watch.failed("amocrm", "default", BAD, START);
        watch.failed("amocrm", "default", BAD, START.plusSeconds(29));

        assertThat(watch.lasting(START.plusSeconds(29))).isEmpty();
        assertThat(log.getAll()).doesNotContain("cannot be claimed");
    }

    @Test
    void whatLastsIsToldOnceAnHourAndUntilItIsOver(CapturedOutput log) {
        for (int second = 0; second <= 40; second++) {
            watch.failed("amocrm", "default", BAD, START.plusSeconds(second));
        }
        assertThat(watch.lasting(START.plusSeconds(40))).containsOnlyKeys("amocrm of default").hasEntrySatisfying("amocrm of default",
                trouble -> assertThat(trouble).extracting(ClaimWatch.Trouble::since, ClaimWatch.Trouble::times, ClaimWatch.Trouble::cause)
                        .containsExactly(START, 41L, "IllegalArgumentException"));
        assertThat(log.getAll().split("amocrm of default cannot be claimed", -1)).hasSize(2);

        watch.failed("amocrm", "default", BAD, START.plusSeconds(3_700));
        assertThat(log.getAll().split("amocrm of default cannot be claimed", -1)).hasSize(3);

        watch.succeeded("amocrm", "default");
        assertThat(watch.lasting(START.plusSeconds(4_000))).isEmpty();
        assertThat(log.getAll()).contains("amocrm of default can be claimed again");
    }

    @Test
    void aDatabaseThatIsAwayIsOthersToTell() {
        for (int second = 0; second <= 100; second++) {
            watch.failed("mail.lead-copy", "", new DataAccessResourceFailureException("away"), START.plusSeconds(second));
            watch.failed("mail.lead-copy", "", new CannotAcquireLockException("busy"), START.plusSeconds(second));
        }
        assertThat(watch.lasting(START.plusSeconds(100))).isEmpty();
    }
}
