package dev.amorelay.replay;

import org.springframework.boot.actuate.health.AbstractHealthIndicator;
import org.springframework.boot.actuate.health.Health;
import org.springframework.stereotype.Component;

/** Detail of the management port's health: what is paused and how much is set aside. Neither makes it red. */
@Component("queueHealthIndicator")
class QueueHealth extends AbstractHealthIndicator {

    private final Queue queue;
    private final PausedKinds paused;

    QueueHealth(Queue queue, PausedKinds paused) {
        super("the queue cannot be counted");
        this.queue = queue;
        this.paused = paused;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        var lines = queue.lines();
        builder.up().withDetail("paused", paused.all().keySet())
                .withDetail("waiting", lines.stream().filter(line -> !line.state().equals("dead")).mapToLong(Queue.Line::count).sum())
                .withDetail("dead", lines.stream().filter(line -> line.state().equals("dead")).mapToLong(Queue.Line::count).sum());
    }
}
