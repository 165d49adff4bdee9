package dev.amorelay.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The CRM comes back after three hours, 5,000 effects waiting. The hours are not waited for: the CRM is down for a minute
 * or two in which the leads come in, then the relay is stopped and the times in its table are set as three hours would have.
 */
final class Backlog {

    private static final int LEADS = 5000;
    private static final int A_SECOND = 60;
    private static final Duration DRAIN = Duration.ofMinutes(25);
    /** What waits longest waits for five minutes, half of them more or less. */
    private static final String THREE_HOURS = """
            UPDATE outbox SET status = 'failed', attempts = attempts + 40, created_at = created_at - interval '3 hours',
                   next_attempt_at = now() + random() * interval '450 s'
            WHERE kind IN ('crm.lead', 'crm.lead-of-stranger') AND status IN ('pending', 'failed')""";

    private final Stage stage;

    Backlog(Stage stage) {
        this.stage = stage;
    }

    /** Plays it. */
    Line play(int number) throws IOException {
        List<Node> relays = stage.relays(1, Node.REAL_LIMITS);
        Node relay = relays.get(0);
        Trial trial = new Trial(stage, relays, 1, List.of());
        stage.outside().fault("{\"at\":\"crm\",\"fault\":\"error500\"}");
        trial.caused();
        try (Sender sender = new Sender(relays)) {
            Script script = new Script(Settings.BACKLOG, number, new Script.Mix(100, 0, 0), List.of(), List.of());
            sender.start(A_SECOND, script::next);
            Pause.until(() -> sender.acknowledged().size() >= LEADS, Duration.ofMinutes(5));
            sender.stop();
            Pause.until(sender::isSettled, Duration.ofMinutes(1));
            relay.stop();
            int waiting = stage.jdbc().update(THREE_HOURS);
            stage.jdbc().update("UPDATE leads SET created_at = created_at - interval '3 hours'");
            relay.launch();
            relay.awaitOpen();
            Pause.seconds(20);
            return drain(trial, sender, waiting);
        }
    }

    private Line drain(Trial trial, Sender sender, int waiting) {
        JdbcTemplate jdbc = stage.jdbc();
        long before = attempts(jdbc);
        JsonNode outage = stage.outside().limits();
        stage.outside().mend();
        long begin = System.nanoTime();
        Drain drain = new Drain(jdbc);
        if (!drain.await(DRAIN)) {
            trial.problem("not all was done in time: " + drain.what());
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        JsonNode limits = stage.outside().limits();
        long attempts = attempts(jdbc) - before;
        if (limits.path("refused").asLong() + limits.path("blocked").asLong() > 0) {
            trial.problem("a window of the CRM was exceeded: " + limits);
        }
        if (waiting < LEADS) {
            trial.problem("only " + waiting + " effects waited");
        }
        // one for the lead and one for its notes; some come while the windows are full and go back to the queue
        if (attempts > 3L * waiting) {
            trial.problem(attempts + " attempts after the CRM was back for " + waiting + " leads: a burst of failures");
        }
        Ledger.Findings found = Ledger.compare(new Books(Settings.BACKLOG, jdbc, stage.outside().jdbc()), sender.acknowledged());
        List<String> remarks = new ArrayList<>(List.of(waiting + " leads waited for the CRM",
                "during the outage the CRM was asked " + outage.path("calls").asLong() + " times",
                "afterwards " + (limits.path("calls").asLong() - outage.path("calls").asLong()) + " times, " + limits.path("refused").asLong() + " of them over a limit",
                attempts + " attempts for " + waiting + " leads and as many notes", Performance.windows(limits)));
        return new Line(Settings.BACKLOG, sender.acknowledged().size(), found, 1, "–", "–", seconds, String.join("; ", remarks), trial.problems());
    }

    private static long attempts(JdbcTemplate jdbc) {
        Long sum = jdbc.queryForObject("SELECT coalesce(sum(attempts), 0) FROM outbox WHERE kind LIKE 'crm.lead%'", Long.class);
        return sum == null ? 0 : sum;
    }
}
