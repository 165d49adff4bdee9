package dev.amorelay.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** One row never holds up another. */
class UnfitRowsTest {

    private final LeaseKeeper keeper = new LeaseKeeper();
    private final MemoryTable table = new MemoryTable(keeper);

    @Test
    void whatNobodyCanWorkOnIsSetAsideAndTheOthersStayInTheirOrder() {
        List<Row> fit = UnfitRows.setAside(table, List.of(ClaimedRow.of(new Row(1)), new ClaimedRow<>(new Row(2), "its payload cannot be read"),
                ClaimedRow.of(new Row(3, 1, 40, 7, ClaimedRow.MOST_LAPSES - 1)), ClaimedRow.of(new Row(4, 1, 40, 0, ClaimedRow.MOST_LAPSES))));

        assertThat(fit).extracting(Row::id).containsExactly(1L, 3L);
        assertThat(table.settled).extracting(settled -> settled.row() + " " + settled.outcome() + " " + settled.reason()).containsExactly(
                "2 dead its payload cannot be read", "4 dead 10 workers died over it, or lost it, without settling it: it may have arrived");
    }

    @Test
    void whatCannotBeSetAsideNowHoldsUpNobodyEither() {
        table.taken.add(2L);
        assertThat(UnfitRows.setAside(table, List.of(new ClaimedRow<>(new Row(2), "unreadable"), ClaimedRow.of(new Row(3)))))
                .extracting(Row::id).containsExactly(3L);
    }
}
