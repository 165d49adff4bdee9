package dev.amorelay.replay;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * The queue for Prometheus, looked at every 15 s: {@code relay_queue{kind, account, state}},
 * {@code relay_queue_oldest_seconds{kind, account, state}} and {@code relay_kind_paused{kind}} (1 or 0).
 */
@Component
class QueueMetrics {

    private static final Logger LOG = LoggerFactory.getLogger(QueueMetrics.class);

    private final Queue queue;
    private final PausedKinds paused;
    private final MultiGauge counts;
    private final MultiGauge ages;
    private final MultiGauge pauses;

    QueueMetrics(Queue queue, PausedKinds paused, MeterRegistry registry) {
        this.queue = queue;
        this.paused = paused;
        this.counts = MultiGauge.builder("relay.queue").description("Work that waits or is set aside").register(registry);
        this.ages = MultiGauge.builder("relay.queue.oldest.seconds").description("Age of the oldest of it").register(registry);
        this.pauses = MultiGauge.builder("relay.kind.paused").description("Whether a kind of work is paused").register(registry);
    }

    @Scheduled(fixedDelay = 15_000, initialDelay = 5_000)
    void look() {
        try {
            List<Row<?>> now = new ArrayList<>();
            List<Row<?>> old = new ArrayList<>();
            for (Queue.Line line : queue.lines()) {
                Tags tags = Tags.of("kind", line.kind(), "account", line.account(), "state", line.state());
                now.add(Row.of(tags, line.count()));
                old.add(Row.of(tags, line.oldestSeconds()));
            }
            counts.register(now, true);
            ages.register(old, true);
            Set<String> stopped = paused.all().keySet();
            List<Row<?>> kinds = new ArrayList<>();
            paused.known().forEach(kind -> kinds.add(Row.of(Tags.of("kind", kind), stopped.contains(kind) ? 1 : 0)));
            pauses.register(kinds, true);
        } catch (DataAccessException e) {
            LOG.debug("the queue cannot be counted now", e);
        }
    }
}
