package dev.amorelay.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.amorelay.work.MemoryTable.Settled;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.transaction.TransactionSystemException;

class FailurePolicyTest {

    private final LeaseKeeper keeper = new LeaseKeeper();
    private final MemoryTable table = new MemoryTable(keeper);
    private final FailurePolicy failures = new FailurePolicy(keeper);

    private Row held(Row row) {
        keeper.hold(table, List.of(row));
        return row;
    }

    private Settled settled() {
        assertThat(table.settled).hasSize(1);
        return table.settled.get(0);
    }

    @Test
    void whatWasNotTriedWaitsForAMomentHoweverOftenItWasClaimed() {
        failures.waitForThem(List.of(held(new Row(1, 1, 500, 0))), new Later("the breaker is open", null) {
            @Override
            public boolean isNotTried() {
                return true;
            }
        });
        assertThat(table.settled).singleElement().satisfies(settled ->
                assertThat(settled.postponement().delay()).isLessThanOrEqualTo(Duration.ofMillis(1500)));
        assertThat(failures.metClosedWay()).isTrue();
        assertThat(failures.metClosedWay()).as("told once").isFalse();
    }

    @Test
    void whatWasTriedSaysNothingOfTheWay() {
        failures.waitForThem(List.of(held(new Row(1))), new Later("amoCRM answers 500", null));
        assertThat(failures.metClosedWay()).isFalse();
    }

    @Test
    void whatIsSlowedDownTogetherWaitsNoLongerEachTime() {
        failures.settle(held(new Row(1, 1, 500, 0)), new Later("429", null) {
            @Override
            public boolean isPaced() {
                return true;
            }
        });
        assertThat(settled().postponement().delay()).isLessThanOrEqualTo(Duration.ofMillis(1500));
    }

    @Test
    void refusedIsSetAside() {
        Row row = held(new Row(1));
        failures.settle(row, new IOException("wrapped", new Refused("status_id: NotSupportedChoice")));
        assertThat(settled()).isEqualTo(new Settled(1, "dead", "status_id: NotSupportedChoice", null));
        assertThat(keeper.holds(row)).isFalse();
    }

    @Test
    void reasonsAreMasked() {
        failures.settle(held(new Row(1)), new Refused("no chat with +79991234567"));
        assertThat(settled().reason()).startsWith("no chat with ").doesNotContain("1234567");
    }

    @Test
    void downWaitsAndCountsNothing() {
        failures.settle(held(new Row(1, 1, 500, 7)), new Later("amoCRM не отвечает", null));
        Postponement postponement = settled().postponement();
        assertThat(postponement.ownFault()).isFalse();
        assertThat(postponement.inDoubt()).isFalse();
        assertThat(postponement.reason()).isEqualTo("amoCRM не отвечает");
        assertThat(postponement.delay()).isBetween(Duration.ofSeconds(150), Duration.ofSeconds(450));
    }

    static Stream<Exception> aDatabaseThatHasGone() {
        return Stream.of(new TransactionSystemException("JDBC rollback failed", new SQLException("Connection is closed")),
                new UncategorizedSQLException("task", null, new SQLException("Connection is closed")),
                new TransactionSystemException("JDBC commit failed", new SQLException("terminating connection", "57P01")),
                new IllegalStateException(new SQLException("An I/O error occurred", "08006")));
    }

    /** Else what was under way when the database was killed would be tried alone ever after, and after eight such times be dead. */
    @ParameterizedTest
    @MethodSource
    void aDatabaseThatHasGone(Exception failure) {
        failures.settle(List.of(held(new Row(1, 1, 1, 7))), failure);
        assertThat(settled().postponement().ownFault()).isFalse();
        assertThat(settled().postponement().inDoubt()).as("the commit may have been its last word").isTrue();
    }

    /** Two hundred rows by themselves would take seconds of commits, when everything waits for the database that has just come back. */
    @Test
    void whatADatabaseThatHasGoneLeavesIsGivenBackTogetherAndSoon() {
        List<Claimed> rows = List.of(held(new Row(1, 1, 500, 0)), held(new Row(2)), held(new Row(3)));
        failures.tryAgain(rows, new IllegalStateException(new SQLException("An I/O error occurred", "08006")));
        assertThat(table.together).containsExactly(3);
        assertThat(table.settled).hasSize(3).allSatisfy(settled ->
                assertThat(settled.postponement().delay()).isEqualTo(table.restAfterCut()));
    }

    /** What is given up unsettled comes back in doubt by the end of its lease; after two such ends each row is tried alone. */
    @Test
    void whoCannotSettleWaitsForTheDatabase() {
        table.away.add(new CannotGetJdbcConnectionException("no connection", new SQLTransientConnectionException("timed out after 1200 ms")));
        table.away.add(new DataAccessResourceFailureException("terminated", new SQLException("terminating connection", "57P01")));
        failures.waitForThem(List.of(held(new Row(1)), held(new Row(2))), new Later("down", null));
        assertThat(table.settled).extracting(Settled::outcome).containsExactly("postponed", "postponed");
    }

