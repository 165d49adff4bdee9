package dev.amorelay.road;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.amorelay.delivery.Effect;
import dev.amorelay.delivery.Outbox;
import dev.amorelay.json.Json;
import dev.amorelay.webhooks.Event;
import dev.amorelay.webhooks.Inbox;
import dev.amorelay.work.LeaseKeeper;
import dev.amorelay.work.LeaseLost;
import dev.amorelay.work.Postponement;
import dev.amorelay.work.Refused;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/** Leases on the real table. */
class OutboxIT extends RunningRelay {

    /** A kind that no route serves. */
    private final String kind = "test." + UUID.randomUUID();

    @Autowired
    private Outbox outbox;

    @Autowired
    private Inbox inbox;

    @Autowired
    private TransactionTemplate inOneCommit;

    @Autowired
    private LeaseKeeper keeper;

    private void owe(int count) {
        for (int i = 0; i < count; i++) {
            outbox.owe(kind, kind + ":" + i, "subject", Json.object().put("number", i));
        }
    }

    private Effect claimOne() {
        List<Effect> claimed = outbox.claim(kind, "", 1);
        assertThat(claimed).hasSize(1);
        return claimed.get(0);
    }

    private void leaseEnds(Effect effect) {
        jdbc.update("UPDATE outbox SET locked_until = now() - interval '1 minute' WHERE id = ?", effect.id());
    }

    @Test
    void ofManyThatAreSettledTogetherALostOneIsLeftToItsNewWorker() {
        owe(3);
        List<Effect> claimed = outbox.claim(kind, "", 3);
        keeper.hold(outbox, claimed);
        leaseEnds(claimed.get(1));
        Effect taken = claimOne();

        List<Effect> ours = outbox.done(claimed, effect -> "result " + effect.id());

        assertThat(ours).containsExactly(claimed.get(0), claimed.get(2));
        assertThat(claimed).noneMatch(keeper::holds);
        assertThat(jdbc.queryForList("SELECT external_id FROM outbox WHERE kind = ? AND status = 'done'", String.class, kind))
                .containsExactlyInAnyOrder("result " + claimed.get(0).id(), "result " + claimed.get(2).id());
        outbox.done(taken, "its own");
        assertThat(jdbc.queryForObject("SELECT external_id FROM outbox WHERE id = ?", String.class, taken.id())).isEqualTo("its own");
    }

    @Test
    void anEffectThatCannotBeReadIsSetAsideAlone() {
        expectDead(kind);
        owe(2);
        for (String payload : List.of("('{\"a\":' || repeat('[', 1500) || repeat(']', 1500) || '}')::jsonb", "'[1]'", "'null'", "'\"text\"'")) {
            jdbc.update("INSERT INTO outbox (kind, dedupe_key, subject_id, payload) VALUES (?, ?, 'bad', " + payload + ")", kind, UUID.randomUUID().toString());
        }

        assertThat(outbox.claim(kind, "", 10)).extracting(Effect::subject).containsExactly("subject", "subject");

        assertThat(jdbc.queryForList("SELECT status || ' ' || last_error FROM outbox WHERE subject_id = 'bad' AND kind = ?", String.class, kind))
                .hasSize(4).allSatisfy(dead -> assertThat(dead).startsWith("dead its payload cannot be read"));
    }

    @Test
    void whatItsWorkersDieOverIsSetAsideInTheEndAndALeaseThatEndsWellCountsForNothing() {
        expectDead(kind);
        owe(1);
        outbox.postpone(claimOne(), new Postponement(Duration.ZERO, "the CRM is down", false, false));
        for (int lapses = 0; lapses < 10; lapses++) {
            Effect effect = claimOne();
            assertThat(effect.lapses()).isEqualTo(lapses);
            leaseEnds(effect);
        }

        assertThat(outbox.claim(kind, "", 1)).isEmpty();

        assertThat(jdbc.queryForObject("SELECT status || ' ' || in_doubt || ' ' || last_error FROM outbox WHERE kind = ?", String.class, kind))
                .startsWith("dead true 10 workers died over it");
    }

