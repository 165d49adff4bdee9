package dev.amorelay.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * What the relay acknowledges is neither lost nor done twice, whatever happens to it. In a build this is the short form:
 * one scenario, under two minutes; {@code bench/chaos} runs the others through it.
 */
class ChaosIT {

    @Test
    void nothingLostNothingTwice() throws Exception {
        Settings settings = Settings.read();
        Assumptions.assumeTrue(Files.exists(settings.jar()), () -> settings.jar() + " is not there: build it with mvn package");

        List<Line> lines = Run.play(settings);

        assertThat(lines).hasSameSizeAs(settings.scenarios());
        SoftAssertions all = new SoftAssertions();
        lines.forEach(line -> {
            all.assertThat(line.acknowledged()).as(line.scenario() + ": acknowledged").isPositive();
            all.assertThat(line.failures()).as(line.scenario()).isEmpty();
        });
        all.assertAll();
    }
}
