package dev.amorelay.workshop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every finding names file, line and column, and all are told at once. */
class RoutesCheckTest {

    private static final RoutesCheck CHECK = new RoutesCheck(new Invented());

    private static final String FLOW = """
            # a comment
            - route:
                id: leads.test.good
                description: Does what it says
                routeConfigurationId: policy
                from:
                  uri: platform-http:/ingest/test
                  parameters:
                    httpMethodRestrict: POST
                  steps:
                    - bean:
                        ref: desk
                        method: stamp(${body})
                    - to:
                        uri: kamelet:do-it
                        parameters:
                          to: "{{relay.mail.from}}"
                    - to:
                        uri: sql:classpath:sql/health/can-store.sql
                        parameters:
                          dataSource: '#doorDataSource'
                    - to:
                        uri: direct:leads.test.inner
                    - setBody:
                        simple: ${bean:desk?method=stamp} ${body}
            - route:
                id: leads.test.inner
                description: Is called
                from:
                  uri: direct:leads.test.inner
                  steps:
                    - removeHeaders:
                        pattern: "*"
            - route:
                id: leads.test.work
                description: Works
                from:
                  uri: outbox:crm.test
                  parameters:
                    batch: 50
                    owedBy: outside
                  steps:
                    - to:
                        uri: telegram:bots
            - route:
                id: leads.test.clock
                description: Ticks
                from:
                  uri: quartz:test/clock
                  parameters:
                    cron: "{{relay.cron}}"
                    trigger.timeZone: Europe/Moscow
                  steps:
                    - log:
                        message: tick
            """;
    private static final String POLICY = """
            - routeConfiguration:
                id: policy
                description: What becomes of failures
                onException:
                  - onException:
                      exception:
                        - java.lang.Exception
                      handled:
                        constant: "true"
                      steps:
                        - bean:
                            ref: desk
                            method: stamp
            """;
    static final String KAMELET = """
            apiVersion: camel.apache.org/v1
            kind: Kamelet
            metadata:
              name: do-it
              labels:
                camel.apache.org/kamelet.type: action
            spec:
              definition:
                title: Do it
                description: Does it
                type: object
                required:
                  - to
                properties:
                  to:
                    title: To
                    description: To whom
                    type: string
                    example: x@example.com
              template:
                from:
                  uri: kamelet:source
                  steps:
                    - log:
                        message: "{{to}}"
            """;

    static List<String> found(Map<String, String> files) {
        return CHECK.check(new Edition(files)).stream().map(Finding::toString).toList();
    }

    static Map<String, String> folder() {
        return new TreeMap<>(Map.of("test.camel.yaml", FLOW, "errors/policy.camel.yaml", POLICY, "kamelets/do-it.kamelet.yaml", KAMELET));
    }

    private static List<String> changed(String file, String from, String to) {
        Map<String, String> folder = folder();
        assertThat(folder.get(file)).contains(from);
        folder.put(file, folder.get(file).replace(from, to));
        return found(folder);
    }

    @Test
    void aGoodFolderIsNotBlamed() {
        assertThat(found(folder())).isEmpty();
    }

    @Test
    void noTwoStepsShareAnId() {
        Map<String, String> folder = folder();
        folder.put("test.camel.yaml", FLOW.replace("ref: desk\n", "ref: desk\n            id: stamp-it\n"));
        assertThat(found(folder)).isEmpty();
        folder.put("kamelets/do-it.kamelet.yaml", KAMELET.replace("message: \"{{to}}\"", "id: stamp-it\n            message: \"{{to}}\""));
        assertThat(found(folder)).containsExactly(
                "test.camel.yaml:13:17: step stamp-it is there already, in kamelets/do-it.kamelet.yaml line 25: give one of them another id");
    }

