package dev.amorelay.workshop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amorelay.AmoRelayApplication;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The routes that are shipped, checked against the application's own beans and settings. */
class ShippedRoutesTest {

    private static final Pattern EXAMPLE = Pattern.compile("(?m)^    amorelay.dev/example: \\|\\R((?:      .*\\R|\\R)+)");

    /** Camel would take it, and answer 503 to every lead. */
    @Test
    void aMistypedPropertyOfALeadIsTold() {
        Map<String, String> texts = new TreeMap<>(Edition.of(Path.of("routes")).texts());
        texts.compute("lead-ingest.camel.yaml", (file, text) -> text.replace("            method: read\n",
                "            method: read\n        - setVariable:\n            id: note-source\n            name: source\n            expression:\n"
                        + "              simple:\n                expression: ${body.source}\n"));
        assertThat(new RoutesCheck(DefinedBeans.of(AmoRelayApplication.class)).check(new Edition(texts))).extracting(Finding::toString)
                .singleElement().asString().startsWith("lead-ingest.camel.yaml:")
                .contains("nothing is at ${body.source}, since ${body} is a LeadPost: write ${body.lead.source}");
    }

    /** What docs/kamelets.md shows can be copied. */
    @Test
    void theExamplesOfTheConnectorsPass() {
        Map<String, String> texts = new TreeMap<>(Edition.of(Path.of("routes")).texts());
        Map.copyOf(texts).forEach((file, text) -> {
            Matcher example = EXAMPLE.matcher(text);
            if (file.startsWith("kamelets/") && example.find()) {
                String name = file.replaceFirst(".*/(.*)\\.kamelet\\.yaml", "$1");
                String lines = example.group(1).replaceAll("(?m)^ {6}", "");
                texts.put("example-" + name + ".camel.yaml", lines.startsWith("- route:") ? lines : "- route:\n    id: examples." + name
                        + ".use\n    description: An example\n    from:\n      uri: direct:examples." + name + ".use\n      steps:\n" + lines.indent(8));
            }
        });
        assertThat(texts.keySet()).filteredOn(file -> file.startsWith("example-")).contains("example-mail-send.camel.yaml").hasSizeGreaterThan(20);
        assertThat(new RoutesCheck(DefinedBeans.of(AmoRelayApplication.class)).check(new Edition(texts))).extracting(Finding::toString)
                .singleElement().asString().contains("takes inbox:amocrm already");
    }

    @Test
    void nothingIsWrongWithThem() {
        Surroundings surroundings = DefinedBeans.of(AmoRelayApplication.class);
        Edition edition = Edition.of(Path.of("routes"));

        assertThat(new RoutesCheck(surroundings).check(edition)).isEmpty();
        assertThat(RoutesCheck.wishes(edition)).isEmpty();
        assertThat(edition.texts()).containsKeys("lead-ingest.camel.yaml", "errors/doors.camel.yaml", "kamelets/mail-send.kamelet.yaml");
        assertThat(surroundings.beanType("leadDoor")).isPresent();
        assertThat(surroundings.property("relay.mail.orders-to")).isPresent();
        // a flow that calls one of the sandbox's would fail in production
        assertThat(surroundings.beans()).contains("sandboxSchema");
        assertThat(surroundings.beanType("sandboxSchema")).isEmpty();
    }
}
