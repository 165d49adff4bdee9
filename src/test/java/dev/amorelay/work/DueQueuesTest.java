package dev.amorelay.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** One question for all workers of a table. */
class DueQueuesTest {

    private static final Duration LONG = Duration.ofHours(1);
    private static final WorkQueue MAIL = new WorkQueue("mail", "");
    private static final WorkQueue LEADS = new WorkQueue("crm.lead", "default");

    private final List<Set<WorkQueue>> questions = new ArrayList<>();
    private RuntimeException failure;
    private final DueQueues due = new DueQueues(new MemoryTable(new LeaseKeeper()) {
        @Override
        public Set<WorkQueue> due(Set<WorkQueue> queues) {
            questions.add(queues);
            if (failure != null) {
                throw failure;
            }
            return queues.contains(LEADS) ? Set.of(LEADS) : Set.of();
        }
    });

    @Test
    void oneAnswerServesAllWhoAskInTime() {
        due.contains(MAIL, LONG);
        assertThat(due.contains(LEADS, LONG)).as("one that was not asked about").isTrue();
        assertThat(due.contains(MAIL, LONG)).isFalse();
        assertThat(due.contains(LEADS, LONG)).isTrue();

        assertThat(questions).containsExactly(Set.of(MAIL), Set.of(MAIL, LEADS));
    }

    @Test
    void whoWantsItFresherAsksAgain() {
        due.contains(MAIL, LONG);
        due.contains(MAIL, Duration.ofNanos(-1));

        assertThat(questions).hasSize(2);
    }

    @Test
    void aFailureIsToldToAllAndForgottenWithTheNextQuestion() {
        failure = new IllegalStateException("no database");
        assertThatThrownBy(() -> due.contains(MAIL, LONG)).hasMessage("no database");
        assertThatThrownBy(() -> due.contains(MAIL, LONG)).hasMessage("no database");
        assertThat(questions).hasSize(1);
        failure = null;

        assertThat(due.contains(LEADS, LONG)).isTrue();
    }
}