    /** Whoever kills a node kills all that it had claimed: of 64 one is to blame, or none. */
    @Test
    void whatWorkersDieOverIsClaimedInEverSmallerBatchesUntilOneIsAlone() {
        owe(64);
        List<Integer> together = new ArrayList<>();
        Set<Long> taken = new HashSet<>();
        for (int death = 0; death < 7; death++) {
            List<Effect> claimed = outbox.claim(kind, "", 64);
            together.add(claimed.size());
            taken.addAll(claimed.stream().map(Effect::id).toList());
            claimed.forEach(this::leaseEnds);
        }
        assertThat(together).containsExactly(64, 64, 16, 4, 1, 1, 1);
        assertThat(taken).hasSize(64);

        List<Effect> poison = outbox.claim(kind, "", 64);
        assertThat(poison).singleElement().satisfies(one -> assertThat(one.lapses()).isEqualTo(7));
        List<Effect> others = new ArrayList<>();
        for (List<Effect> some = outbox.claim(kind, "", 64); !some.isEmpty(); some = outbox.claim(kind, "", 64)) {
            assertThat(some.stream().map(Effect::lapses).distinct()).as("who have seen as many deaths").hasSize(1);
            others.addAll(some);
        }
        assertThat(others).hasSize(63).allSatisfy(one -> assertThat(one.lapses()).isLessThan(5));
    }

    @Test
    void whatIsNewIsNotClaimedWithWhatWorkersDiedOver() {
        owe(3);
        for (int death = 0; death < 2; death++) {
            outbox.claim(kind, "", 100).forEach(this::leaseEnds);
        }
        outbox.owe(kind, kind + ":new", "new", Json.object());

        assertThat(outbox.claim(kind, "", 100)).hasSize(3).noneMatch(one -> one.subject().equals("new"));
        assertThat(outbox.claim(kind, "", 100)).extracting(Effect::subject).containsExactly("new");
    }

    @Test
    void oddPayloadsAreOwedAndClaimed() {
        outbox.owe(kind, kind, "odd", Json.object().put("n".repeat(60_000), 1).set("number", Json.read("[1e2000, 1e-2000]")));
        assertThat(claimOne().payload()).containsEntry("number", List.of("1E+2000", "1E-2000"));
    }

    @Test
    void whatIsHandedOverWaitsForTheOtherRouteAtOnce() {
        owe(2);
        List<Effect> claimed = outbox.claim(kind, "", 2);
        keeper.hold(outbox, claimed);

        outbox.handOver(claimed, kind + ".next");

        assertThat(claimed).noneMatch(keeper::holds);
        assertThat(outbox.claim(kind, "", 2)).isEmpty();
        assertThat(outbox.claim(kind + ".next", "", 2)).extracting(Effect::key, Effect::attempts, Effect::inDoubt)
                .containsExactly(tuple(kind + ":0", 1, false), tuple(kind + ":1", 1, false));
    }

    @Test
    void aTurnThatWasNotTakenIsNoAttempt() {
        owe(1);
        outbox.postpone(claimOne(), new Postponement(Duration.ZERO, null, false, false));
        Effect second = claimOne();
        assertThat(second.attempts()).isEqualTo(1);

        outbox.postpone(second, new Postponement(Duration.ZERO, "the CRM is down", false, false));
        assertThat(claimOne().attempts()).isEqualTo(2);
    }

    @Test
    void manyThatWaitForTheSameAreEachPutOffByTheirOwnTimeAndALostOneIsLeft() {
        owe(3);
        List<Effect> claimed = outbox.claim(kind, "", 3);
        keeper.hold(outbox, claimed);
        leaseEnds(claimed.get(2));
        Effect taken = claimOne();

        outbox.postponeAll(Map.of(claimed.get(0), Duration.ZERO, claimed.get(1), Duration.ofHours(1), claimed.get(2), Duration.ZERO),
                "the breaker is open", false, false);

        assertThat(claimed).noneMatch(keeper::holds);
        assertThat(outbox.claim(kind, "", 3)).singleElement().satisfies(next -> {
            assertThat(next.id()).isEqualTo(claimed.get(0).id());
            assertThat(next.attempts()).as("nothing was tried").isEqualTo(1);
        });
        outbox.done(taken);
        assertThat(jdbc.queryForObject("SELECT last_error FROM outbox WHERE id = ?", String.class, claimed.get(1).id()))
                .isEqualTo("the breaker is open");
    }

    @Test
    void aKeyIsOwedOnce() {
        assertThat(outbox.owe(kind, kind, "subject", Json.object())).isTrue();
        assertThat(outbox.owe(kind, kind, "subject", Json.object())).isFalse();
    }

