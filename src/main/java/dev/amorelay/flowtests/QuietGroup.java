package dev.amorelay.flowtests;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

/**
 * Threads whose log lines nobody reads, with all that they start: the log of the relay beside them is about real leads, and a test may
 * well want an error.
 */
final class QuietGroup extends ThreadGroup {

    QuietGroup() {
        super("flow-tests");
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext log && log.getTurboFilterList().stream().noneMatch(OfQuietGroups.class::isInstance)) {
            log.getTurboFilterList().add(0, new OfQuietGroups());
        }
    }

    static boolean isHere() {
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        while (group != null && !(group instanceof QuietGroup)) {
            group = group.getParent();
        }
        return group != null;
    }

    /** Before all others: what they count and limit is the other relay's. */
    private static final class OfQuietGroups extends TurboFilter {

        @Override
        public FilterReply decide(Marker marker, Logger logger, Level level, String format, Object[] parameters, Throwable thrown) {
            return isHere() ? FilterReply.DENY : FilterReply.NEUTRAL;
        }
    }
}
