package dev.amorelay.workshop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What an edit exchanges, and what it leaves running. */
class PlanTest {

    private static final String DOOR = route("a.door.in", "platform-http:/a", "policy", "direct:a");
    private static final String INNER = route("a.inner.step", "direct:a", "", "kamelet:send");
    private static final String OTHER = route("b.work.out", "outbox:b", "", "log:x");
    private static final String SEND = kamelet("send", "kamelet:raw");
    private static final String RAW = kamelet("raw", "log:raw");
    private static final String POLICY = "- routeConfiguration:\n    id: policy\n    description: x\n";
    private static final String ANONYMOUS = "- routeConfiguration:\n    description: y\n";

    private static String route(String id, String from, String policy, String to) {
        return "- route:\n    id: " + id + "\n" + (policy.isEmpty() ? "" : "    routeConfigurationId: " + policy + "\n")
                + "    from:\n      uri: " + from + "\n      steps:\n        - to:\n            uri: " + to + "\n";
    }

    private static String kamelet(String name, String to) {
        return "metadata:\n  name: " + name + "\nspec:\n  template:\n    from:\n      uri: kamelet:source\n      steps:\n        - to: " + to + "\n";
    }

    private static Map<String, String> folder() {
        return new TreeMap<>(Map.of("a.camel.yaml", DOOR + INNER, "b.camel.yaml", OTHER, "kamelets/send.kamelet.yaml", SEND,
                "kamelets/raw.kamelet.yaml", RAW, "errors/p.camel.yaml", POLICY, "errors/q.camel.yaml", ANONYMOUS));
    }

    private static Plan plan(Map<String, String> after) {
        return Plan.of(flows(folder()), flows(after));
    }

    private static Flows flows(Map<String, String> texts) {
        return Flows.read(new Edition(texts), finding -> {
            throw new AssertionError(finding.toString());
        });
    }

    private static Plan plan(String file, String text) {
        Map<String, String> after = folder();
        after.put(file, text);
        return plan(after);
    }

    @Test
    void nothingChanges() {
        assertThat(plan(folder()).isEmpty()).isTrue();
    }

    @Test
    void onlyTheEditedRouteIsExchanged() {
        Plan plan = plan("a.camel.yaml", DOOR + INNER.replace("steps:", "steps: # edited"));
        assertThat(plan.goneRoutes()).containsExactly("a.inner.step");
        assertThat(plan.fresh()).extracting(FlowItem::id).containsExactly("a.inner.step");
        assertThat(plan.entries()).as("the door leads there").containsExactly("a.door.in");
    }

    @Test
    void aRouteThatMovesDownInItsFileRunsOn() {
        Plan plan = plan("a.camel.yaml", route("c.new.one", "direct:c", "", "log:c") + DOOR + INNER);
        assertThat(plan.gone()).isEmpty();
        assertThat(plan.fresh()).extracting(FlowItem::id).containsExactly("c.new.one");
    }

    @Test
    void aRenamedFileChangesNothing() {
        Map<String, String> after = folder();
        after.put("z.camel.yaml", after.remove("b.camel.yaml"));
        assertThat(plan(after).isEmpty()).isTrue();
    }

    @Test
    void aDeletedFileStops() {
        Map<String, String> after = folder();
        after.remove("b.camel.yaml");
        assertThat(plan(after).goneRoutes()).containsExactly("b.work.out");
        assertThat(plan(after).fresh()).isEmpty();
    }

    @Test
    void aKameletTakesItsUsersAlong() {
        Plan plan = plan("kamelets/raw.kamelet.yaml", RAW.replace("log:raw", "log:cooked"));
        assertThat(plan.fresh()).extracting(FlowItem::key).containsExactly("kamelet raw", "kamelet send", "route a.inner.step");
        assertThat(plan.goneRoutes()).containsExactly("a.inner.step");
    }