    @Test
    void eightWorkersGetEachEffectOnce() throws Exception {
        owe(200);
        Callable<List<Long>> worker = () -> {
            List<Long> mine = new ArrayList<>();
            for (List<Effect> some = outbox.claim(kind, "", 7); !some.isEmpty(); some = outbox.claim(kind, "", 7)) {
                some.forEach(effect -> mine.add(effect.id()));
            }
            return mine;
        };
        ExecutorService workers = Executors.newFixedThreadPool(8);
        List<Long> all = new ArrayList<>();
        try {
            for (Future<List<Long>> claimed : workers.invokeAll(java.util.Collections.nCopies(8, worker))) {
                all.addAll(claimed.get());
            }
        } finally {
            workers.shutdown();
        }

        assertThat(all).hasSize(200).doesNotHaveDuplicates();
    }

    @Test
    void aDeadWorkersEffectComesBackInDoubt() {
        owe(1);
        Effect first = claimOne();
        assertThat(first.inDoubt()).isFalse();
        assertThat(outbox.claim(kind, "", 1)).isEmpty();

        leaseEnds(first);

        Effect second = claimOne();
        assertThat(second.id()).isEqualTo(first.id());
        assertThat(second.inDoubt()).isTrue();
        assertThat(second.attempts()).isEqualTo(2);
    }

    @Test
    void aStaleAttemptCannotWriteItsResultOverTheNewOne() {
        owe(1);
        Effect stale = claimOne();
        leaseEnds(stale);
        Effect fresh = claimOne();

        assertThatThrownBy(() -> outbox.done(stale, "stale")).isInstanceOf(LeaseLost.class);
        assertThat(outbox.renew(List.of(stale))).isEmpty();
        outbox.done(fresh, "fresh");

        assertThat(jdbc.queryForObject("SELECT external_id FROM outbox WHERE id = ?", String.class, fresh.id())).isEqualTo("fresh");
    }

    /** As a node does that was stopped for longer than its lease lasts, and then woken. */
    @Test
    void aStalledWorkerThatWakesWritesNeitherItsResultNorWhatBelongsToIt() {
        owe(1);
        Effect stalled = claimOne();
        leaseEnds(stalled);
        Effect fresh = claimOne();

        assertThatThrownBy(() -> inOneCommit.executeWithoutResult(commit -> {
            jdbc.update("INSERT INTO clients (name) VALUES (?)", kind);
            outbox.owe(kind, kind + ":next", "subject", Json.object());
            outbox.done(stalled, "stale");
        })).isInstanceOf(LeaseLost.class);
        assertThatThrownBy(() -> outbox.postpone(stalled, new Postponement(Duration.ZERO, "stale", true, true))).isInstanceOf(LeaseLost.class);
        assertThatThrownBy(() -> outbox.bury(stalled, "stale")).isInstanceOf(LeaseLost.class);
        assertThatThrownBy(() -> outbox.skip(stalled, "stale")).isInstanceOf(LeaseLost.class);

        assertThat(jdbc.queryForObject("SELECT count(*) FROM clients WHERE name = ?", Long.class, kind)).isZero();
        assertThat(jdbc.queryForObject("SELECT count(*) FROM outbox WHERE kind = ?", Long.class, kind)).isEqualTo(1);
        assertThat(jdbc.queryForMap("SELECT status, lease, failures FROM outbox WHERE id = ?", fresh.id()))
                .containsEntry("status", "pending").containsEntry("lease", fresh.lease()).containsEntry("failures", 0);
        outbox.done(fresh, "fresh");
    }

    @Test
    void aDeadWorkersEffectIsTakenWithinTenSeconds() {
        owe(1);
        Effect lost = claimOne();
        long begin = System.nanoTime();

        soon().until(() -> outbox.claim(kind, "", 1).stream().anyMatch(effect -> effect.id() == lost.id()));

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isBetween(Duration.ofSeconds(6), Duration.ofSeconds(10));
    }

    /** What a dead worker has asked amoCRM for may be under way yet when its lease ends. */
    @Test
    void aDeadWorkersCallIsLookedForWhenTheCrmIsDoneWithIt() {
        String call = "crm." + kind;
        outbox.owe(call, "", call + ":1", "subject", Json.object());
        Effect lost = outbox.claim(call, "", 1).get(0);

        jdbc.update("UPDATE outbox SET locked_until = now() - interval '10 s' WHERE id = ?", lost.id());
        assertThat(outbox.claim(call, "", 1)).isEmpty();
        jdbc.update("UPDATE outbox SET locked_until = now() - interval '14 s' WHERE id = ?", lost.id());
        assertThat(outbox.claim(call, "", 1)).singleElement().satisfies(again -> assertThat(again.inDoubt()).isTrue());
    }

