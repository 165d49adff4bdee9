package dev.amorelay.flowtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amorelay.AmoRelayApplication;
import dev.amorelay.flowtests.Cookbook.Edit;
import dev.amorelay.workshop.DefinedBeans;
import dev.amorelay.workshop.Edition;
import dev.amorelay.workshop.RoutesCheck;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/cookbook.md shows is checked and does what it says, all of it at once in one relay. */
class CookbookIT {

    @TempDir
    private Path folder;

    @Test
    void eachRecipePassesTheCheckAndItsTest() throws IOException {
        String page = Files.readString(Path.of("docs/cookbook.md"));
        List<Edit> edits = Cookbook.edits(page);
        long tests = edits.stream().filter(edit -> edit.file().endsWith(".test.yaml")).count();
        assertThat(tests).as("recipes with a test").isEqualTo(page.lines().filter(line -> line.startsWith("## ")).count());
        Path routes = folder.resolve("routes");
        Cookbook.copy(Path.of("routes"), routes, edits);

        assertThat(new RoutesCheck(DefinedBeans.of(AmoRelayApplication.class)).check(Edition.of(routes))).isEmpty();

        ByteArrayOutputStream out = new ByteArrayOutputStream();
        // with the usual log: other tests of this process still want to read it
        int exit = new TestCommand(AmoRelayApplication.class, new PrintStream(out, true, StandardCharsets.UTF_8)).run(List.of(routes.toString(), "--log"));
        assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContain("FAIL", "WRONG");
        assertThat(exit).isEqualTo(TestCommand.GOOD);
    }
}
