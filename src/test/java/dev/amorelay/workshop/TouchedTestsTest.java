package dev.amorelay.workshop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which tests an edit has to pass. */
class TouchedTestsTest {

    private static final Edition SHIPPED = Edition.of(Path.of("routes"));
    private static final TouchedTests TOUCHED = new TouchedTests();

    private static List<String> touched(Map<String, String> texts, Map<String, String> tests) {
        Map<String, String> changed = new TreeMap<>(SHIPPED.texts());
        changed.putAll(texts);
        Map<String, String> all = new TreeMap<>(SHIPPED.tests());
        all.putAll(tests);
        return TOUCHED.of(SHIPPED, new Edition(changed, all)).stream().map(file -> file.replaceAll("tests/|\\.test\\.yaml", "")).toList();
    }

    private static List<String> touchedBy(String file) {
        assertThat(SHIPPED.texts()).containsKey(file);
        // a word that stands in routes, in connectors, and anything in a text
        return touched(Map.of(file, SHIPPED.texts().get(file).replace("description: ", "description: Now ") + (file.endsWith("yaml") ? "" : "!")), Map.of());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            health.camel.yaml                         | health
            lead-mail-copy.camel.yaml                 | lead-mail-copy
            lead/mail-copy.ftl                        | lead-mail-copy
            lead/note-message.ftl                     | lead-delivery
            telegram/machine-registered.ftl           | telegram-notification
            service/message-client.ftl                | service-messages
            note/invitation.ftl                       | crm-note, invitations, service-completion, service-stage
            kamelets/mail-send.kamelet.yaml           | lead-mail-copy
            """)
    void areThoseOfTheFlowsThatWorkWithIt(String file, String flows) {
        assertThat(touchedBy(file)).containsExactly(flows.split(", "));
    }

    @Test
    void anErrorPolicyTouchesAllThatStandUnderIt() {
        assertThat(touchedBy("errors/doors.camel.yaml")).contains("lead-ingest", "webhook-receive", "health").doesNotContain("lead-delivery");
    }

    @Test
    void testsThatComeWithTheEditStandFirst() {
        assertThat(touched(Map.of("lead/names.yaml", SHIPPED.texts().get("lead/names.yaml") + "\n"), Map.of("tests/another-form.test.yaml", "- test: new")))
                .containsExactly("another-form", "lead-ingest");
    }

    @Test
    void aFlowThatIsGoneHasNothingToShow() {
        Map<String, String> without = new TreeMap<>(SHIPPED.texts());
        without.remove("health.camel.yaml");
        assertThat(TOUCHED.of(SHIPPED, new Edition(without, SHIPPED.tests()))).isEmpty();
        assertThat(TOUCHED.of(SHIPPED, SHIPPED)).isEmpty();
    }

    /** A flow that is renamed must not be forgotten in the table. */
    @Test
    void theTableOfReadersNamesWhatIsThere() throws Exception {
        Properties readers = new Properties();
        readers.load(Files.newBufferedReader(Path.of("src/main/resources/workshop/readers.properties")));
        assertThat(readers.keySet()).allSatisfy(place -> assertThat(Path.of("routes", place.toString())).exists());
        assertThat(readers.values()).flatMap(flows -> Stream.of(flows.toString().split(", ")).toList())
                .allSatisfy(flow -> assertThat(SHIPPED.tests()).containsKey("tests/" + flow + ".test.yaml"));
    }
}
