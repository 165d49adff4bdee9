package dev.amorelay.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

@ExtendWith(OutputCaptureExtension.class)
class LeaseKeeperTest {

    private CapturedOutput log;

    @BeforeEach
    void capture(CapturedOutput output) {
        log = output;
    }

    private final LeaseKeeper keeper = new LeaseKeeper();
    private final MemoryTable table = new MemoryTable(keeper);
    private final Row first = new Row(1);
    private final Row second = new Row(2);

    @AfterEach
    void noTransaction() {
        if (TransactionSynchronizationManager.isSynchronizationActive()) {
            TransactionSynchronizationManager.clearSynchronization();
        }
    }

    @Test
    void holdsUntilReleased() {
        keeper.hold(table, List.of(first, second));
        assertThat(keeper.holds(first)).isTrue();
        assertThat(keeper.tableOf(first)).containsSame(table);
        assertThat(keeper.release(first)).isTrue();
        assertThat(keeper.release(first)).as("a second time").isFalse();
        assertThat(keeper.holds(first)).isFalse();
        assertThat(keeper.tableOf(first)).isEmpty();
        assertThat(keeper.holds(second)).isTrue();
    }

    @Test
    void anEarlierClaimIsAnotherRow() {
        keeper.hold(table, List.of(new Row(1, 2, 2, 0)));
        assertThat(keeper.holds(first)).isFalse();
    }

    @Test
    void renewsEachTableOnce() {
        MemoryTable other = new MemoryTable(keeper);
        keeper.hold(table, List.of(first, second));
        keeper.hold(other, List.of(new Row(7)));
        keeper.renew();
        assertThat(table.renewed).containsExactly(Set.of(1L, 2L));
        assertThat(other.renewed).containsExactly(Set.of(7L));
        keeper.release(first);
        keeper.release(second);
        keeper.renew();
        assertThat(table.renewed).hasSize(1);
    }

    @Test
    void renewsByItselfAndAgainAfterAFailure() {
        AtomicInteger failures = new AtomicInteger();
        MemoryTable failing = new MemoryTable(keeper) {
            @Override
            public Set<Long> renew(Collection<Row> held) {
                if (failures.incrementAndGet() == 1) {
                    throw new IllegalStateException("the database is away");
                }
                return super.renew(held);
            }
        };
        keeper.hold(failing, List.of(first));
        keeper.hold(table, List.of(second));
        keeper.start(Duration.ofMillis(10));
        try {
            await().atMost(Duration.ofSeconds(60)).until(() -> !failing.renewed.isEmpty() && !table.renewed.isEmpty());
        } finally {
            keeper.stop();
        }
        assertThat(keeper.holds(first)).isTrue();
    }

    @Test
    void whatAnotherWorkerHasIsDropped() {
        keeper.hold(table, List.of(first, second));
        table.taken.add(1L);
        keeper.renew();
        keeper.renew();
        assertThat(keeper.holds(first)).isFalse();
        assertThat(keeper.holds(second)).isTrue();
        assertThat(log.getAll()).contains("lease of row 1 was lost").doesNotContain("row 2");
    }

    @Test
    void whatIsSettledWhileItIsRenewedIsNotCalledLost() {
        MemoryTable settling = new MemoryTable(keeper) {
            @Override
            public Set<Long> renew(Collection<Row> held) {
                // its commit is through, and only then is the keeper told
                taken.add(1L);
                Set<Long> ours = super.renew(held);
                keeper.release(first);
                return ours;
            }
        };
        keeper.hold(settling, List.of(first));
        keeper.renew();
        keeper.renew();
        assertThat(keeper.holds(first)).isFalse();
        assertThat(log.getAll()).doesNotContain("was lost");
    }

    @Test
    void whatIsSettledJustAfterItWasRenewedIsNotCalledLost() {
        keeper.hold(table, List.of(first));
        table.taken.add(1L);
        keeper.renew();
        assertThat(keeper.release(first)).as("the worker's own word comes late, and counts").isTrue();
        keeper.renew();
        assertThat(log.getAll()).doesNotContain("was lost");
    }

    @Test
    void aRowThatIsFoundAgainIsNotCloserToBeingLost() {
        keeper.hold(table, List.of(first));
        table.taken.add(1L);
        keeper.renew();
        table.taken.clear();
        keeper.renew();
        table.taken.add(1L);
        keeper.renew();
        assertThat(keeper.holds(first)).isTrue();
    }

    @Test
    void whoIsHeldUpBeyondTheLeaseIsStopped() {
        AtomicLong clock = new AtomicLong();
        LeaseKeeper patient = new LeaseKeeper(clock::get);
        MemoryTable rows = new MemoryTable(patient);
        patient.hold(rows, List.of(first), patient.now());
        patient.atWork(List.of(first));

        clock.addAndGet(Duration.ofSeconds(5).toNanos());
        patient.fence();
        patient.renew();
        clock.addAndGet(Duration.ofSeconds(5).toNanos());
        patient.fence();
        clock.addAndGet(Duration.ofSeconds(2).toNanos());
        assertThatThrownBy(patient::fence).isInstanceOf(LeaseLost.class);

        patient.atWork(List.of());
        patient.fence();
    }

    @Test
    void whatAnotherWorkerHasIsLeftAloneByThisOne() {
        keeper.hold(table, List.of(first, second));
        keeper.atWork(List.of(first, second));
        table.taken.add(1L);
        keeper.fence();
        keeper.renew();
        assertThatThrownBy(keeper::fence).isInstanceOf(LeaseLost.class).hasMessageContaining(first.label());
    }

    @Test
    void whatIsSettledStopsNobody() {
        keeper.hold(table, List.of(first));
        keeper.atWork(List.of(first));
        keeper.settled(first);
        keeper.renew();
        keeper.fence();
        assertThat(keeper.holds(first)).isFalse();
    }

    @Test
    void settledOutsideATransactionIsReleasedAtOnce() {
        keeper.hold(table, List.of(first));
        keeper.settled(first);
        assertThat(keeper.holds(first)).isFalse();
    }

    @Test
    void settledInATransactionIsReleasedByItsCommit() {
        TransactionSynchronizationManager.initSynchronization();
        keeper.hold(table, List.of(first));
        keeper.settled(first);
        // a rollback leaves it as it is: unsettled, and ours
        assertThat(keeper.holds(first)).isTrue();
        TransactionSynchronizationManager.getSynchronizations().forEach(TransactionSynchronization::afterCommit);
        assertThat(keeper.holds(first)).isFalse();
    }
}
