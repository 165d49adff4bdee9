package dev.amorelay.workshop;

import java.time.Instant;
import java.util.List;

/**
 * How the last edit of the folder went.
 *
 * @param kind what became of it
 * @param at when
 * @param message one sentence
 * @param findings what was wrong; empty unless it was refused
 */
record EditState(Kind kind, Instant at, String message, List<Finding> findings) {

    /** What can become of an edit. */
    enum Kind {
        /** Live editing is off, or there is no folder. */
        OFF,
        /** What runs is what stands in the folder. */
        RUNNING,
        /** Something is wrong with it; the routes from before run on. */
        REFUSED,
        /** It waits until its tests are played, or what is under way has ended. */
        WAITING,
        /** It could not be put in place. */
        FAILED,
        /** A flow failed since, and the routes from before run again. */
        TAKEN_BACK
    }

    static EditState of(Kind kind, String message) {
        return new EditState(kind, Instant.now(), message, List.of());
    }

    static EditState failing(List<Finding> findings) {
        return new EditState(Kind.REFUSED, Instant.now(), "the edit is not in effect, the routes from before run on: "
                + findings.size() + (findings.size() == 1 ? " test fails" : " tests fail")
                + " with it; mend the flow, or the test where it asks for what is wanted no more (RELAY_ROUTES_TESTS=false plays none)", List.copyOf(findings));
    }

    static EditState refused(List<Finding> findings) {
        return new EditState(Kind.REFUSED, Instant.now(), "the edit is not in effect, the routes from before run on: "
                + findings.size() + (findings.size() == 1 ? " thing is" : " things are") + " wrong", List.copyOf(findings));
    }

    boolean isBad() {
        return kind == Kind.REFUSED || kind == Kind.FAILED || kind == Kind.TAKEN_BACK;
    }
}
