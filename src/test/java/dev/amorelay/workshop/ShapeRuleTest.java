package dev.amorelay.workshop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.delivery.Outbox;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a step reads is there, or told before it runs: a mistyped word would be answered 503 to every lead. */
class ShapeRuleTest {

    /** What a caller posted. */
    public record Post(Order order, List<Order> others, Map<String, Object> meta) {
    }

    /** Within it. */
    public record Order(String source, long price) {

        /** A method without get. */
        public boolean isLarge() {
            return price > 1000;
        }
    }

    /** A bean. */
    public static final class Door {

        /** From whatever came. */
        public Post read(Object body) {
            return null;
        }

        /** Says nothing of what it gives. */
        public Object any(Object body) {
            return null;
        }

        /** Gives nothing. */
        public void check(Post post) {
        }

        /** A tree of JSON. */
        public JsonNode tree(Object body) {
            return null;
        }
    }

    private static final String SHAPES = """
            crm.task:
              description: A task in the CRM
              type: object
              additionalProperties: false
              required: [text]
              properties:
                text: {type: string, description: What is to be done}
                lead: {type: integer, description: The deal that it is about}
            my.open:
              description: Of which not all is written
              properties:
                colour: {type: string, description: One of its keys}
            """;

    private static final Surroundings BEANS = new Surroundings() {
        @Override
        public Set<String> beans() {
            return Set.of("door", "outbox");
        }

        @Override
        public Optional<Class<?>> beanType(String name) {
            return Optional.ofNullable(Map.<String, Class<?>>of("door", Door.class, "outbox", Outbox.class).get(name));
        }

        @Override
        public Optional<String> property(String key) {
            return key.equals("relay.x") ? Optional.of("17") : Optional.empty();
        }
    };

    private static List<String> found(Map<String, String> files) {
        Set<Finding> findings = new TreeSet<>();
        Flows flows = Flows.read(new Edition(files), findings::add);
        new ShapeRule(BEANS, PayloadShapes.of(SHAPES)).check(flows, findings::add);
        return findings.stream().map(Finding::toString).toList();
    }

    /** What is told of these steps behind a start. */
    private static List<String> flow(String from, String steps) {
        return found(new TreeMap<>(Map.of("a.camel.yaml", route("leads.test.a", from, steps))));
    }

    private static String route(String id, String from, String steps) {
        return "- route:\n    id: " + id + "\n    from:\n      uri: " + from + "\n      steps:\n" + steps.strip().indent(8);
    }

    private static List<String> read(String expression) {
        return flow("platform-http:/ingest/x", "- bean:\n    ref: door\n    method: read\n- bean:\n    ref: door\n    method: check\n- setBody:\n    simple: '" + expression.replace("'", "''") + "'");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ${body.source} | nothing is at ${body.source}, since ${body} is a Post: write ${body.order.source}
            ${body.order.sourse} | nothing is at ${body.order.sourse}, since ${body.order} is a Order, did you mean source?
            Hello ${body.order.price.name} | nothing is at ${body.order.price.name}, since ${body.order.price} is a Long
            ${body[order]} | nothing is at ${body[order]}, since ${body} is a Post: write ${body.order}
            ${body.others[0].sorce} | nothing is at ${body.others[0].sorce}, since ${body.others[0]} is a Order, did you mean source?
            ${body?.order?.prise} | nothing is at ${body?.order.prise}, since ${body?.order} is a Order, did you mean price?
            """)
    void whatIsNotThere(String expression, String told) {
        assertThat(read(expression)).singleElement().asString().startsWith("a.camel.yaml:13:").contains(told);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ${body}
            ${body.order.source}
            ${body.order.source.length()}
            ${body.order.isLarge} ${body.order.large}
            ${body.order.source()} and ${body.others[0].price}
            ${body.others.size()}
            ${body.meta[whatever]} ${body.meta.get('x')} ${body.meta.any}
            ${header.x} ${variable.unknown.thing} ${exchangeProperty.x.y} ${date:now}
            ${body.toString()}
            """)
    void whatIsThere(String expression) {
        assertThat(read(expression)).isEmpty();
    }

    @Test
    void nothingIsSaidOfWhatIsNotKnown() {
        for (String method : new String[] {"any", "tree"}) {
            assertThat(flow("platform-http:/ingest/x", "- bean:\n    ref: door\n    method: " + method + "\n- setBody:\n    simple: ${body.source}")).isEmpty();
        }
        assertThat(flow("timer:x", "- setBody:\n    simple: ${body.source}")).isEmpty();
    }

    @Test
    void theBodyOfARequestHasNothingButItself() {
        assertThat(flow("platform-http:/ingest/x", "- setBody:\n    simple: ${body.source}")).singleElement().asString()
                .contains("nothing is at ${body.source}, since ${body} is the body as the caller sent it");
    }

    /** Values keep their shape under a name, through other flows and connectors, and lose it where ways meet that differ. */
    @Test
    void aShapeIsFollowedOverVariablesFlowsAndWays() {
        Map<String, String> files = new TreeMap<>();
        files.put("a.camel.yaml", route("leads.test.a", "platform-http:/ingest/x", """
                - to:
                    uri: direct:leads.test.b
                - log:
                    message: ${variable.post.ordr}
                """));
        files.put("b.camel.yaml", route("leads.test.b", "direct:leads.test.b", """
                - bean:
                    ref: door
                    method: read
                - setVariable:
                    name: post
                    expression:
                      simple:
                        expression: ${body}
                - choice:
                    when:
                      - simple: ${body.order.larg}
                        steps:
                          - setBody:
                              constant: x
                - setBody:
                    simple: ${body.what}
                """));
        assertThat(found(files)).extracting(finding -> finding.replaceFirst(", since.*", "")).containsExactly(
                "a.camel.yaml:9:22: nothing is at ${variable.post.ordr}", "b.camel.yaml:16:25: nothing is at ${body.order.larg}");
    }

