package dev.amorelay.workshop;

import static dev.amorelay.workshop.RoutesCheckTest.KAMELET;
import static dev.amorelay.workshop.RoutesCheckTest.found;
import static org.assertj.core.api.Assertions.assertThat;

import dev.amorelay.json.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is owed is performed, for the same account, and in the commit that it belongs to. */
class OwedRuleTest {

    private static final String OWING = """
            - route:
                id: leads.test.owe
                description: Owes
                from:
                  uri: direct:leads.test.owe
                  steps:
            """;

    /** With the connector that owes. */
    private static Map<String, String> folder() {
        Map<String, String> folder = RoutesCheckTest.folder();
        folder.put("kamelets/outbox-owe.kamelet.yaml", KAMELET.replace("name: do-it", "name: outbox-owe").replace("required:\n      - to\n    ", "")
                .replace("to:\n        title", "kind:\n        title"));
        return folder;
    }

    /** What is owed and performed by nobody would wait for ever; what nobody owes never runs. */
    @Test
    void whatIsOwedIsPerformedBySomebodyAndTheOtherWayRound() {
        Map<String, String> folder = folder();
        folder.put("z.camel.yaml", OWING + """
                        - to:
                            uri: kamelet:outbox-owe
                            parameters:
                              kind: crm.tset
                              key: a:${body[id]}
                        - setVariable:
                            name: owes
                            expression:
                              constant:
                                expression: '[{"kind":"crm.test"},{"kind":"telegram.nobody"}]'
                - route:
                    id: leads.test.alone
                    description: Performs what nobody owes
                    from:
                      uri: outbox:crm.alone
                      steps:
                        - log:
                            message: alone
                """);
        assertThat(found(folder)).anyMatch(finding -> finding.startsWith("z.camel.yaml:10:21: no route performs crm.tset")
                        && finding.contains("crm.test"))
                .anyMatch(finding -> finding.startsWith("z.camel.yaml:16:29: no route performs telegram.nobody: add one that comes from outbox:telegram.nobody"))
                .anyMatch(finding -> finding.startsWith("z.camel.yaml:21:12: nobody owes crm.alone: owe it with kamelet:outbox-owe"))
                .noneMatch(finding -> finding.contains("nobody owes crm.test"));

        folder.put("lead/sources.yaml", "default: {label: a, title: b, owes: [], notes: []}\nsources: {fair: {owes: [{kind: crm.alone, chat: 1}]}}\n");
        assertThat(found(folder)).as("what the leads of a source owe").noneMatch(finding -> finding.contains("nobody owes crm.alone"));
    }

    /** Rows of an account are taken by its own worker only, rows of none by the one that serves all. */
    @Test
    void anEffectTellsItsAccountWhereItsPerformerAsksForIt() {
        Map<String, String> folder = folder();
        String flow = OWING + """
                        - to:
                            id: owe-it
                            uri: kamelet:outbox-owe
                            parameters:
                              kind: crm.own
                              key: a:${body[id]}
                              account: ${body[account]}
                - route:
                    id: leads.test.perform
                    description: Performs
                    from:
                      uri: outbox:crm.own
                      parameters:
                        perAccount: true
                      steps:
                        - log:
                            id: log-it
                            message: own
                """;
        folder.put("z.camel.yaml", flow);
        assertThat(found(folder)).noneMatch(finding -> finding.contains("whoever performs"));

        folder.put("z.camel.yaml", flow.replace("      parameters:\n        perAccount: true\n", ""));
        assertThat(found(folder)).anyMatch(finding -> finding.startsWith("z.camel.yaml:11:21: whoever performs crm.own has no perAccount"));

        folder.put("z.camel.yaml", flow.replace("              account: ${body[account]}\n", ""));
        assertThat(found(folder)).anyMatch(finding -> finding.startsWith("z.camel.yaml:11:21: whoever performs crm.own has perAccount"));
    }

    /** The policy would handle the failure inside of the block, which would be committed. */
    @Test
    void oneCommitHasNoErrorPolicyOfItsOwn() {
        Map<String, String> folder = RoutesCheckTest.folder();
        String route = """
                - route:
                    id: leads.test.commit
                    description: Commits
                    routeConfigurationId: policy
                    from:
                      uri: direct:leads.test.commit
                      steps:
                        - transacted:
                            steps:
                              - log:
                                  message: in one commit
                """;
        folder.put("z.camel.yaml", route.replace("    routeConfigurationId: policy\n", ""));
        assertThat(found(folder)).isEmpty();
        folder.put("z.camel.yaml", route);
        assertThat(found(folder)).anyMatch(finding -> finding.startsWith("z.camel.yaml:8:11: inside of transacted the error policy policy would"));
    }

