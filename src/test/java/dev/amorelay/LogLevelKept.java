package dev.amorelay;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/**
 * Each class finds the log at the relay's own level, and leaves it so. Commands make the log quiet and then end their
 * process; in tests others come after them in the same one, and read what is told at INFO. Set for all tests by its entry in
 * {@code META-INF/services}.
 */
public final class LogLevelKept implements BeforeAllCallback, AfterAllCallback {

    @Override
    public void beforeAll(ExtensionContext context) {
        root().setLevel(Level.INFO);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        root().setLevel(Level.INFO);
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }
}
