package dev.amorelay.chaos;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What happens to the relay's own process. */
final class RelayFaults {

    /** Seconds from a kill to the first event that the restarted process has worked on, its start not counted. */
    private static final double RESTARTED = 10;
    /** Seconds from a kill to the first event that another node has taken over. */
    private static final double TAKEN_OVER = 12;
    private static final Duration BEYOND_THE_LEASE = Duration.ofSeconds(12);
    private static final Duration LEASE = Duration.ofSeconds(10);

    private RelayFaults() {
    }

    static void crash(Trial trial) {
        Node relay = trial.relay(0);
        for (int i = 0; i < trial.faults(); i++) {
            Pause.seconds(trial.between(3, 7));
            if (i % 2 == 0) {
                awaitWork(trial);
            }
            Instant killed = kill(trial, relay);
            relay.launch();
            Duration start = relay.awaitOpen();
            trial.started(start);
            Optional<Instant> first = trial.recovery().firstAfter(relay.startedAt());
            trial.recovered(killed, start, first, RESTARTED);
        }
    }

    static void killInTurns(Trial trial) {
        for (int i = 0; i < trial.faults(); i++) {
            Node victim = trial.relay(i);
            Pause.seconds(trial.between(1, 3));
            Map<Long, Integer> before = awaitWork(trial);
            Instant killed = kill(trial, victim);
            victim.launch();
            if (i % 4 == 3 && i + 1 < trial.faults()) {
                // again, in the midst of its start
                Pause.seconds(trial.between(0.5, 8));
                kill(trial, victim);
                i++;
                victim.launch();
            }
            takenOver(trial, before, killed);
            trial.started(victim.awaitOpen());
        }
    }

    static void stall(Trial trial) {
        for (int i = 0; i < trial.faults(); i++) {
            Node victim = trial.relay(i);
            Pause.seconds(trial.between(1, 3));
            Map<Long, Integer> before = awaitWork(trial);
            Instant stopped = Instant.now();
            trial.caused();
            victim.pause();
            try {
                // a lease and what the other one needs: the woken one finds its work done
                takenOver(trial, before, stopped);
                Pause.of(Duration.between(Instant.now(), stopped.plus(BEYOND_THE_LEASE)));
            } finally {
                victim.wake();
            }
        }
    }

    /** Until somebody is in the midst of something, or three seconds have passed; gives what is worked on. */
    private static Map<Long, Integer> awaitWork(Trial trial) {
        Map<Long, Integer> held = new TreeMap<>();
        Pause.until(() -> {
            held.putAll(trial.recovery().held());
            return !held.isEmpty();
        }, Duration.ofSeconds(3));
        return held;
    }

    private static Instant kill(Trial trial, Node relay) {
        Instant moment = Instant.now();
        trial.caused();
        relay.kill();
        return moment;
    }

    /** What a living node held is settled long before a lease ends; what is left then was the dead one's. */
    private static void takenOver(Trial trial, Map<Long, Integer> held, Instant died) {
        Pause.of(Duration.between(Instant.now(), died.plus(LEASE.dividedBy(2))));
        if (trial.recovery().isAbandoned(held)) {
            trial.recovered(died, Duration.ZERO, trial.recovery().firstTakenOver(held), TAKEN_OVER);
        }
    }
}
