package dev.amorelay.flowtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amorelay.AmoRelayApplication;
import dev.amorelay.contract.Contract;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Follows docs/add-a-flow.md to the letter. */
class TutorialIT {

    private static final String FLOW = "fair-leads.camel.yaml";
    private static final String TEST = "tests/fair-leads.test.yaml";

    @TempDir
    private Path folder;

    private record Told(int exit, String out) {
    }

    private static Told test(Path place) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        // with the usual log: other tests of this process still want to read it
        int exit = new TestCommand(AmoRelayApplication.class, new PrintStream(out, true, StandardCharsets.UTF_8))
                .run(List.of(place.toString(), "--coverage", "--log"));
        return new Told(exit, out.toString(StandardCharsets.UTF_8));
    }

    @Test
    void theFlowRunsAndItsTestFailsWhenTheFlowIsBroken() throws IOException {
        Map<String, String> files = Tutorial.files(Files.readString(Path.of("docs/add-a-flow.md")));
        assertThat(files).containsOnlyKeys(FLOW, TEST, Contract.FILE.replaceFirst("^", "src/main/resources/"));
        Path routes = folder.resolve("routes");
        Tutorial.copy(Path.of("routes"), routes, files);

        Told good = test(routes.resolve(TEST));
        assertThat(good.out()).contains("5 of 5 tests passed").doesNotContain("FAIL", "no test passes");
        assertThat(good.exit()).isEqualTo(TestCommand.GOOD);

        // step 5: the number of another pipeline
        Path flow = routes.resolve(FLOW);
        assertThat(files.get(FLOW)).contains("10262114");
        Files.writeString(flow, files.get(FLOW).replace("10262114", "10226282"));
        Told broken = test(routes.resolve(TEST));
        assertThat(broken.exit()).isEqualTo(TestCommand.BAD);
        assertThat(broken.out()).contains("FAIL  " + routes.resolve(TEST) + ":2  A visitor becomes a deal in the fair's own pipeline",
                routes.resolve(TEST) + ":11: expected call: amocrm POST /api/v4/leads");
    }

    @Test
    void whatThePageShowsIsWhereItSays() throws IOException {
        String page = Files.readString(Path.of("docs/add-a-flow.md"));
        List<FlowTest> tests = new TestReader().read("routes/" + TEST, Tutorial.files(page).get(TEST));
        assertThat(tests).hasSize(5).allSatisfy(test -> assertThat(page).contains("ok    " + test.place() + "  " + test.name() + " ("));
        assertThat(page).contains(tests.get(0).calls().get(0).place() + ": expected call: amocrm POST /api/v4/leads");
    }
}
