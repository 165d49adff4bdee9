package dev.amorelay.workshop;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Tells how edits go: in the log, and for Prometheus as {@code relay_routes_edits_total{result}} and
 * {@code relay_routes_findings}, what is wrong with the folder now.
 */
@Component
class EditBoard {

    private static final Logger LOG = LoggerFactory.getLogger(EditBoard.class);

    private final MeterRegistry registry;
    private volatile EditState state = EditState.of(EditState.Kind.OFF, "live editing is off");

    EditBoard(MeterRegistry registry) {
        this.registry = registry;
        Gauge.builder("relay.routes.findings", this, board -> board.state.isBad() ? Math.max(1, board.state.findings().size()) : 0)
                .description("What is wrong with the last edit of the routes, which is not in effect").register(registry);
        for (String result : new String[] {"taken", "refused", "failed", "taken_back"}) {
            registry.counter("relay.routes.edits", "result", result);
        }
    }

    EditState state() {
        return state;
    }

    void off(String why) {
        state = EditState.of(EditState.Kind.OFF, why);
        LOG.info("routes: {}", why);
    }

    void watching(String message) {
        state = EditState.of(EditState.Kind.RUNNING, message);
        LOG.info("routes: {}", message);
    }

    void taken(String message) {
        state = EditState.of(EditState.Kind.RUNNING, message);
        registry.counter("relay.routes.edits", "result", "taken").increment();
        LOG.info("routes: {}", message);
    }

    void refused(EditState refused) {
        state = refused;
        registry.counter("relay.routes.edits", "result", "refused").increment();
        LOG.warn("routes: {}", refused.message());
        refused.findings().forEach(finding -> LOG.warn("routes: {}", finding));
    }

    void takenBack(String message, List<Finding> findings) {
        state = new EditState(EditState.Kind.TAKEN_BACK, Instant.now(), message, findings);
        registry.counter("relay.routes.edits", "result", "taken_back").increment();
        LOG.error("routes: {}", message);
        findings.forEach(finding -> LOG.error("routes: {}", finding));
    }

    void waiting(String message) {
        if (state.kind() != EditState.Kind.WAITING) {
            LOG.info("routes: {}", message);
        }
        state = EditState.of(EditState.Kind.WAITING, message);
    }

    void failed(String message, List<Finding> findings, Throwable cause) {
        state = new EditState(EditState.Kind.FAILED, Instant.now(), message, findings);
        registry.counter("relay.routes.edits", "result", "failed").increment();
        LOG.error("routes: {}", message, cause);
        findings.forEach(finding -> LOG.error("routes: {}", finding));
    }
}
