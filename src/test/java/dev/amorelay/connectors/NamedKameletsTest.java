package dev.amorelay.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.camel.Route;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NamedKameletsTest {

    private static final String GREET = """
            apiVersion: camel.apache.org/v1
            kind: Kamelet
            metadata:
              name: greet
              annotations:
                camel.apache.org/kamelet.group: Manners
            spec:
              definition:
                title: Greet
                description: Says hello
                type: object
                properties:
                  name:
                    title: Name
                    type: string
                    default: nobody
              template:
                from:
                  uri: kamelet:source
                  steps:
                    - setBody:
                        expression:
                          simple:
                            expression: Hello {{name}}
            """;

    private final DefaultCamelContext camel = new DefaultCamelContext();

    @BeforeEach
    void start() throws Exception {
        camel.addComponent("kamelet", new NamedKamelets());
        PluginHelper.getRoutesLoader(camel).loadRoutes(ResourceHelper.fromString("greet.kamelet.yaml", GREET));
        camel.start();
        use("test.one", "kamelet:greet");
    }

    @AfterEach
    void stop() {
        camel.stop();
    }

    private void use(String route, String uri) throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:" + route).routeId(route).to(uri);
            }
        });
    }

    private List<String> names() {
        return camel.getRoutes().stream().map(Route::getId).sorted().toList();
    }

    @Test
    void oneConnectorIsOneRouteHoweverManyUseIt() throws Exception {
        use("test.two", "kamelet:greet");
        assertThat(names()).containsExactly("greet", "test.one", "test.two");
        assertThat(camel.createProducerTemplate().requestBody("direct:test.two", "", String.class)).isEqualTo("Hello nobody");
    }

    @Test
    void withOtherParametersItIsAnother() throws Exception {
        use("test.two", "kamelet:greet?name=Anna");
        use("test.three", "kamelet:greet?name=Boris");
        assertThat(names()).containsExactly("greet", "greet-2", "greet-3", "test.one", "test.three", "test.two");
        assertThat(camel.createProducerTemplate().requestBody("direct:test.three", "", String.class)).isEqualTo("Hello Boris");
    }

    @Test
    void aNameThatIsGivenIsKept() throws Exception {
        use("test.two", "kamelet:greet/mine?name=Anna");
        use("test.three", "kamelet:greet?name=Boris&routeId=also-mine");
        assertThat(names()).containsExactly("also-mine", "greet", "mine", "test.one", "test.three", "test.two");
    }

    @Test
    void theNameComesBackWithTheRoute() throws Exception {
        for (String id : List.of("test.one", "greet")) {
            camel.getRouteController().stopRoute(id);
            camel.removeRoute(id);
        }
        camel.removeEndpoints("kamelet*");
        use("test.one", "kamelet:greet");
        assertThat(names()).containsExactly("greet", "test.one");
    }

    @Test
    void theRouteSaysWhatTheConnectorDoes() {
        assertThat(camel.getRoute("greet").getDescription()).isEqualTo("Says hello");
        assertThat(camel.getRoute("greet").getGroup()).isEqualTo("Manners");
    }
}
