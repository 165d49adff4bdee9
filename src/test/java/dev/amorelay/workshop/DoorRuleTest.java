package dev.amorelay.workshop;

import static dev.amorelay.workshop.RoutesCheckTest.folder;
import static dev.amorelay.workshop.RoutesCheckTest.found;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A flow's own door says in its file who may come, and what it says is checked. */
class DoorRuleTest {

    private static List<String> door(String address, String... options) {
        Map<String, String> folder = folder();
        folder.put("z.camel.yaml", "- route:\n    id: leads.test.door\n    description: Is a door\n    from:\n      uri: platform-http:" + address
                + "\n      parameters:\n        httpMethodRestrict: GET\n" + Stream.of(options).map(option -> "        " + option + "\n").collect(Collectors.joining())
                + "      steps:\n        - removeHeaders:\n            pattern: \"*\"\n");
        return found(folder);
    }

    @Test
    void aDoorSaysWhoMayCome() {
        assertThat(door("/partner/orders")).singleElement().asString().startsWith("z.camel.yaml:5:12: nothing says who may come to /partner/orders, so that it"
                + " would answer 404 to everybody: add 'access:' under 'parameters:' with one of open, keyed, viewer, operator, admin");
        for (String who : List.of("open", "viewer", "operator", "admin")) {
            assertThat(door("/partner/orders", "access: " + who)).as(who).isEmpty();
        }
        String hash = "keyHash: " + "0123456789abcdef".repeat(4);
        assertThat(door("/partner/orders", "access: keyed", hash, "headers: X-Partner-Id, X-Sign")).isEmpty();
        assertThat(door("/ingest/own", "access: keyed", hash)).isEmpty();
        assertThat(door("/ingest/own", "headers: X-Partner-Id")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /partner/orders | access: all | z.camel.yaml:8:17: access cannot be 'all': say who may come, open, keyed,
            /partner/orders | access: keyed | z.camel.yaml:8:17: a keyed door needs keyHash
            /ingest/own | keyHash: abc | z.camel.yaml:8:18: keyHash is for a keyed door
            /ingest/own | headers: X-A, Cookie | z.camel.yaml:8:18: a door does not let in the header 'cookie'
            /ingest/own | headers: CamelHttpUri | z.camel.yaml:8:18: a door does not let in the header 'camelhttpuri'
            /ingest/own | access: "{{relay.mail.from}}" | z.camel.yaml:5:12: who may come to a door is written out
            /api/admin/own | access: open | z.camel.yaml:8:17: who may come to /api/admin/own is settled
            /webhook/own | access: open | z.camel.yaml:8:17: who may come to /webhook/own is settled
            /sandbox/own | access: open | z.camel.yaml:5:12: /sandbox/own is not for flows
            / | access: open | z.camel.yaml:5:12: this door would stand in the place of all others
            /{anything} | access: open | z.camel.yaml:5:12: this door would stand in the place of all others
            """)
    void aDoorThatIsOpenedWrongly(String address, String option, String told) {
        assertThat(door(address, option)).anyMatch(finding -> finding.startsWith(told));
    }
}