    /** Renewal and settlement of the same events meet: the one that comes second waits for the first, and finds its rows. */
    @Test
    void aRenewalAtTheMomentOfASettlementCostsNoLease() throws Exception {
        String account = "account-" + UUID.randomUUID();
        jdbc.update("INSERT INTO amocrm_webhook_events (event_type, entity_type, event_hash, payload, account)"
                + " SELECT 'test', 'test', ? || n, '{}', ? FROM generate_series(1, 3000) n", account, account);
        jdbc.execute("ANALYZE amocrm_webhook_events");
        List<Event> events = inbox.claim("amocrm", account, 200);
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            Future<?> settled = inOneCommit.execute(renewal -> {
                assertThat(inbox.renew(events)).hasSize(200);
                Future<?> settlement = other.submit(() -> inOneCommit.executeWithoutResult(own -> {
                    // as the planner chooses for a table of some size
                    jdbc.execute("SET LOCAL enable_hashjoin = off");
                    jdbc.execute("SET LOCAL enable_mergejoin = off");
                    inbox.done(events);
                }));
                soon().until(() -> jdbc.queryForObject("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'", Long.class) > 0);
                return settlement;
            });
            settled.get();
        } finally {
            other.shutdown();
        }
        assertThat(jdbc.queryForObject("SELECT count(*) FROM amocrm_webhook_events WHERE account = ? AND outcome = 'done'", Long.class, account))
                .isEqualTo(200);
        // nobody serves this account: whoever waits for an empty inbox would wait for ever
        jdbc.update("DELETE FROM amocrm_webhook_events WHERE account = ?", account);
    }

    @Test
    void aLivingWorkersLeaseIsRenewed() {
        owe(1);
        Effect effect = claimOne();
        keeper.hold(outbox, List.of(effect));
        try {
            Timestamp first = lockedUntil(effect);
            soon().until(() -> lockedUntil(effect).after(first));
            assertThat(keeper.holds(effect)).isTrue();
        } finally {
            keeper.release(effect);
        }
    }

    private Timestamp lockedUntil(Effect effect) {
        return jdbc.queryForObject("SELECT locked_until FROM outbox WHERE id = ?", Timestamp.class, effect.id());
    }

    @Test
    void aPostponedEffectWaitsAndIsNotInDoubt() {
        owe(1);
        outbox.postpone(claimOne(), new Postponement(Duration.ofHours(1), "down", false, false));
        assertThat(outbox.claim(kind, "", 1)).isEmpty();

        jdbc.update("UPDATE outbox SET next_attempt_at = now() WHERE kind = ?", kind);

        Effect again = claimOne();
        assertThat(again.inDoubt()).isFalse();
        assertThat(again.failures()).isZero();
    }

    @Test
    void whatIsSetAsideIsNotClaimedAndSaysWhy() {
        expectDead(kind);
        owe(1);
        Effect effect = claimOne();
        outbox.bury(effect, "поле price: InvalidType");

        assertThat(outbox.claim(kind, "", 1)).isEmpty();
        assertThat(jdbc.queryForMap("SELECT status, last_error FROM outbox WHERE id = ?", effect.id()))
                .containsEntry("status", "dead").containsEntry("last_error", "поле price: InvalidType");
    }

    @Test
    void aResultThatIsRolledBackLeavesTheEffectOwed() {
        owe(1);
        Effect effect = claimOne();

        assertThatThrownBy(() -> inOneCommit.executeWithoutResult(commit -> {
            outbox.done(effect, "never");
            throw new IllegalStateException("the process dies here");
        })).isInstanceOf(IllegalStateException.class);

        assertThat(jdbc.queryForObject("SELECT status FROM outbox WHERE id = ?", String.class, effect.id())).isEqualTo("pending");
    }

    @Test
    void anUnknownOutcomeIsRepeatedAtMostOnce() {
        owe(1);
        outbox.postpone(claimOne(), new Postponement(Duration.ZERO, "silence", false, true));
        Effect repeat = claimOne();
        outbox.repeatAtMostOnce(repeat);
        outbox.postpone(repeat, new Postponement(Duration.ZERO, "silence", false, true));

        Effect third = claimOne();
        assertThatThrownBy(() -> outbox.repeatAtMostOnce(third)).isInstanceOf(Refused.class);
    }
}