    /** A choice's ways and what an error policy does have boxes of their own. */
    @Test
    void idsAreAskedForWithoutRefusingAnEdit() {
        Map<String, String> folder = folder();
        folder.put("test.camel.yaml", FLOW.substring(0, FLOW.indexOf("- route:\n    id: leads.test.inner")).replaceFirst("(?s)steps:.*", "") + """
                steps:
                        - choice:
                            id: choose-way
                            when:
                              - simple: ${body}
                                steps:
                                  - to: log:a
                            otherwise:
                              steps:
                                - log:
                                    id: log-b
                                    message: b
                """);
        assertThat(found(folder)).isEmpty();
        assertThat(RoutesCheck.wishes(new Edition(folder))).extracting(finding -> finding.toString().replaceFirst(" has no id.*", ""))
                .containsExactly("errors/policy.camel.yaml:5:9: this 'onException'", "errors/policy.camel.yaml:11:15: this 'bean'",
                        "kamelets/do-it.kamelet.yaml:24:11: this 'log'", "test.camel.yaml:14:17: this 'when'", "test.camel.yaml:16:21: this 'to'",
                        "test.camel.yaml:17:13: this 'otherwise'");
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                // what is changed to what; where that is told, and what is said
                flow("description: Does what", "description: Does: what", "4:22: no valid YAML: mapping values are not allowed here"),
                flow("    - bean:\n", "    - baen:\n", "11:11: 'baen' does not belong here"),
                flow("      steps:\n        - bean:", "      stebs:\n        - bean:", "10:7: 'stebs' does not belong here"),
                flow("id: leads.test.good", "id: leads.good", "3:9: leads.good is not of the form <domain>.<flow>.<stage>"),
                flow("    id: leads.test.good\n", "", "3:5: a route without id"),
                flow("id: leads.test.inner\n", "id: leads.test.good\n", "27:9: route leads.test.good is there already, in test.camel.yaml line 2"),
                flow("    description: Is called\n", "", "27:9: leads.test.inner has no description"),
                flow("routeConfigurationId: policy", "routeConfigurationId: polcy", "5:27: no error policy polcy, did you mean policy?"),
                flow("ref: desk", "ref: deks", "12:18: no bean deks, did you mean desk?"),
                flow("method: stamp(", "method: stmp(", "13:21: bean desk has no public method stmp, did you mean stamp?"),
                flow("method: stamp(${body})", "method: hidden", "13:21: bean desk has no public method hidden: it has stamp"),
                flow("            method: stamp(${body})\n", "", "12:18: bean desk is called without 'method:'"),
                flow("${bean:desk?method=stamp}", "${bean:disk?method=stamp}", "25:21: no bean disk, did you mean desk?"),
                flow("${bean:desk?method=stamp}", "${bean:desk?method=stomp}", "25:21: bean desk has no public method stomp"),
                flow("kamelet:do-it", "kamelet:do-at", "15:18: no connector do-at, did you mean do-it?"),
                flow("              to: \"{{", "              ot: \"{{", "17:19: connector do-it has no parameter ot"),
                flow("            parameters:\n              to: \"{{relay.mail.from}}\"\n", "", "15:18: connector do-it needs the parameter to"),
                flow("{{relay.mail.from}}", "{{relay.mial.from}}", "17:19: no property relay.mial.from"),
                flow("can-store.sql", "can-stor.sql", "19:18: no statement sql/health/can-stor.sql"),
                flow("'#doorDataSource'", "'#dorDataSource'", "21:27: no bean dorDataSource, did you mean doorDataSource?"),
                flow("dataSource:", "datasource:", "21:27: option datasource is no option of sql, did you mean dataSource?"),
                flow("uri: sql:classpath", "uri: sqll:classpath", "19:18: no component sqll, did you mean sql?"),
                flow("            uri: direct:leads.test.inner", "            uri: direct:leads.test.iner",
                        "23:18: no route comes from direct:leads.test.iner, did you mean leads.test.inner?"),
                flow("uri: telegram:bots", "uri: telegram", "44:18: 'telegram' is no whole address"),
                flow("httpMethodRestrict: POST", "httpMethodRestrict: POSTS", "9:29: no valid list of HTTP methods"),
                flow("batch: 50", "bach: 50", "40:15: option bach is no option of outbox, did you mean batch?"),
                flow("batch: 50", "batch: many", "40:16: option batch cannot be 'many': use a whole number"),
                flow("\"{{relay.cron}}\"", "every day", "51:15: no valid cron expression"),
                flow("    - setBody:\n            simple: ${bean:desk?method=stamp} ${body}",
                        "    - throwException:\n            exceptionType: dev.amorelay.mail.No\n            message: x", "25:28: no exception dev.amorelay.mail.No"),
                flow("    - setBody:\n            simple: ${bean:desk?method=stamp} ${body}",
                        "    - throwException:\n            exceptionType: java.net.http.HttpTimeoutException",
                        "25:28: a flow cannot make a HttpTimeoutException without a 'message:'"),
                flow("    - setBody:\n            simple: ${bean:desk?method=stamp} ${body}",
                        "    - throwException:\n            exceptionType: dev.amorelay.work.LeaseLost\n            message: x",
                        "25:28: a flow cannot make a LeaseLost of a message alone: throw dev.amorelay.work.Refused"),
                flow("simple: ${bean:desk?method=stamp} ${body}", "simple: ${bean:desk?method=stamp} ${date:}", "3:9: Camel cannot load leads.test.good"),
                flow("simple: ${bean:desk?method=stamp} ${body}", "simple: ${bean:desk?method=stamp} ${bdy}",
                        "25:21: ${bdy} is no function that flows may use, did you mean body?"),
                new Object[] {"errors/policy.camel.yaml", "java.lang.Exception", "java.lang.Exeption", "7:15: no exception java.lang.Exeption"},
                new Object[] {"errors/policy.camel.yaml", "    description: What becomes of failures\n", "", "2:9: policy has no description"},
                new Object[] {"kamelets/do-it.kamelet.yaml", "name: do-it", "name: do-that", "4:9: the connector is named 'do-that'"},
                new Object[] {"kamelets/do-it.kamelet.yaml", "        example: x@example.com\n", "", "16:9: parameter to has no example"},
                new Object[] {"kamelets/do-it.kamelet.yaml", "kamelet.type: action", "kamelet.type: actoin", "6:5: no label camel.apache.org/kamelet.type"},
                new Object[] {"kamelets/do-it.kamelet.yaml", "- log:", "- lgo:", "24:11: 'lgo' does not belong here"},
                new Object[] {"kamelets/do-it.kamelet.yaml", "{{to}}", "{{ot}}", "25:22: no property ot: use one of application.yaml"})
                .map(Arguments::of);
    }

    private static Object[] flow(String from, String to, String told) {
        return new Object[] {"test.camel.yaml", from, to, told};
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void isToldWithItsPlace(String file, String from, String to, String told) {
        assertThat(changed(file, from, to)).anyMatch(finding -> finding.startsWith(file + ":" + told));
    }

    @Test
    void allIsToldAtOnce() {
        Map<String, String> folder = folder();
        folder.put("test.camel.yaml", FLOW.replace("ref: desk", "ref: deks").replace("- bean:", "- baen:").replace("batch: 50", "bach: 50"));
        folder.put("errors/policy.camel.yaml", POLICY.replace("java.lang.Exception", "java.lang.Exeption"));
        folder.put("broken.camel.yaml", "- route: [");
        assertThat(found(folder)).extracting(finding -> finding.substring(0, finding.indexOf(':')))
                .contains("broken.camel.yaml", "errors/policy.camel.yaml", "test.camel.yaml").hasSizeGreaterThanOrEqualTo(4);
    }

    @Test
    void twoOfAKindInTwoFiles() {
        Map<String, String> folder = folder();
        folder.put("z.camel.yaml", """
                - route:
                    id: leads.test.inner
                    description: Has an id that is taken
                    from:
                      uri: platform-http:/ingest/test
                      steps:
                        - removeHeaders:
                            pattern: "*"
                """);
        assertThat(found(folder)).containsExactly(
                "z.camel.yaml:2:9: route leads.test.inner is there already, in test.camel.yaml line 26: give one of them another id",
                "z.camel.yaml:5:12: route leads.test.good (test.camel.yaml line 7) takes POST /ingest/test already: two routes cannot; "
                        + "give one of them another address");
    }

    @Test
    void theSameAddressWithAnotherMethodIsAnotherDoor() {
        Map<String, String> folder = folder();
        folder.put("z.camel.yaml", """
                - route:
                    id: leads.test.other
                    description: Reads where the other one writes
                    from:
                      uri: platform-http:/ingest/test?httpMethodRestrict=GET
                      steps:
                        - removeHeaders:
                            pattern: "*"
                """);
        assertThat(found(folder)).isEmpty();
    }

    /** Each of two takers would get some of the events. */
    @Test
    void oneFlowTakesTheInboxAndOneEachKindOfWorkAlsoByConnectors() {
        Map<String, String> folder = folder();
        folder.put("kamelets/take-work.kamelet.yaml", source("take-work", "outbox:{{kind}}"));
        folder.put("kamelets/take-events.kamelet.yaml", source("take-events", "inbox:amocrm"));
        folder.put("y.camel.yaml", taker("leads.test.first", "kamelet:take-events") + taker("leads.test.other-kind", "kamelet:take-work?kind=crm.other"));
        assertThat(found(folder)).isEmpty();
        folder.put("z.camel.yaml", taker("leads.test.second", "kamelet:take-events") + taker("leads.test.same-kind", "kamelet:take-work?kind=crm.test"));
        assertThat(found(folder)).containsExactly(
                "z.camel.yaml:5:12: route leads.test.first (y.camel.yaml line 5) takes inbox:amocrm already: two routes cannot; "
                        + "to do something with a further kind of event, add a branch there",
                "z.camel.yaml:13:12: route leads.test.work (test.camel.yaml line 38) takes outbox:crm.test already: two routes cannot; "
                        + "give one of them another address");
    }

    private static String source(String name, String from) {
        return KAMELET.replace("name: do-it", "name: " + name).replace("kamelet.type: action", "kamelet.type: source")
                .replaceAll("(?m)^    (required:\\R      - to|  to:)$", "").replaceAll("(?s)    properties:.*?  template:", "    properties:\n"
                        + "      kind:\n        title: Kind\n        description: Of work\n        type: string\n        example: crm.test\n        default: crm.none\n  template:")
                .replace("kamelet:source", from).replaceAll("(?s)- log:.*", "- to:\n            uri: kamelet:sink\n");
    }

    private static String taker(String id, String from) {
        return "- route:\n    id: " + id + "\n    description: Takes\n    from:\n      uri: " + from
                + "\n      steps:\n        - log:\n            message: taken\n";
    }

    /** As Kaoto saves the policy that holds for all who name none. */
    @Test
    void anErrorPolicyThatNobodyNames() {
        Map<String, String> folder = folder();
        folder.put("errors/inner.camel.yaml", "- routeConfiguration:\n    description: For all others\n    errorHandler:\n      noErrorHandler: {}\n");
        assertThat(found(folder)).isEmpty();
        folder.put("errors/inner.camel.yaml", folder.get("errors/inner.camel.yaml").replace("    description", "    id: routeConfiguration-3935\n    description"));
        assertThat(found(folder)).singleElement().asString().startsWith(
                "errors/inner.camel.yaml:2:9: no route names the error policy routeConfiguration-3935: name it with 'routeConfigurationId:', or, where it "
                        + "is to hold for all that name none, take its id out");
    }

    @Test
    void filesThatNobodyLoads() {
        Map<String, String> folder = folder();
        folder.put("flow.yaml", "- route:");
        folder.put("empty.camel.yaml", "# nothing\n");
        assertThat(found(folder)).containsExactly("empty.camel.yaml:1:1: the file is empty: write a route, or delete it",
                "flow.yaml:1:1: not loaded under this name: name a flow *.camel.yaml, a connector *.kamelet.yaml, a test *.test.yaml, a text *.ftl");
    }

    @Test
    void whatLiveEditingCannotExchangeIsToldOff() {
        Map<String, String> folder = folder();
        folder.put("z.camel.yaml", "- onException:\n    exception:\n      - java.lang.Exception\n    steps:\n      - log:\n          message: x\n");
        assertThat(found(folder)).anyMatch(finding -> finding.startsWith("z.camel.yaml:2:5: 'onException' cannot stand at the top of a file here"));
    }
}
