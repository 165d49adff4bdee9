package dev.amorelay.flowtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command says before any relay is started. */
class TestCommandTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @TempDir
    private Path routes;

    private int run(String... arguments) {
        return new TestCommand(Object.class, new PrintStream(out, true, StandardCharsets.UTF_8)).run(List.of(arguments));
    }

    private String told() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aCommandThatIsNotUnderstood() {
        assertThat(run("--covrage")).isEqualTo(TestCommand.NO_START);
        assertThat(told()).startsWith("usage: test [routes/ |");
        assertThat(run("a", "b")).isEqualTo(TestCommand.NO_START);
    }

    @Test
    void aFolderThatIsNotThere() {
        assertThat(run("no-such-folder")).isEqualTo(TestCommand.NO_START);
        assertThat(told()).startsWith("no-such-folder:1: neither a folder with routes");
    }

    @Test
    void testsThatCannotBeUnderstood() throws IOException {
        Path file = Files.createDirectories(routes.resolve("tests")).resolve("a.test.yaml");
        Files.writeString(file, "- test: x\n  wen: []\n");
        assertThat(run(routes.toString())).isEqualTo(TestCommand.BAD);
        assertThat(told()).contains("WRONG  " + file + ":2: unknown key 'wen' of a test", "there are no tests to run");
    }

    @Test
    void aFolderWithoutTests() {
        assertThat(run(routes.toString())).isEqualTo(TestCommand.BAD);
        assertThat(told()).contains("a test is a file " + routes.resolve("tests") + "/<flow>.test.yaml");
    }

    @Test
    void aRelayThatDoesNotStart() throws IOException {
        Files.writeString(Files.createDirectories(routes.resolve("tests")).resolve("a.test.yaml"),
                "- test: x\n  when: [{GET: /health, answer: {status: 200}}]\n");
        // Object is no application
        assertThat(run(routes.toString(), "--log")).isEqualTo(TestCommand.NO_START);
        assertThat(told()).startsWith("the relay does not start with these routes:");
    }
}
