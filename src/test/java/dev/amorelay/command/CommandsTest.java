package dev.amorelay.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amorelay.AmoRelayApplication;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.FilteredClassLoader;

class CommandsTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Commands commands = new Commands(AmoRelayApplication.class, new PrintStream(out));

    @Test
    void withoutACommandTheRelayRuns() {
        assertThat(commands.run(List.of())).isEmpty();
        assertThat(commands.run(List.of("--server.port=8090"))).isEmpty();
    }

    @Test
    void theSlimJarPlaysNoTestsOfFlows() throws IOException {
        ClassLoader usual = Thread.currentThread().getContextClassLoader();
        try (FilteredClassLoader slim = new FilteredClassLoader("dev.amorelay.flowtests")) {
            Thread.currentThread().setContextClassLoader(slim);
            assertThat(commands.run(List.of("test", "routes"))).hasValue(2);
        } finally {
            Thread.currentThread().setContextClassLoader(usual);
        }
        assertThat(out.toString()).contains("slim");
    }

    @Test
    void aCommandEndsWithItsCode() {
        assertThat(commands.run(List.of("validate", "no-such-folder"))).hasValue(2);
        assertThat(out.toString()).contains("no-such-folder");
    }
}
