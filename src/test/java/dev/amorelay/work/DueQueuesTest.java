package dev.amorelay.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One question for all workers of a table. */
class DueQueuesTest {

    private static final Duration LONG = Duration.ofHours(1);
    private static final WorkQueue MAIL = new WorkQueue("mail", "");
    private static final WorkQueue LEADS = new WorkQueue("crm.lead", "default");

    private final List<Set<WorkQueue>> questions = new CopyOnWriteArrayList<>();
    private final ExecutorService workers = Executors.newCachedThreadPool();
    private volatile Set<WorkQueue> found = Set.of(LEADS);
    private volatile RuntimeException failure;
    private final MemoryTable table = new MemoryTable(new LeaseKeeper()) {
        @Override
        public Set<WorkQueue> due(Set<WorkQueue> queues) {
            questions.add(queues);
            if (failure != null) {
                throw failure;
            }
            return found;
        }
    };
    private final DueQueues due = new DueQueues(table);

    /** One that asks once an hour where it is told of changes all the time, and waits for a moment only. */
    private DueQueues.Look patient(WorkQueue queue) {
        return due.look(queue, LONG, Duration.ofMillis(20));
    }

    @AfterEach
    void stop() {
        workers.shutdownNow();
    }

    @Test
    void oneAnswerServesAllWhoAskInTime() throws Exception {
        DueQueues.Look mail = patient(MAIL);
        DueQueues.Look leads = patient(LEADS);
        DueQueues.Look leadsToo = patient(LEADS);

        assertThat(mail.await()).isFalse();
        assertThat(leads.await()).as("one that was not asked about").isTrue();
        assertThat(leadsToo.await()).isTrue();

        assertThat(questions).containsExactly(Set.of(MAIL), Set.of(MAIL, LEADS));
    }

    @Test
    void anAnswerIsActedUponOnceByEach() throws Exception {
        DueQueues.Look leads = patient(LEADS);
        assertThat(leads.await()).isTrue();
        assertThat(leads.await()).as("nobody has asked since").isFalse();

        assertThat(questions).hasSize(1);
    }

    @Test
    void whatAnotherNodeHasStoredIsFoundWithoutASignal() throws Exception {
        found = Set.of();
        DueQueues.Look leads = due.look(LEADS, Duration.ofMillis(1));
        while (leads.await()) {
            // until the beginning is answered
        }
        found = Set.of(LEADS);

        await().until(leads::await);
    }

    @Test
    void aCommitWakesOneWhoAsksForAll() throws Exception {
        found = Set.of();
        List<Future<Boolean>> told = Stream.of(MAIL, LEADS).map(queue -> due.look(queue, Duration.ZERO, LONG))
                .map(look -> workers.submit(look::await)).toList();
        await().until(() -> questions.contains(Set.of(MAIL, LEADS)));
        found = Set.of(MAIL, LEADS);

        due.askSoon();

        for (Future<Boolean> one : told) {
            assertThat(one.get()).isTrue();
        }
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void whoCommitsDoesNotWaitForATableThatIsSlow() throws Exception {
        CountDownLatch slow = new CountDownLatch(1);
        DueQueues behind = new DueQueues(new MemoryTable(new LeaseKeeper()) {
            @Override
            public Set<WorkQueue> due(Set<WorkQueue> queues) {
                questions.add(queues);
                try {
                    slow.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return queues;
            }
        });
        Future<Boolean> told = workers.submit(behind.look(MAIL, LONG, LONG)::await);
        await().until(() -> !questions.isEmpty());

        behind.askSoon();

        slow.countDown();
        assertThat(told.get()).isTrue();
    }

    @Test
    void asksNoOftenerThanTheyWant() throws Exception {
        DueQueues.Look leads = patient(LEADS);
        leads.await();

        due.askSoon();

        assertThat(leads.await()).isFalse();
        assertThat(questions).hasSize(1);
    }

    @Test
    void aFailureIsToldToAllAndForgottenWithTheNextQuestion() throws Exception {
        DueQueues.Look mail = patient(MAIL);
        DueQueues.Look mailToo = patient(MAIL);
        failure = new IllegalStateException("no database");
        assertThatThrownBy(mail::await).hasMessage("no database").satisfies(first -> assertThat(due.isNews(first)).isTrue());
        assertThatThrownBy(mailToo::await).hasMessage("no database").satisfies(same -> assertThat(due.isNews(same)).as("one line in the log").isFalse());
        assertThat(mail.await()).as("told once").isFalse();
        assertThat(questions).hasSize(1);
        failure = null;

        assertThat(patient(LEADS).await()).isTrue();
    }
}