    @Test
    void connectorsThatAreUsedAreThereBeforeTheirUsers() {
        Plan plan = plan("a.camel.yaml", DOOR + INNER.replace("steps:", "steps: # edited"));
        assertThat(plan.needed()).extracting(FlowItem::id).containsExactlyInAnyOrder("send", "raw");
        assertThat(plan("b.camel.yaml", OTHER + "# edited").needed()).isEmpty();
    }

    @Test
    void anErrorPolicyTakesItsRoutesAlong() {
        Plan plan = plan("errors/p.camel.yaml", POLICY.replace("description: x", "description: z"));
        assertThat(plan.goneRoutes()).containsExactly("a.door.in");
    }

    @Test
    void thePolicyOfAllOthersTakesAllOthersAlong() {
        Plan plan = plan("errors/q.camel.yaml", ANONYMOUS.replace("description: y", "description: z"));
        assertThat(plan.goneRoutes()).containsExactly("a.inner.step", "b.work.out");
        assertThat(plan.ids(plan.fresh(), FlowItem.KAMELET)).containsExactly("raw", "send");
    }

    @Test
    void anItemAloneStandsOnItsOwnLines() {
        FlowItem inner = flows(folder()).all(FlowItem.ROUTE).filter(route -> route.id().equals("a.inner.step")).findFirst().orElseThrow();
        assertThat(inner.firstLine()).isEqualTo((int) DOOR.lines().count() + 1);
        assertThat(inner.alone()).isEqualTo("\n".repeat((int) DOOR.lines().count()) + INNER);
    }

    private static String worker(String steps) {
        return "- route:\n    id: w.work.do\n    routeConfigurationId: policy\n    from:\n      uri: outbox:w\n      steps:\n" + steps;
    }

    /** A worker that comes by nothing else that is exchanged can finish beside its successor. */
    @Test
    void whoMayGoOnWhileItIsExchanged() {
        Map<String, String> before = folder();
        before.put("w.camel.yaml", worker("        - to: kamelet:send\n        - to: direct:a\n"));
        Map<String, String> edited = new TreeMap<>(before);
        edited.put("w.camel.yaml", worker("        - to: kamelet:send\n        - to: direct:a\n        - log: more\n"));
        assertThat(Plan.of(flows(before), flows(edited)).mayGoOn()).containsExactly("w.work.do");

        Map<String, String> withPolicy = new TreeMap<>(edited);
        withPolicy.put("errors/p.camel.yaml", POLICY.replace("description: x", "description: z"));
        assertThat(Plan.of(flows(before), flows(withPolicy)).mayGoOn()).as("its policy is built in").contains("w.work.do");

        Map<String, String> withConnector = new TreeMap<>(edited);
        withConnector.put("kamelets/send.kamelet.yaml", SEND.replace("to: kamelet:raw", "to: log:raw"));
        assertThat(Plan.of(flows(before), flows(withConnector)).mayGoOn()).as("it would meet the new connector").isEmpty();

        Map<String, String> withInner = new TreeMap<>(edited);
        withInner.put("a.camel.yaml", DOOR + INNER.replace("steps:", "steps: # edited"));
        assertThat(Plan.of(flows(before), flows(withInner)).mayGoOn()).as("it would come by the new inner route").isEmpty();
    }

    @Test
    void theSuccessorStandsBesideUnderANameOfItsOwn() {
        Map<String, String> before = folder();
        before.put("w.camel.yaml", worker("        - log: a\n"));
        Map<String, String> edited = new TreeMap<>(before);
        edited.put("w.camel.yaml", worker("        - log: b\n"));
        Plan plan = Plan.of(flows(before), flows(edited));
        Plan beside = plan.beside(plan.mayGoOn());
        assertThat(beside.gone()).isEmpty();
        assertThat(beside.fresh()).singleElement().satisfies(item -> {
            assertThat(item.id()).isEqualTo("w.work.do~next");
            assertThat(item.text()).contains("    id: w.work.do~next\n", "- log: b");
        });
        assertThat(plan.beside(Set.of())).isSameAs(plan);
    }
}
