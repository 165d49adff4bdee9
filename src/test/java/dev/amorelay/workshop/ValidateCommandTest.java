package dev.amorelay.workshop;

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

class ValidateCommandTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    private int run(String... arguments) {
        return ValidateCommand.run(List.of(arguments), Invented::new, new PrintStream(out, true, StandardCharsets.UTF_8));
    }

    private String said() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private void write(String description) throws IOException {
        write(description, "drop-headers");
    }

    private void write(String description, String step) throws IOException {
        Files.writeString(folder.resolve("a.camel.yaml"), """
                - route:
                    id: leads.test.hello
                %s    from:
                      uri: platform-http:/ingest/hello
                      steps:
                        - removeHeaders:
                            id: %s
                            pattern: "*"
                """.formatted(description, step));
    }

    @Test
    void nothingWrong() throws IOException {
        write("    description: Says hello\n");
        assertThat(run(folder.toString())).isEqualTo(ValidateCommand.GOOD);
        assertThat(said()).isEqualTo("1 files, nothing wrong\n");
    }

    @Test
    void whatIsWrongIsListedAsCompilersDo() throws IOException {
        write("");
        assertThat(run(folder.toString())).isEqualTo(ValidateCommand.WRONG);
        assertThat(said()).startsWith(folder.resolve("a.camel.yaml") + ":2:9: leads.test.hello has no description").endsWith("1 thing is wrong\n");
    }

    @Test
    void aStepIsAskedForAnIdThatNamesWhatItDoes() throws IOException {
        write("    description: Says hello\n", "~");
        Files.writeString(folder.resolve("a.camel.yaml"), Files.readString(folder.resolve("a.camel.yaml")).replaceFirst(" *id: ~\n", ""));
        assertThat(run(folder.toString())).isEqualTo(ValidateCommand.WRONG);
        assertThat(said()).contains("a.camel.yaml:7:11: this 'removeHeaders' has no id: give it one").endsWith("1 thing is wrong\n");
        for (String made : new String[] {"removeHeaders-1234", "removeHeaders3", "remove_headers", "drop-all-the-headers-that-came-with-it"}) {
            out.reset();
            write("    description: Says hello\n", made);
            assertThat(run(folder.toString())).as(made).isEqualTo(ValidateCommand.WRONG);
            assertThat(said()).contains("a.camel.yaml:8:17: '" + made + "' ")
                    .endsWith("1 thing is wrong\n");
        }
    }

    @Test
    void nothingToCheck() {
        assertThat(run(folder.resolve("nowhere").toString())).isEqualTo(ValidateCommand.NOTHING_CHECKED);
        assertThat(run(folder.toString())).isEqualTo(ValidateCommand.NOTHING_CHECKED);
        assertThat(run(folder.toString(), "more")).isEqualTo(ValidateCommand.NOTHING_CHECKED);
    }
}
