package dev.amorelay.road;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.amorelay.delivery.Outbox;
import dev.amorelay.json.Json;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** A node that stands still in the middle of a commit: its rows are not held for as long as it stands. */
class FrozenCommitIT extends RunningRelay {

    @Autowired
    private ApplicationContext context;

    @Autowired
    private Outbox outbox;

    @ParameterizedTest
    @ValueSource(strings = {"dataSource", "doorDataSource"})
    void itsRowsAreFreeAfterSomeSeconds(String pool) throws SQLException {
        String kind = "test." + UUID.randomUUID();
        outbox.owe(kind, "", kind, "subject", Json.object());
        try (Connection frozen = context.getBean(pool, DataSource.class).getConnection()) {
            frozen.setAutoCommit(false);
            try (Statement statement = frozen.createStatement()) {
                statement.executeUpdate("UPDATE outbox SET last_error = 'frozen' WHERE kind = '" + kind + "'");
            }
            long begin = System.nanoTime();
            // waits for the row
            jdbc.update("UPDATE outbox SET status = 'skipped', last_error = 'free' WHERE kind = ?", kind);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isBetween(Duration.ofSeconds(3), Duration.ofSeconds(9));
            assertThatThrownBy(frozen::commit).as("what the frozen node wakes up with").isInstanceOf(SQLException.class);
        } catch (SQLException alreadyClosed) {
            // the pool may meet the broken connection when it is given back
            assertThat(alreadyClosed.getSQLState()).startsWith("08");
        }
        assertThat(jdbc.queryForList("SELECT last_error FROM outbox WHERE kind = ?", String.class, kind)).isEqualTo(List.of("free"));
    }
}
