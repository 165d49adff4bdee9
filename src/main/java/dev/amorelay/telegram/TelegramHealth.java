package dev.amorelay.telegram;

import org.springframework.boot.actuate.health.AbstractHealthIndicator;
import org.springframework.boot.actuate.health.Health;
import org.springframework.stereotype.Component;

/** Detail of the management port's health: since when nothing can be sent to Telegram, why, what helps, and how much waits. */
@Component("telegramHealthIndicator")
class TelegramHealth extends AbstractHealthIndicator {

    private final TelegramTrouble trouble;

    TelegramHealth(TelegramTrouble trouble) {
        super("Telegram's state cannot be read");
        this.trouble = trouble;
    }

    /** Never red: the relay takes everything in, and messages wait. */
    @Override
    protected void doHealthCheck(Health.Builder builder) {
        builder.up().withDetail("waiting", trouble.waiting());
        trouble.look().ifPresentOrElse(known -> builder.withDetail("state", known.state()).withDetail("unreachableSince", known.since().toString())
                .withDetail("cause", known.cause()).withDetail("remedy", known.remedy()), () -> builder.withDetail("state", "ok"));
    }
}
