package dev.amorelay.workshop;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is saved into the folder of flows is checked, with a place for each finding, and starts nothing. */
class EditFuzzTest {

    private static final List<Rule> RULES = List.of(new IdentityRule(), new KameletRule(), new PropertyRule(new Invented()), new ServedRule(),
            new BeanRule(new Invented()), new SafetyRule(new Invented()), new SchemaRule());

    static Stream<byte[]> samples() {
        StringBuilder laughs = new StringBuilder("- a: &a0 [x, x]\n");
        for (int i = 1; i < 40; i++) {
            laughs.append("- a: &a").append(i).append(" [*a").append(i - 1).append(", *a").append(i - 1).append("]\n");
        }
        return Stream.concat(Stream.of("routes/health.camel.yaml", "routes/kamelets/outbox-owe.kamelet.yaml").map(EditFuzzTest::read),
                Stream.of("- route: &a\n    id: a.b.c\n    from: {uri: 'direct:x', steps: [*a]}\n", laughs.toString(), "[".repeat(50_000), "- ".repeat(5_000))
                        .map(text -> text.getBytes(StandardCharsets.UTF_8)));
    }

    private static byte[] read(String file) {
        try {
            return Files.readAllBytes(Path.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @MethodSource("samples")
    @FuzzTest
    void anEdit(byte[] yaml) {
        String text = new String(yaml, StandardCharsets.UTF_8);
        for (String file : List.of("x.camel.yaml", "kamelets/x.kamelet.yaml")) {
            Flows flows = Flows.read(new Edition(Map.of(file, text)), EditFuzzTest::expectPlace);
            RULES.forEach(rule -> rule.check(flows, EditFuzzTest::expectPlace));
        }
    }

    private static void expectPlace(Finding finding) {
        assertThat(finding.line()).isPositive();
        assertThat(finding.message()).isNotBlank();
    }
}
