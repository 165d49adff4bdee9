package dev.amorelay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amorelay.workshop.EventShapes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is owed stands in {@code routes/} and its tables: the relay's code tells what has happened, and owes nothing itself. */
class OwedInFlowsTest {

    private static final Path MAIN = Path.of("src/main");
    private static final Pattern OWES = Pattern.compile("(?i)\\boutbox\\s*\\.\\s*owe\\(|INSERT INTO outbox\\b");
    private static final Pattern TOLD = Pattern.compile("\\.tell\\(\"([a-z]+(?:[.-][a-z]+)+)\"");

    /** Each with the reason why it may. */
    private static final Map<String, String> MAY = Map.of(
            "delivery/Outbox.java", "the table itself",
            "delivery/Owing.java", "what kamelet:outbox-owe calls",
            "leads/CaptchaCheck.java", "what lead/sources.yaml says that the lead owes, once it has passed",
            "sql/leads/store.sql", "what lead/sources.yaml, or the door's flow, says that the lead owes",
            "migration/R__functions.sql", "telegram.client-joined, by whatever statement somebody is linked");

    private static Map<String, String> sources() throws IOException {
        try (Stream<Path> files = Files.walk(MAIN)) {
            Map<String, String> texts = new TreeMap<>();
            for (Path file : files.filter(one -> one.toString().matches(".*\\.(java|sql)")).toList()) {
                texts.put(file.toString().replace('\\', '/'), Files.readString(file));
            }
            texts.keySet().removeIf(name -> name.contains("/db/upgrade/"));
            return texts;
        }
    }

    @Test
    void nothingIsOwedOutsideOfTheFlows() throws IOException {
        List<String> owing = sources().entrySet().stream().filter(file -> OWES.matcher(file.getValue()).find()).map(Map.Entry::getKey)
                .filter(name -> MAY.keySet().stream().noneMatch(name::endsWith)).toList();
        assertThat(owing).as("tell a flow by FlowEvents what has happened, and owe it there by kamelet:outbox-owe").isEmpty();
    }

    @Test
    void everyEventIsToldAndHasAShape() throws IOException {
        Set<String> told = sources().values().stream().flatMap(text -> TOLD.matcher(text).results()).map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(told).isEqualTo(new TreeSet<>(EventShapes.shipped().names()));
    }

    /** What the one says stands in the other. */
    @Test
    void theFileThatAnEventNamesTakesIt() throws IOException {
        for (String event : EventShapes.shipped().names()) {
            String flow = EventShapes.shipped().schema(event).orElseThrow().path("flow").asText();
            Matcher taken = Pattern.compile("(?m)^      uri: direct:" + Pattern.quote(event) + "$").matcher(Files.readString(Path.of("routes", flow + ".camel.yaml")));
            assertThat(taken.find()).as(event).isTrue();
        }
    }
}
