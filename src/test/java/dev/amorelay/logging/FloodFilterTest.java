package dev.amorelay.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.joran.spi.JoranException;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.helpers.BasicMDCAdapter;

/** A flood of refused requests is no flood of lines. */
class FloodFilterTest {

    private final LoggerContext context = new LoggerContext();
    private final AtomicLong nanos = new AtomicLong(1);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void filter() {
        FloodFilter filter = new FloodFilter(nanos::get);
        filter.addPrefix("dev.amorelay.doors");
        filter.setMost(10);
        filter.start();
        context.addTurboFilter(filter);
        lines.start();
        Logger root = context.getLogger("ROOT");
        root.setLevel(Level.INFO);
        root.addAppender(lines);
    }

    private List<String> texts() {
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Test
    void aThousandRefusalsAreTenLinesAndTheNextMinuteTellsTheRest() {
        Logger door = context.getLogger("dev.amorelay.doors.Problem");
        for (int i = 0; i < 1000; i++) {
            door.warn("refused {}", i);
            door.debug("not written anyway {}", i);
        }
        assertThat(texts()).hasSize(10).last().isEqualTo("refused 9");
        nanos.addAndGet(60_000_000_000L);
        door.warn("refused {}", 1000);
        assertThat(texts().subList(10, texts().size())).containsExactly("990 lines like these were left out within a minute", "refused 1000");
    }

    @Test
    void asItIsSetWaitingWorkIsBoundedAndABurialIsNot() throws JoranException {
        LoggerContext relay = new LoggerContext();
        relay.setMDCAdapter(new BasicMDCAdapter());
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(relay);
        configurator.doConfigure(FloodFilterTest.class.getResource("/logback-spring.xml"));
        Logger root = relay.getLogger("ROOT");
        root.detachAndStopAllAppenders();
        root.setLevel(Level.INFO);
        root.addAppender(lines);
        for (int i = 0; i < 100; i++) {
            relay.getLogger("dev.amorelay.work.FailurePolicy.waits").info("event {} waits", i);
            relay.getLogger("dev.amorelay.work.FailurePolicy").warn("event {} is set aside", i);
        }
        assertThat(texts()).filteredOn(line -> line.endsWith("waits")).hasSize(60);
        assertThat(texts()).filteredOn(line -> line.endsWith("set aside")).hasSize(100);
        relay.stop();
    }

    @Test
    void whatTheRelaysOwnWorkSaysIsNeverLeftOut() {
        Logger work = context.getLogger("dev.amorelay.delivery.Outbox");
        for (int i = 0; i < 1000; i++) {
            work.warn("set aside {}", i);
        }
        assertThat(texts()).hasSize(1000);
    }

    @Test
    void aFloodAtOneDoorLeavesTheOthersTheirLines() {
        for (int i = 0; i < 100; i++) {
            context.getLogger("dev.amorelay.doors.Problem").warn("refused");
        }
        context.getLogger("dev.amorelay.doors.Other").warn("another");
        assertThat(texts()).hasSize(11).last().isEqualTo("another");
    }
}