    @Test
    void whoMeetsAnotherFaultDoesNotWait() {
        table.away.add(new DataIntegrityViolationException("value too long", new SQLException("value too long", "22001")));
        assertThatThrownBy(() -> failures.waitForThem(List.of(held(new Row(1))), new Later("down", null)))
                .isInstanceOf(DataIntegrityViolationException.class);
    }

    @Test
    void whatTheDatabaseRefusesIsTheRowsOwn() {
        failures.settle(List.of(held(new Row(1))), new TransactionSystemException("JDBC commit failed",
                new SQLException("duplicate key", "23505")));
        assertThat(settled().postponement().ownFault()).isTrue();
    }

    @Test
    void askedPauseIsKept() {
        failures.settle(held(new Row(1)), new Later("429", Duration.ofMinutes(20)));
        assertThat(settled().postponement().delay()).isEqualTo(Duration.ofMinutes(20));
    }

    @Test
    void shortPauseDoesNotMakeItFaster() {
        failures.settle(held(new Row(1, 1, 30, 0)), new Later("429", Duration.ofSeconds(1)));
        assertThat(settled().postponement().delay()).isGreaterThanOrEqualTo(Duration.ofSeconds(150));
    }

    @Test
    void unknownOutcomeIsRemembered() {
        failures.settle(held(new Row(1)), new Later("504", null) {
            @Override
            public boolean inDoubt() {
                return true;
            }
        });
        assertThat(settled().postponement().inDoubt()).isTrue();
    }

    @Test
    void databaseTroubleIsNotTheRowsFault() {
        failures.settle(held(new Row(1, 1, 1, 7)), new CannotAcquireLockException("deadlock"));
        failures.settle(held(new Row(2, 1, 1, 7)), new CannotGetJdbcConnectionException("database is down"));
        assertThat(table.settled).extracting(Settled::outcome).containsExactly("postponed", "postponed");
        assertThat(table.settled).allSatisfy(settled -> {
            assertThat(settled.postponement().ownFault()).isFalse();
            // the effect may have been performed before its row could be settled
            assertThat(settled.postponement().inDoubt()).isTrue();
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 6})
    void anythingElseIsTriedAgain(int before) {
        failures.settle(held(new Row(1, 1, 90, before)), new DataIntegrityViolationException("value too long"));
        Postponement postponement = settled().postponement();
        assertThat(postponement.ownFault()).isTrue();
        assertThat(postponement.inDoubt()).isTrue();
        assertThat(postponement.reason()).isEqualTo("DataIntegrityViolationException: value too long");
        // by its own failures, not by the attempts made while the other side was down
        assertThat(postponement.delay()).isLessThanOrEqualTo(Duration.ofMillis(1500L << before));
    }

    @Test
    void theEighthFailureIsTheLast() {
        failures.settle(held(new Row(1, 1, 8, 7)), new IllegalStateException("wrapped", new NumberFormatException("x")));
        assertThat(settled()).isEqualTo(new Settled(1, "dead", "NumberFormatException: x", null));
    }

    @Test
    void lostLeaseWritesNothing() {
        Row row = held(new Row(1));
        failures.settle(row, new IllegalStateException("wrapped", new LeaseLost(row)));
        assertThat(table.settled).isEmpty();
        assertThat(keeper.holds(row)).isFalse();
    }

    @Test
    void settledRowsArePassedOver() {
        Row open = held(new Row(2));
        List<Claimed> rows = List.of(new Row(1), open);
        failures.waitForThem(rows, new Later("down", null));
        failures.setAside(rows, new Refused("no"));
        failures.tryAgain(rows, new IllegalStateException("x"));
        assertThat(table.settled).extracting(Settled::row, Settled::outcome)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(2L, "postponed"));
    }

    @Test
    void everyRowOfABatchWaits() {
        List<Claimed> rows = new ArrayList<>(List.of(held(new Row(1)), held(new Row(2))));
        failures.waitForThem(rows, new Later("down", null));
        assertThat(table.settled).extracting(Settled::outcome).containsExactly("postponed", "postponed");
    }

    @Test
    void aRefusalBlamesNoBatch() {
        List<Claimed> rows = List.of(held(new Row(1)), held(new Row(2)));
        failures.setAside(rows, new Refused("contact: InvalidType"));
        assertThat(table.settled).extracting(Settled::outcome).containsExactly("postponed", "postponed");
        assertThat(table.settled).allMatch(settled -> settled.postponement().ownFault());
    }

    @Test
    void aRefusalBlamesTheOnlyOneThatIsOpen() {
        failures.setAside(List.of(new Row(1), held(new Row(2)), new Row(3)), new Refused("no"));
        assertThat(settled()).isEqualTo(new Settled(2, "dead", "no", null));
    }
}
