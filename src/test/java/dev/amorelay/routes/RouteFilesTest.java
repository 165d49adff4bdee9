package dev.amorelay.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;

class RouteFilesTest {

    private static final Path FOLDER = Path.of("routes");
    private static final Components BEANS = new Components();

    private static final String GOOD = """
            - route:
                id: leads.test.good
                description: Does what it says
                routeConfigurationId: policy
                from:
                  uri: direct:good
                  steps:
                    - bean:
                        ref: outbox
                        method: skip(${body}, 'not needed')
                    - to:
                        uri: kamelet:do-it
                        parameters:
                          to: x
                    - to:
                        uri: sql:classpath:sql/health/can-store.sql?outputType=SelectOne
            """;
    private static final RouteFile POLICY = new RouteFile("errors/test.camel.yaml", """
            - routeConfiguration:
                id: policy
                description: What becomes of failures
            """);
    private static final String KAMELET = """
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
                    - log: done
            """;

    private static List<String> complaints(List<RouteFile> files) {
        return new RouteFiles(files, BEANS::has, name -> RouteFilesTest.class.getResource("/" + name) != null).complaints();
    }

    /** What is said about a flow, beside a good error policy and a good kamelet. */
    private static List<String> flow(String text) {
        return complaints(List.of(new RouteFile("test.camel.yaml", text), POLICY, new RouteFile("kamelets/do-it.kamelet.yaml", KAMELET)));
    }

    private static List<String> kamelet(String from, String to) {
        assertThat(KAMELET).contains(from);
        return complaints(List.of(new RouteFile("kamelets/do-it.kamelet.yaml", KAMELET.replace(from, to))));
    }

    private static List<String> changed(String from, String to) {
        assertThat(GOOD).contains(from);
        return flow(GOOD.replace(from, to));
    }

    @Test
    void allFilesAreInOrder() {
        List<RouteFile> files = RouteFiles.below(FOLDER);
        assertThat(files).extracting(RouteFile::name).contains("lead-ingest.camel.yaml", "errors/doors.camel.yaml",
                "kamelets/mail-send.kamelet.yaml");
        assertThat(complaints(files)).isEmpty();
    }

    @Test
    void allFilesLoad() throws Exception {
        try (DefaultCamelContext camel = load(RouteFiles.below(FOLDER).stream().map(RouteFile::name).toList())) {
            List<RouteFile> files = RouteFiles.below(FOLDER);
            Set<String> written = files.stream().flatMap(file -> file.all("route").stream())
                    .map(route -> route.get("id").toString()).collect(Collectors.toSet());
            assertThat(camel.getRouteDefinitions()).extracting(RouteDefinition::getId).containsExactlyInAnyOrderElementsOf(written);
            assertThat(camel.getRouteTemplateDefinitions()).extracting(RouteTemplateDefinition::getId)
                    .hasSize((int) files.stream().filter(RouteFile::isKamelet).count()).contains("mail-send", "telegram-send");
            assertThat(camel.getRouteConfigurationDefinitions())
                    .hasSize((int) files.stream().mapToLong(file -> file.all("routeConfiguration").size()).sum());
        }
    }

    private static DefaultCamelContext load(List<String> names) throws Exception {
        DefaultCamelContext camel = new DefaultCamelContext();
        List<Resource> resources = new ArrayList<>();
        names.forEach(name -> resources.add(ResourceHelper.resolveResource(camel, "file:" + FOLDER.resolve(name).toAbsolutePath())));
        PluginHelper.getRoutesLoader(camel).loadRoutes(resources);
        return camel;
    }

