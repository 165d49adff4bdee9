package dev.amorelay.flowtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Branches that have no step of their own are branches. */
class StepWatchTest {

    private static final String FLOW = """
            - routeConfiguration:
                id: caught
                onException:
                  - onException:
                      exception:
                        - java.lang.IllegalStateException
                      handled:
                        constant:
                          expression: "true"
                      steps:
                        - setBody:
                            constant:
                              expression: policy
            - route:
                id: test.fork.choice
                routeConfigurationId: caught
                from:
                  uri: direct:choice
                  steps:
                    - choice:
                        when:
                          - expression:
                              simple:
                                expression: ${body} == 'a'
                            steps:
                              - choice:
                                  when:
                                    - expression:
                                        simple:
                                          expression: ${header.deep} == 'yes'
                                      steps:
                                        - log:
                                            message: deep
                          - expression:
                              simple:
                                expression: ${body} == 'b'
                            steps:
                              - throwException:
                                  exceptionType: java.lang.IllegalStateException
                                  message: wanted
                    - filter:
                        expression:
                          simple:
                            expression: ${body} == 'a'
                        steps:
                          - log:
                              message: let through
            - route:
                id: test.fork.caught
                from:
                  uri: direct:caught
                  steps:
                    - doTry:
                        steps:
                          - log:
                              message: tried
                        doCatch:
                          - exception:
                              - java.lang.IllegalStateException
                            steps:
                              - log:
                                  message: caught
            """;

    private final StepWatch watch = new StepWatch();
    private final DefaultCamelContext camel = new DefaultCamelContext();
    @TempDir
    private Path folder;
    private ProducerTemplate template;

    @BeforeEach
    void start() throws Exception {
        camel.setSourceLocationEnabled(true);
        camel.getCamelContextExtension().addInterceptStrategy(watch);
        Path file = Files.writeString(folder.resolve("test.camel.yaml"), FLOW);
        PluginHelper.getRoutesLoader(camel).loadRoutes(ResourceHelper.resolveResource(camel, "file:" + file));
        camel.start();
        template = camel.createProducerTemplate();
    }

    @AfterEach
    void stop() {
        camel.stop();
    }

    private List<String> uncovered() {
        String place = folder + "/test.camel.yaml:";
        return Coverage.ofAll(watch.passes(), folder).uncovered().stream().map(gap -> gap.substring(place.length())).toList();
    }

    @Test
    void nothingIsCoveredAtFirst() {
        assertThat(uncovered()).hasSize(12).contains("20: no test passes choice when no branch is meant (it has no otherwise)",
                "26: no test passes choice when no branch is meant (it has no otherwise)",
                "41: no test passes filter with a message that it holds back", "61: no test passes log", "11: no test passes setBody");
    }

    @Test
    void aWayRoundCountsOnlyWhenAMessageTookIt() {
        template.sendBodyAndHeader("direct:choice", "a", "deep", "yes");
        assertThat(uncovered()).contains("20: no test passes choice when no branch is meant (it has no otherwise)",
                "26: no test passes choice when no branch is meant (it has no otherwise)",
                "41: no test passes filter with a message that it holds back").doesNotContain("32: no test passes log");

        template.sendBody("direct:choice", "a");
        assertThat(uncovered()).noneMatch(gap -> gap.startsWith("26:")).anyMatch(gap -> gap.startsWith("20:"));

        template.sendBody("direct:choice", "b");
        assertThat(uncovered()).as("a branch that fails is no way round").anyMatch(gap -> gap.startsWith("20:")).noneMatch(gap -> gap.startsWith("11:"));

        template.sendBody("direct:choice", "c");
        assertThat(uncovered()).noneMatch(gap -> gap.matches("(20|41):.*"));
    }

    @Test
    void whatIsCaughtCountsByItself() {
        template.sendBody("direct:caught", "x");
        assertThat(uncovered()).contains("61: no test passes log").noneMatch(gap -> gap.startsWith("55:"));
        watch.fail(List.of());
    }
}
