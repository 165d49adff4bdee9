package dev.amorelay.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.amorelay.database.RealTables;
import dev.amorelay.json.Json;
import dev.amorelay.work.LeaseKeeper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A start is over when its tasks are done and what they owe is settled, and not before. */
class StartupWorkIT extends RealTables {

    private static final String LOOK = "crm.hook-watch";
    private final Outbox outbox = new Outbox(jdbc, new LeaseKeeper());
    private final StartupWork start = new StartupWork(jdbc);

    @BeforeEach
    void aStart() {
        jdbc.execute("TRUNCATE outbox");
        start.expect("beat", LOOK);
    }

    private void owe(String kind) {
        outbox.owe(kind, "default", kind, "default", Json.object());
    }

    @Test
    void whatATaskOwesIsPartOfIt() {
        assertThat(start.left()).containsExactly("beat");
        owe(LOOK);
        owe("crm.lead");
        start.done("beat");
        assertThat(start.left()).containsExactly(LOOK + " of default");

        outbox.claim(LOOK, "default", 1).forEach(look -> {
            assertThat(start.left()).as("under way").containsExactly(LOOK + " of default");
            outbox.done(look, null);
        });
        assertThat(start.left()).isEmpty();
        assertThat(new StartupHealth(start).health().getDetails()).containsEntry("over", true);

        jdbc.update("UPDATE outbox SET status = 'pending'");
        assertThat(start.left()).as("an hour later a look is owed by the clock").isEmpty();
    }

    @Test
    void aTaskIsDoneWithItsCommitOnly() {
        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> {
            start.done("beat");
            throw new IllegalStateException("rolled back");
        })).hasMessage("rolled back");
        assertThat(start.left()).containsExactly("beat");

        transaction.executeWithoutResult(status -> {
            start.done("beat");
            assertThat(start.left()).containsExactly("beat");
        });
        assertThat(start.left()).isEmpty();
    }
}
