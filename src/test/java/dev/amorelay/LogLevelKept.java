package dev.amorelay;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/** For tests of commands, which make the log quiet and then end their process: here other tests come after them. */
public final class LogLevelKept implements BeforeAllCallback, AfterAllCallback {

    private Level before;

    @Override
    public void beforeAll(ExtensionContext context) {
        before = root().getLevel();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        root().setLevel(before);
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }
}
