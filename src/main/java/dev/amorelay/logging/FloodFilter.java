package dev.amorelay.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import io.micrometer.core.instrument.Metrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.slf4j.Marker;

/**
 * Lines that a stranger's requests cause, or waiting work in an outage, are written up to so many a minute from each logger: else they
 * fill the disk, and nobody finds the line that matters. How many were left out stands in the next line, and in
 * {@code relay_log_left_out_total{logger}}. What becomes of the relay's own work (dead letters, effects set aside) is never left out.
 */
public class FloodFilter extends TurboFilter {

    private static final long MINUTE_NANOS = 60_000_000_000L;

    private final List<String> loggers = new ArrayList<>();
    private final Map<String, Window> windows = new ConcurrentHashMap<>();
    private final LongSupplier clock;
    private int most = 60;

    /** For logback's configuration. */
    public FloodFilter() {
        this(System::nanoTime);
    }

    FloodFilter(LongSupplier nanos) {
        this.clock = nanos;
    }

    /** @param prefix of the names of loggers that strangers or an outage can make speak */
    public void addPrefix(String prefix) {
        loggers.add(prefix);
    }

    /** @param lines of one logger within a minute */
    public void setMost(int lines) {
        most = lines;
    }

    @Override
    public FilterReply decide(Marker marker, Logger logger, Level level, String format, Object[] parameters, Throwable thrown) {
        // without a text it is only asked whether there would be a line
        if (format == null || !level.isGreaterOrEqual(logger.getEffectiveLevel()) || loggers.stream().noneMatch(logger.getName()::startsWith)) {
            return FilterReply.NEUTRAL;
        }
        Window window = windows.computeIfAbsent(logger.getName(), name -> new Window());
        long leftOut = window.take(clock.getAsLong(), most);
        if (leftOut < 0) {
            Metrics.counter("relay.log.left.out", "logger", logger.getName()).increment();
            return FilterReply.DENY;
        }
        if (leftOut > 0) {
            // passes here once more, as the first of the new minute
            logger.warn("{} lines like these were left out within a minute", leftOut);
        }
        return FilterReply.NEUTRAL;
    }

    /** The lines of one logger within this minute. */
    private static final class Window {

        private long begin = Long.MIN_VALUE;
        private long lines;

        /** @return how many lines of the minute before were left out; -1 when this one is left out, too */
        synchronized long take(long now, int most) {
            long leftOut = 0;
            if (begin == Long.MIN_VALUE || now - begin >= MINUTE_NANOS) {
                leftOut = Math.max(0, lines - most);
                begin = now;
                lines = 0;
            }
            lines++;
            return lines > most ? -1 : leftOut;
        }
    }
}