    @Test
    void aMisspeltStepDoesNotLoad() throws Exception {
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            Resource misspelt = ResourceHelper.fromString("test.camel.yaml", GOOD.replace("- bean:", "- baen:"));
            assertThatThrownBy(() -> PluginHelper.getRoutesLoader(camel).loadRoutes(misspelt)).hasStackTraceContaining("baen");
        }
    }

    @Test
    void aGoodFlowIsNotBlamed() {
        assertThat(flow(GOOD)).isEmpty();
    }

    @Test
    void ids() {
        assertThat(changed("id: leads.test.good", "note: x")).contains("test.camel.yaml: a route without id");
        for (String id : List.of("leads.good", "leads.test.good.more", "Leads.test.good", "leads.test_it.good", "leads..good",
                "leads.test.-good")) {
            assertThat(changed("leads.test.good", id))
                    .containsExactly("test.camel.yaml: " + id + " is not of the form <domain>.<flow>.<stage>");
        }
        assertThat(changed("leads.test.good", "leads2.mail-copy.api-door")).isEmpty();
        assertThat(flow(GOOD + GOOD)).containsExactly("test.camel.yaml: leads.test.good is there twice");
        assertThat(complaints(List.of(new RouteFile("a.camel.yaml", GOOD), new RouteFile("b.camel.yaml", GOOD), POLICY,
                new RouteFile("kamelets/do-it.kamelet.yaml", KAMELET)))).containsExactly("b.camel.yaml: leads.test.good is there twice");
    }

    @Test
    void descriptions() {
        assertThat(changed("description: Does what it says", "description: ' '"))
                .containsExactly("test.camel.yaml: leads.test.good without description");
        assertThat(complaints(List.of(new RouteFile("e.camel.yaml", POLICY.text().replace("description", "x")))))
                .containsExactly("e.camel.yaml: error policy policy without description");
    }

    @Test
    void filesOfAnotherKind() {
        for (String name : List.of("flow.yaml", "flow.camel.yml", "notes.txt", "flow.camel.yaml.bak")) {
            assertThat(complaints(List.of(new RouteFile(name, "")))).containsExactly(name + ": neither *.camel.yaml nor *.kamelet.yaml");
        }
    }

    @Test
    void longFiles() {
        long lines = GOOD.lines().count();
        assertThat(flow(GOOD + "#\n".repeat((int) (160 - lines)))).isEmpty();
        assertThat(flow(GOOD + "#\n".repeat((int) (161 - lines)))).containsExactly("test.camel.yaml: 161 lines, more than 160");
    }

    @Test
    void errorPoliciesThatAreNotThere() {
        assertThat(changed("routeConfigurationId: policy", "routeConfigurationId: polcy"))
                .containsExactly("test.camel.yaml: leads.test.good names the error policy polcy, which no file has");
    }

    @Test
    void routesFromNowhere() {
        assertThat(changed("uri: direct:good", "note: x")).containsExactly("test.camel.yaml: leads.test.good comes from nowhere");
    }

    @Test
    void clocksOfAllNodesAtOnce() {
        String clock = "uri: quartz:test/daily\n      parameters:\n        cron: 0 0 9 * * ?\n";
        assertThat(changed("uri: direct:good\n", clock + "        stateful: true\n")).isEmpty();
        assertThat(changed("uri: direct:good\n", clock)).containsExactly("test.camel.yaml: leads.test.good fires at every node, its clock is not stateful");
    }

    @Test
    void beansThatAreNotThere() {
        assertThat(changed("ref: outbox", "ref: outbx")).containsExactly("test.camel.yaml: no bean outbx");
        assertThat(changed("method: skip(", "method: skp(")).containsExactly("test.camel.yaml: no method skp of the bean outbox");
        // private, though it is there
        assertThat(changed("method: skip(", "method: settle(")).containsExactly("test.camel.yaml: no method settle of the bean outbox");
        assertThat(changed("method: skip(${body}, 'not needed')", "scope: Singleton"))
                .containsExactly("test.camel.yaml: no method null of the bean outbox");
        assertThat(flow(GOOD + """
                        - setBody:
                            method:
                              ref: leadFacts
                              method: boddy
                """)).containsExactly("test.camel.yaml: no method boddy of the bean leadFacts");
    }

    @Test
    void statementsAndKameletsThatAreNotThere() {
        assertThat(changed("sql/health/can-store.sql", "sql/health/can-stor.sql")).containsExactly("test.camel.yaml: no statement sql/health/can-stor.sql");
        assertThat(changed("kamelet:do-it", "kamelet:do-that")).containsExactly("test.camel.yaml: no kamelet do-that");
        assertThat(flow(GOOD + "        - to: kamelet:do-those?to=x\n")).containsExactly("test.camel.yaml: no kamelet do-those");
    }

    @Test
    void kameletsTellWhatTheyAre() {
        String file = "kamelets/do-it.kamelet.yaml: ";
        assertThat(kamelet("title: Do it", "x: y")).containsExactly(file + "without title");
        assertThat(kamelet("description: Does it", "x: y")).containsExactly(file + "without description");
        assertThat(kamelet("type: object", "x: y")).containsExactly(file + "without type");
        assertThat(kamelet("name: do-it", "name: do-that")).containsExactly(file + "is named do-that");
        assertThat(kamelet("kamelet.type: action", "kamelet.kind: action"))
                .containsExactly(file + "without the label camel.apache.org/kamelet.type");
        for (String part : List.of("title: To", "description: To whom", "type: string", "example: x@example.com")) {
            assertThat(kamelet(part + "\n", "x: y\n"))
                    .containsExactly(file + "parameter to without " + part.substring(0, part.indexOf(':')));
        }
    }
}
