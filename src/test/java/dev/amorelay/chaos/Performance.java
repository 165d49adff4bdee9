package dev.amorelay.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/** Plays a scenario: sends, causes the faults, waits until all is done, compares. */
final class Performance {

    /** The longest backoff is 7.5 minutes. */
    private static final Duration DRAIN = Duration.ofMinutes(10);
    private static final Duration SETTLE = Duration.ofMinutes(3);

    private final Stage stage;
    private final Settings settings;
    private final List<Long> deals;

    /** @param deals of the CRM that may change */
    Performance(Stage stage, Settings settings, List<Long> deals) {
        this.stage = stage;
        this.settings = settings;
        this.deals = deals;
    }

    /**
     * Plays.
     *
     * @param number of the scenario in the run
     */
    Line play(Scenario scenario, int number) throws IOException {
        List<Sale> sales = sales(scenario, number);
        List<Node> relays = stage.relays(scenario.relays(), scenario.limits());
        Trial trial = new Trial(stage, relays, settings.kills(), sales);
        long begin = System.nanoTime();
        try (Sender sender = new Sender(relays)) {
            sender.start(settings.rate(), new Script(scenario.word(), number, scenario.mix(), deals, sales)::next);
            Pause.seconds(3);
            scenario.cause(trial);
            Pause.of(Duration.ofSeconds(settings.seconds()).minusNanos(System.nanoTime() - begin));
            sender.stop();
            long last = System.nanoTime();
            stage.outside().mend();
            Pause.until(sender::isSettled, SETTLE);
            Drain drain = new Drain(stage.jdbc());
            if (!drain.await(DRAIN)) {
                trial.problem("not all was done in time: " + drain.what());
            }
            return line(scenario, trial, sender, (System.nanoTime() - last) / 1e9);
        }
    }

    private Line line(Scenario scenario, Trial trial, Sender sender, double drain) {
        Ledger.Findings found = Ledger.compare(new Books(scenario.word(), stage.jdbc(), stage.outside().jdbc()), sender.acknowledged());
        List<String> given = sender.unacknowledged();
        if (!given.isEmpty()) {
            trial.problem(given.size() + " messages were never acknowledged: " + given.stream().limit(5).toList());
        }
        if (found.copiedChats.size() + found.doubtfulChats.size() > trial.causedSoFar()) {
            trial.problem("more messages in Telegram are uncertain than faults were caused");
        }
        JsonNode limits = stage.outside().limits();
        if (limits.path("refused").asLong() + limits.path("blocked").asLong() > 0) {
            trial.problem("a window of the CRM was exceeded: " + limits);
        }
        String remarks = sender.answers() + "; mails twice under one Message-ID: " + found.copiedMails.size()
                + ", messages in Telegram twice: " + found.copiedChats.size() + ", perhaps not: " + found.doubtfulChats.size()
                + "; recoveries measured: " + trial.recoveries() + "; calls to the CRM: " + limits.path("calls").asLong() + ", " + windows(limits);
        return new Line(scenario.word(), sender.acknowledged().size(), found, trial.causedSoFar(), trial.longestRecovery(),
                trial.longestStart(), drain, remarks, trial.problems());
    }

    static String windows(JsonNode limits) {
        StringJoiner windows = new StringJoiner(", ", "fullest windows ", "");
        limits.path("windows").forEach(window -> windows.add(window.path("fullest").asLong() + " of " + window.path("limit").asLong()
                + " in " + window.path("span_ms").asLong() / 1000 + " s"));
        return windows.toString();
    }

    /** Every tenth has no serial number and ends in a task; every tenth buyer has stopped the bot, where that is played. */
    private List<Sale> sales(Scenario scenario, int number) {
        List<Sale> sales = new ArrayList<>();
        for (long deal : stage.outside().deals(settings.sales(), 50)) {
            int place = sales.size();
            sales.add(new Sale(deal, place % 10 == 9 ? null : "SN-" + scenario.word() + "-" + place,
                    700_000_000L + number * 1_000_000L + place, scenario == Scenario.TELEGRAM_FLOOD && place % 10 == 4));
        }
        stage.outside().win(sales);
        return sales;
    }
}
