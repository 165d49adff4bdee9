package dev.amorelay.flowtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CoverageTest {

    private static final Path ROUTES = Path.of("routes");
    private static final String FOLDER = ROUTES.toAbsolutePath() + "/";

    private static NodeSeen node(String file, int line, String name, String owner) {
        return new NodeSeen(file.isEmpty() ? "" : FOLDER + file, line, name, owner);
    }

    private final Map<NodeSeen, AtomicLong> passes = Map.of(
            node("a.camel.yaml", 9, "door.read", "a.a.a"), new AtomicLong(2),
            node("a.camel.yaml", 12, "setBody", "a.a.a"), new AtomicLong(),
            node("b.camel.yaml", 7, "log", "b.b.b"), new AtomicLong(1),
            // one connector used by two routes
            node("kamelets/send.kamelet.yaml", 20, "bean", "send-1"), new AtomicLong(),
            node("kamelets/send.kamelet.yaml", 20, "bean", "send-2"), new AtomicLong(1),
            // an end that Camel adds, and a route in Java
            node("kamelets/send.kamelet.yaml", -1, "kamelet://sink", "send-1"), new AtomicLong(),
            node("", 0, "bean", "amocrm.gate.default"), new AtomicLong());

    @Test
    void countsStepsByRoute() {
        Coverage coverage = Coverage.ofAll(passes, ROUTES);
        assertThat(coverage.lines()).containsExactly("   1/2    a.camel.yaml a.a.a", "   1/1    b.camel.yaml b.b.b",
                "   1/1    kamelets/send.kamelet.yaml");
        assertThat(coverage.uncovered()).containsExactly("routes/a.camel.yaml:12: no test passes setBody");
        assertThat(coverage.sum()).isEqualTo("3 of 4 steps of 3 routes and connectors are passed by the tests");
    }

    @Test
    void countsOneFlowOnly() {
        assertThat(Coverage.ofFlow(passes, ROUTES, "b").sum()).startsWith("1 of 1 steps of 1 ");
        assertThat(Coverage.ofFlow(passes, ROUTES, "a").uncovered()).hasSize(1);
    }
}
