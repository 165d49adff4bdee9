package dev.amorelay.workshop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amorelay.AmoRelayApplication;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Where no test can be played, or none is wanted, an edit is taken, and that is said; TestedEditsIT plays real ones. */
class EditTestsTest {

    private static final Map<String, String> TESTS = Map.of("tests/hello.test.yaml", "- test: one");
    private static final Edition BEFORE = new Edition(Map.of("hello.camel.yaml", flow("a")), TESTS);
    private static final Edition AFTER = new Edition(Map.of("hello.camel.yaml", flow("b")), TESTS);

    private final EditBoard board = new EditBoard(new SimpleMeterRegistry());

    private static String flow(String text) {
        return "- route:\n    id: a.hello.say\n    from:\n      uri: direct:a\n      steps:\n        - setBody:\n            constant: " + text + "\n";
    }

    private EditTests.Verdict verdict(boolean wanted, Optional<FlowTestRunner> runner) {
        return new EditTests(wanted, () -> AmoRelayApplication.class, () -> runner).play(BEFORE, AFTER, board);
    }

    @Test
    void aSlimJarSaysThatItHasNoTests() {
        assertThat(verdict(true, Optional.empty())).isEqualTo(new EditTests.Verdict(List.of(),
                "its tests were not played: this jar has none of what plays them, 'test routes' of the whole one does"));
    }

    @Test
    void theSettingTurnsThemOff() {
        assertThat(verdict(false, Optional.of(new Runner(1, 0)))).isEqualTo(new EditTests.Verdict(List.of(), ""));
    }

    @Test
    void aRelayForTestsThatDoesNotStartIsToldAndHoldsNothingUp() {
        assertThat(verdict(true, Optional.of(new Runner(-1, 0))).told()).startsWith("its tests could not be played: ").contains("no free port");
    }

    @Test
    void whatThereWasNoTimeForIsTold() {
        assertThat(verdict(true, Optional.of(new Runner(3, 4))).told()).isEqualTo("3 tests passed, 4 more were not played within 60 s");
    }

    /** Plays nothing. */
    private record Runner(int played, int left) implements FlowTestRunner {

        @Override
        public Report play(Class<?> application, Edition edition, List<String> files, Duration most) {
            if (played < 0) {
                throw new IllegalStateException("no free port");
            }
            return new Report(played, left, List.of());
        }

        @Override
        public void close() {
            // has nothing open
        }
    }
}
