package dev.amorelay.flowtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.amorelay.AmoRelayApplication;
import dev.amorelay.database.TemplateDatabase;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The tests beside the shipped routes, as {@code java -jar amo-relay.jar test routes --coverage} plays them. */
class FlowTestsIT {

    private static final TestFiles FILES = TestFiles.at(Path.of("routes"));

    private static RelayUnderTest relay;
    private static Stage stage;

    @BeforeAll
    static void start() {
        relay = RelayUnderTest.start(AmoRelayApplication.class, FILES.routes(), Map.of("relay.data-dir", TemplateDatabase.directory().toString()));
        stage = new Stage(relay);
    }

    @AfterAll
    static void stop() {
        relay.close();
    }

    @TestFactory
    Stream<DynamicTest> flows() {
        Stream<DynamicTest> tests = FILES.tests().stream()
                .map(test -> DynamicTest.dynamicTest(test.place() + " " + test.name(), () -> play(test)));
        return Stream.concat(tests, Stream.of(
                DynamicTest.dynamicTest("every test can be understood", () -> assertThat(FILES.wrong()).isEmpty()),
                DynamicTest.dynamicTest("every flow has a test", () -> assertThat(FILES.untested()).isEmpty()),
                DynamicTest.dynamicTest("every step of every flow is passed", FlowTestsIT::covered)));
    }

    private static void play(FlowTest test) {
        Result result = stage.play(test);
        if (!result.passed()) {
            fail(result.problems().stream().flatMap(problem -> problem.lines().stream()).collect(Collectors.joining("\n", "\n", "\n")));
        }
    }

    private static void covered() {
        Coverage coverage = Coverage.ofAll(relay.watch().passes(), FILES.routes());
        assertThat(coverage.lines()).hasSizeGreaterThan(40);
        assertThat(coverage.uncovered()).isEmpty();
    }
}
