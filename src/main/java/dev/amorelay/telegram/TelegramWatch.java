package dev.amorelay.telegram;

import dev.amorelay.settings.RelaySettings;
import dev.amorelay.telegram.TelegramTrouble.Known;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * While Telegram cannot be reached, asks it every few seconds who the bot is, which costs no message anything, and lets the messages go
 * when it answers. For Prometheus: {@code relay_telegram_unreachable_seconds} (0 = all is well) and {@code relay_telegram_waiting}.
 */
@Component
public class TelegramWatch {

    private static final Logger LOG = LoggerFactory.getLogger(TelegramWatch.class);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final int EVERY = 5_000;

    private final TelegramTrouble trouble;
    private final BotApiClient client;
    private final URI whoAmI;
    private volatile Instant since;
    private volatile long waiting;
    private volatile Instant next = Instant.EPOCH;

    /**
     * @param trouble what is known
     * @param client asks
     * @param relay with the bot's token and the Bot API's address
     * @param registry gets the gauges
     */
    public TelegramWatch(TelegramTrouble trouble, BotApiClient client, RelaySettings relay, MeterRegistry registry) {
        this.trouble = trouble;
        this.client = client;
        this.whoAmI = URI.create(relay.telegram().baseUri() + "/bot" + relay.telegram().botToken() + "/getMe");
        Gauge.builder("relay.telegram.unreachable.seconds", this, TelegramWatch::seconds)
                .description("How long nothing can be sent to Telegram; 0 while all is well").register(registry);
        Gauge.builder("relay.telegram.waiting", this, watch -> watch.waiting)
                .description("Messages that wait for Telegram").register(registry);
    }

    private double seconds() {
        Instant begun = since;
        return begun == null ? 0 : Math.max(0, Duration.between(begun, Instant.now()).toMillis() / 1000.0);
    }

    /** Looks, and where something is wrong asks Telegram; the longer it lasts the rarer, once a minute at last. */
    @Scheduled(fixedDelay = EVERY, initialDelay = EVERY)
    public void look() {
        try {
            Optional<Known> known = trouble.look();
            since = known.map(Known::since).orElse(null);
            waiting = trouble.waiting();
            if (known.isPresent() && !Instant.now().isBefore(next)) {
                Duration pause = Duration.between(known.get().since(), Instant.now()).dividedBy(10);
                next = Instant.now().plus(pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause);
                ask();
            }
        } catch (DataAccessException e) {
            LOG.debug("Telegram's trouble cannot be looked at now", e);
        }
    }

    private void ask() {
        try {
            client.send(HttpRequest.newBuilder(whoAmI).GET().build(), BodyHandlers.discarding());
            trouble.end();
            since = null;
        } catch (DataAccessException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.debug("Telegram is not back yet: {}", e.getMessage());
        }
    }
}
