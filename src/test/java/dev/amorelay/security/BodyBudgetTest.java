package dev.amorelay.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class BodyBudgetTest {

    private static final int LARGE = BodyBudget.SMALL + 1;

    private final BodyBudget budget = new BodyBudget(2_000_000);

    @Test
    void theFirstAlwaysFitsAndTheSecondOnlyWhereThereIsRoom() {
        BodyBudget.Lease first = budget.open();
        assertThat(first.take(5_000_000)).isTrue();
        assertThat(first.read()).isTrue();
        BodyBudget.Lease second = budget.open();
        assertThat(second.take(LARGE)).isFalse();
        second.close();
        assertThat(budget.open().take(1000)).as("small ones have a half of their own").isTrue();
        first.close();
        assertThat(budget.open().take(LARGE)).isTrue();
    }

    @Test
    void whatGrowsLargeLeavesTheRoomOfTheSmall() {
        try (BodyBudget.Lease lease = budget.open()) {
            for (int i = 0; i < 10; i++) {
                assertThat(lease.take(10_000)).isTrue();
            }
            assertThat(budget.held()).isEqualTo(100_000);
        }
        assertThat(budget.held()).isZero();
    }

    @Test
    void readingIsCountedToo() {
        List<BodyBudget.Lease> held = new ArrayList<>();
        int fitted = 0;
        for (int i = 0; i < 1000; i++) {
            BodyBudget.Lease lease = budget.open();
            held.add(lease);
            fitted += lease.take(10_000) && lease.read() ? 1 : 0;
        }
        assertThat(fitted).isEqualTo(3);
        held.forEach(BodyBudget.Lease::close);
        assertThat(budget.held()).isZero();
    }

    @Test
    void nothingIsLeftHeldHoweverManyComeAtOnce() throws Exception {
        ExecutorService doors = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                int bytes = i * 700;
                all.add(doors.submit(() -> {
                    try (BodyBudget.Lease lease = budget.open()) {
                        if (lease.take(bytes / 2) && lease.take(bytes - bytes / 2)) {
                            lease.read();
                        }
                    }
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            doors.shutdown();
        }
        assertThat(budget.held()).isZero();
    }
}
