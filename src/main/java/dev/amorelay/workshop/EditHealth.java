package dev.amorelay.workshop;

import org.springframework.boot.actuate.health.AbstractHealthIndicator;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.Status;
import org.springframework.stereotype.Component;

/**
 * Part {@code routes} of the management port's health: how the last edit went, and what is wrong with it. A refused edit makes this
 * part {@code EDIT_REFUSED} and leaves the whole as it is, since the routes from before run on.
 */
@Component("routesHealthIndicator")
class EditHealth extends AbstractHealthIndicator {

    static final Status REFUSED = new Status("EDIT_REFUSED");

    private final EditBoard board;

    EditHealth(EditBoard board) {
        this.board = board;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        EditState state = board.state();
        builder.status(state.isBad() ? REFUSED : Status.UP).withDetail("live", state.kind() != EditState.Kind.OFF)
                .withDetail("state", state.kind()).withDetail("since", state.at()).withDetail("message", state.message())
                .withDetail("findings", state.findings().stream().map(Finding::toString).toList());
    }
}
