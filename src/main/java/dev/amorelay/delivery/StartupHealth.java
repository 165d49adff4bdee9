package dev.amorelay.delivery;

import java.util.List;
import org.springframework.boot.actuate.health.AbstractHealthIndicator;
import org.springframework.boot.actuate.health.Health;
import org.springframework.stereotype.Component;

/** Detail of the management port's health: whether the start is over, and what is left of it. It is never red: the doors are open. */
@Component("startupHealthIndicator")
class StartupHealth extends AbstractHealthIndicator {

    private final StartupWork work;

    StartupHealth(StartupWork work) {
        super("what is left of the start is unknown");
        this.work = work;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        List<String> left = work.left();
        health.up().withDetail("over", left.isEmpty()).withDetail("left", left);
    }
}
