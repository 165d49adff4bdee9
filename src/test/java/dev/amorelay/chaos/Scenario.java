package dev.amorelay.chaos;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.Consumer;

/** What is done to the relay while the messages keep coming. */
enum Scenario {
    /** PostgreSQL is stopped fast, stopped at once, or killed, and started again. */
    POSTGRES_RESTART(1, Node.WIDE_LIMITS, Script.Mix.USUAL, DatabaseFaults::restart),
    /** kill -9 of a connection's process in PostgreSQL, upon which the server drops all connections and recovers. */
    PG_BACKEND_KILL(1, Node.WIDE_LIMITS, Script.Mix.USUAL, DatabaseFaults::killBackend),
    /** The pool has no connection left: all hang on a lock, or all are cut and PostgreSQL takes no new ones. */
    POOL_EXHAUSTION(1, Node.WIDE_LIMITS, Script.Mix.USUAL, DatabaseFaults::exhaustPool),
    /** kill -9 of the relay in the midst of work, and a start. */
    CRASH_RECOVERY(1, Node.WIDE_LIMITS, Script.Mix.USUAL, RelayFaults::crash),
    /** Two relays; one after the other is killed, now and then again while it starts; the other takes over. */
    REPEATED_KILLS(2, Node.WIDE_LIMITS, Script.Mix.USUAL, RelayFaults::killInTurns),
    /** The CRM answers 500, then not at all, under its real limits. */
    CRM_OUTAGE(1, Node.REAL_LIMITS, new Script.Mix(2, 6, 5), OutsideFaults::crmOutage),
    /** Of ten calls to the CRM one is done and its answer lost, or is a 504. */
    CRM_AMBIGUOUS(1, Node.WIDE_LIMITS, Script.Mix.USUAL, OutsideFaults::crmAmbiguous),
    /** The mail server is down, refuses everybody, hangs, or takes a mail and drops the connection. */
    SMTP_OUTAGE(1, Node.WIDE_LIMITS, Script.Mix.USUAL, OutsideFaults::smtpOutage),
    /** Telegram asks to wait, fails, and some people have stopped the bot. */
    TELEGRAM_FLOOD(1, Node.WIDE_LIMITS, Script.Mix.USUAL, OutsideFaults::telegramFlood),
    /** Two relays; one is stopped beyond its leases and woken in the midst of what it was doing. */
    STALLED_NODE(2, Node.WIDE_LIMITS, Script.Mix.USUAL, RelayFaults::stall);

    private final int relays;
    private final String limits;
    private final Script.Mix mix;
    private final Consumer<Trial> cause;

    Scenario(int relays, String limits, Script.Mix mix, Consumer<Trial> cause) {
        this.relays = relays;
        this.limits = limits;
        this.mix = mix;
        this.cause = cause;
    }

    int relays() {
        return relays;
    }

    String limits() {
        return limits;
    }

    Script.Mix mix() {
        return mix;
    }

    /** Causes the faults, one after another; returns when the last is over. */
    void cause(Trial trial) {
        cause.accept(trial);
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Scenario of(String word) {
        return Arrays.stream(values()).filter(one -> one.word().equals(word)).findFirst().orElseThrow(() ->
                new IllegalArgumentException("no scenario " + word + "; there are " + Arrays.stream(values()).map(Scenario::word).toList()));
    }
}
