package dev.amorelay.replay;

import dev.amorelay.work.Refused;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Pauses a kind of work for a flow, as the admin does for a person. */
@Component("kindPauses")
public class KindPauses {

    private final PausedKinds paused;

    KindPauses(PausedKinds paused) {
        this.paused = paused;
    }

    /**
     * Pauses a kind on all nodes, or lets it go on, committed with the transaction around it. What is paused already stays
     * so, whoever has paused it.
     *
     * @param kind an effect's kind that a route performs, or {@code inbox} for all webhook events
     * @param pause {@code true} or {@code false}
     * @throws Refused where no route performs it, or pause is neither
     */
    public void set(String kind, String pause) {
        if (!Set.of("true", "false").contains(pause)) {
            throw new Refused("paused is true or false, not '" + pause + "'");
        }
        if (pause.equals("true") && !paused.known().contains(kind)) {
            throw new Refused("no route performs " + kind + ": it cannot be paused");
        }
        paused.set(kind, pause.equals("true"), "a flow");
    }
}
