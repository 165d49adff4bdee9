package dev.amorelay.delivery;

import dev.amorelay.work.LeaseKeeper;
import dev.amorelay.work.LeaseLost;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Gives effects back whose kind waits as a whole: each keeps its place among the others, and its attempt does not count. */
@Component
public class KeptPlaces {

    private final JdbcTemplate jdbc;
    private final LeaseKeeper keeper;

    /**
     * @param jdbc the relay's database
     * @param keeper told of settled effects
     */
    public KeptPlaces(JdbcTemplate jdbc, LeaseKeeper keeper) {
        this.jdbc = jdbc;
        this.keeper = keeper;
    }

    /**
     * Gives back an effect that was not tried.
     *
     * @param effect a claimed effect
     * @param reason why it was not tried
     * @throws LeaseLost when another worker has claimed it meanwhile
     */
    public void keep(Effect effect, String reason) {
        if (jdbc.update("""
                UPDATE outbox SET status = 'failed', last_error = ?, attempts = attempts - 1, lease = NULL, locked_until = NULL
                WHERE id = ? AND lease = ?""", reason, effect.id(), effect.lease()) == 0) {
            throw new LeaseLost(effect);
        }
        keeper.settled(effect);
    }
}
