package dev.amorelay.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.joran.spi.JoranException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.slf4j.helpers.BasicMDCAdapter;

/** The configured log, message and stack trace. */
class LogPatternTest {

    @Test
    void masksMessagesAndStackTraces() throws JoranException {
        IllegalStateException cause = new IllegalStateException("cannot reach ivan@example.com");
        String line = print("call %s".formatted("+7 999 123-45-67"), new IllegalArgumentException("bad phone 89991234567", cause));
        assertThat(line).contains("call +7*******67").contains("bad phone +7*******67").contains("Caused by").contains("***@example.com")
                .doesNotContain("9991234567").doesNotContain("123-45").doesNotContain("ivan@");
        assertThat(line.split("bad phone", -1)).as("the trace is printed once").hasSize(2);
    }

    private static String print(String message, Throwable thrown) throws JoranException {
        LoggerContext context = new LoggerContext();
        context.setMDCAdapter(new BasicMDCAdapter());
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(LogPatternTest.class.getResource("/logback-spring.xml"));
        OutputStreamAppender<?> console = (OutputStreamAppender<?>) context.getLogger("ROOT").getAppender("console");
        PatternLayoutEncoder encoder = (PatternLayoutEncoder) console.getEncoder();
        LoggingEvent event = new LoggingEvent("x", context.getLogger("test"), Level.WARN, message, thrown, null);
        String line = new String(encoder.encode(event), StandardCharsets.UTF_8);
        context.stop();
        return line;
    }
}