    @Test
    void aPayloadHasTheKeysThatAreWrittenOfItsKind() {
        String task = "outbox:crm.task";
        assertThat(flow(task, "- setBody:\n    simple: ${body.payload[text]} ${body.payload[lead]} ${body.subject}")).isEmpty();
        assertThat(flow(task, "- setBody:\n    simple: ${body.payload[txt]}")).singleElement().asString()
                .contains("nothing is at ${body.payload[txt]}, since ${body.payload} is the payload of crm.task, did you mean text?");
        assertThat(flow(task, "- setBody:\n    simple: ${body.subjekt}")).singleElement().asString().contains("did you mean subject?");
        assertThat(flow("outbox:my.open", "- setBody:\n    simple: ${body.payload[b]}")).isEmpty();
        assertThat(flow("outbox:my.unwritten", "- setBody:\n    simple: ${body.payload[b]}")).isEmpty();
        assertThat(flow("outbox:crm.task?batch=50", "- split:\n    simple: ${body}\n    steps:\n      - setBody:\n          simple: ${body.subjekt}")).hasSize(1);
    }

    private static List<String> owes(String list) {
        return flow("platform-http:/ingest/x", "- setVariable:\n    name: owes\n    constant: '" + list + "'");
    }

    @Test
    void whatADoorsLeadOwesFits() {
        assertThat(owes("[{\"kind\": \"crm.task\", \"payload\": {\"text\": \"Call\", \"lead\": {{relay.x}}}}, {\"kind\": \"my.own\", \"payload\": {\"a\": 1}}]")).isEmpty();
        assertThat(owes("[{\"kind\": \"crm.task\", \"payload\": {\"txt\": \"Call\"}}]")).hasSize(2).anyMatch(finding ->
                finding.contains("the payload of crm.task has no txt, did you mean text?")).anyMatch(finding -> finding.contains("the payload of crm.task needs text"));
        assertThat(owes("[{\"kind\": \"crm.task\", \"payload\": {\"text\": \"Call\", \"lead\": \"17\"}}]")).singleElement().asString()
                .contains("lead of crm.task is of type integer, and '17' is a text: take the quotes away");
        assertThat(owes("[{\"kind\": \"crm.task\"")).singleElement().asString().contains("owes is a JSON list");
        assertThat(owes("[{\"payload\": {}}]")).singleElement().asString().contains("an effect without a kind");
    }

    /** Where further keys may stand, only what is nearly a known one is told. */
    @Test
    void aMistypedKeyOfAnOpenPayload() {
        assertThat(owes("[{\"kind\": \"my.open\", \"payload\": {\"colour\": \"red\", \"further\": 1}}]")).isEmpty();
        assertThat(owes("[{\"kind\": \"my.open\", \"payload\": {\"color\": \"red\"}}]")).singleElement().asString()
                .contains("the payload of my.open has no color, did you mean colour?");
    }

    @Test
    void whatAFlowOwesByTheConnectorFits() {
        String owe = "- to:\n    uri: kamelet:outbox-owe\n    parameters:\n      kind: crm.task\n      key: x";
        assertThat(flow("timer:x", owe + "\n      payload: '{\"text\": \"${date:now}\", \"lead\": ${body[id]} }'")).isEmpty();
        assertThat(flow("timer:x", owe + "\n      payload: '{\"text\": \"${date:now}\", \"lead\": \"${body[id]}\"}'")).isEmpty();
        assertThat(flow("timer:x", owe + "\n      payload: '{\"text\": \"${date:now}\", \"deal\": \"${body}\"}'")).singleElement().asString()
                .contains("the payload of crm.task has no deal");
        assertThat(flow("timer:x", owe + "\n      payload: '{\"text\": \"an end is missing}'")).singleElement().asString()
                .contains("a payload that begins with { is a JSON object");
        assertThat(flow("timer:x", owe + "\n      payload: '{\"text\": \"a\"}'\n      only: lead,text")).isEmpty();
        assertThat(flow("timer:x", "- setBody:\n    method:\n      ref: door\n      method: any\n" + owe)).isEmpty();
        assertThat(flow("timer:x", "- setBody:\n    constant: '{\"text\": \"Позвоните\"}'\n" + owe)).isEmpty();
        assertThat(flow("timer:x", "- setBody:\n    constant: '{\"text\": \"a\", \"deal\": 5}'\n" + owe)).singleElement().asString()
                .contains("the payload of crm.task has no deal");
    }

    /** Whoever fills in a form may write quotes. */
    @Test
    void aPayloadThatAValueCouldBreakIsRefused() {
        String owe = "\n- to:\n    uri: kamelet:outbox-owe\n    parameters:\n      kind: crm.task\n      key: x";
        String text = "    simple: '{\"text\": \"${body[name]}\"}'";
        assertThat(flow("timer:x", "- setBody:\n" + text + owe)).singleElement().asString().contains("a quote in one of its values would break this payload");
        assertThat(flow("timer:x", "- setVariable:\n    name: told\n" + text + owe + "\n      payload: ${variable.told}")).singleElement().asString()
                .contains("a quote in one of its values would break this payload");
    }
}