    /** A route that is called from there brings its policy along, however many routes lie between. */
    @Test
    void oneCommitCallsNoErrorPolicy() {
        Map<String, String> folder = RoutesCheckTest.folder();
        String routes = """
                - route:
                    id: leads.test.commit
                    description: Commits
                    from:
                      uri: direct:leads.test.commit
                      steps:
                        - transacted:
                            steps:
                              - filter:
                                  simple: ${body} != null
                                  steps:
                                    - to:
                                        uri: direct:leads.test.between
                - route:
                    id: leads.test.between
                    description: Between
                    from:
                      uri: direct:leads.test.between
                      steps:
                        - to: direct:leads.test.handled
                - route:
                    id: leads.test.handled
                    description: Handles
                    routeConfigurationId: policy
                    from:
                      uri: direct:leads.test.handled
                      steps:
                        - log:
                            message: in the same commit
                """;
        folder.put("z.camel.yaml", routes);
        assertThat(found(folder)).singleElement().asString().startsWith("z.camel.yaml:13:25: inside of a commit direct:leads.test.between leads to the route "
                + "leads.test.handled, whose error policy policy would handle a failure");
        folder.put("z.camel.yaml", routes.replace("    routeConfigurationId: policy\n", ""));
        assertThat(found(folder)).isEmpty();
    }

    /** What the relay tells is followed by a route, without a policy of its own. */
    @Test
    void anEventOfTheRelayIsTaken() {
        String route = """
                - route:
                    id: leads.test.told
                    description: Follows
                    from:
                      uri: direct:leads.test.told
                      steps:
                        - log:
                            message: ${body[name]}
                """;
        Surroundings telling = new Invented() {
            @Override
            public EventShapes events() {
                return EventShapes.of(Json.read("{\"leads.test.told\":{\"flow\":\"z\",\"type\":\"object\",\"additionalProperties\":false,"
                        + "\"properties\":{\"name\":{\"type\":\"string\"}}}}"));
            }
        };
        Map<String, String> folder = RoutesCheckTest.folder();
        assertThat(foundBy(telling, folder)).singleElement().asString().startsWith("z.camel.yaml:1:1: no route comes from direct:leads.test.told, which the relay tells");
        folder.put("z.camel.yaml", route);
        assertThat(foundBy(telling, folder)).isEmpty();
        folder.put("z.camel.yaml", route.replace("[name]", "[nmae]"));
        assertThat(foundBy(telling, folder)).singleElement().asString().contains("the event leads.test.told", "did you mean name");
        folder.put("z.camel.yaml", route.replace("    from:", "    routeConfigurationId: policy\n    from:"));
        assertThat(foundBy(telling, folder)).singleElement().asString().contains("the relay tells leads.test.told inside of a commit");
    }

    private static List<String> foundBy(Surroundings surroundings, Map<String, String> folder) {
        return new RoutesCheck(surroundings).check(new Edition(folder)).stream().map(Finding::toString).toList();
    }

    /** No free text: whoever hands it on is a route that is there. */
    @Test
    void whoeverHandsOnIsARoute() {
        Map<String, String> folder = RoutesCheckTest.folder();
        folder.put("test.camel.yaml", folder.get("test.camel.yaml").replace("owedBy: outside", "owedBy: leads.test.god, outside"));
        assertThat(found(folder)).singleElement().asString().contains("no route leads.test.god that could owe crm.test", "leads.test.good");
        folder.put("test.camel.yaml", folder.get("test.camel.yaml").replace("leads.test.god,", "leads.test.good,"));
        assertThat(found(folder)).isEmpty();
    }

    @Test
    void whatIsPausedIsPerformedBySomebody() {
        Map<String, String> folder = RoutesCheckTest.folder();
        folder.put("kamelets/work-pause.kamelet.yaml", KAMELET.replace("name: do-it", "name: work-pause").replace("- to\n    ", "- kind\n    ")
                .replace("to:\n        title", "kind:\n        title").replace("{{to}}", "{{kind}}"));
        String flow = OWING + """
                        - to:
                            uri: kamelet:work-pause
                            parameters:
                              kind: crm.test
                """;
        folder.put("z.camel.yaml", flow);
        assertThat(found(folder)).isEmpty();
        folder.put("z.camel.yaml", flow.replace("crm.test", "crm.tset"));
        assertThat(found(folder)).singleElement().asString().contains("no route performs crm.tset", "crm.test");
    }
}
