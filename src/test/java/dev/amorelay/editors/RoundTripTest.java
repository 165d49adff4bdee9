package dev.amorelay.editors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.NamedNode;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.model.RoutesDefinition;
import org.apache.camel.spi.ModelToYAMLDumper;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Loaded, and written by Camel itself as YAML, a file still has its ids and descriptions; and what was written loads as the same. */
class RoundTripTest {

    private static DefaultCamelContext load(String name, String text) throws Exception {
        DefaultCamelContext camel = new DefaultCamelContext();
        PluginHelper.getRoutesLoader(camel).loadRoutes(ResourceHelper.fromString(name, text));
        return camel;
    }

    private static String dump(DefaultCamelContext camel, NamedNode node) throws Exception {
        ModelToYAMLDumper dumper = PluginHelper.getModelToYAMLDumper(camel);
        return dumper.dumpModelAsYaml(camel, node, false, true, false, false);
    }

    private static List<String> told(Object tree, String key) {
        List<String> found = new ArrayList<>();
        if (tree instanceof Map<?, ?> map) {
            map.forEach((name, value) -> {
                if (key.equals(name) && value instanceof String text) {
                    found.add(text);
                }
                found.addAll(told(value, key));
            });
        } else if (tree instanceof List<?> list) {
            list.forEach(item -> found.addAll(told(item, key)));
        }
        return found;
    }

    private static Object tree(String yaml) {
        return new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
    }

    @Test
    void flows() throws Exception {
        for (Path file : RouteFilesFormTest.files(".camel.yaml")) {
            String text = Files.readString(file);
            try (DefaultCamelContext camel = load(file.getFileName().toString(), text)) {
                for (RouteDefinition route : camel.getRouteDefinitions()) {
                    String written = dump(camel, route);
                    assertThat(told(tree(written), "description")).as(file + " " + route.getId())
                            .containsExactlyInAnyOrderElementsOf(descriptionsOf(text, route.getId()));
                    try (DefaultCamelContext again = load(file.getFileName().toString(), written)) {
                        assertThat(again.getRouteDefinitions()).singleElement().extracting(RouteDefinition::getId).isEqualTo(route.getId());
                        assertThat(dump(again, again.getRouteDefinitions().get(0))).isEqualTo(written);
                    }
                }
            }
        }
    }

    private static List<String> descriptionsOf(String text, String id) {
        return ((List<?>) tree(text)).stream().filter(item -> ((Map<?, ?>) item).get("route") instanceof Map<?, ?> route
                && id.equals(route.get("id"))).flatMap(item -> told(item, "description").stream()).toList();
    }

    @Test
    void connectors() throws Exception {
        for (Path file : RouteFilesFormTest.files(".kamelet.yaml")) {
            String text = Files.readString(file);
            try (DefaultCamelContext camel = load(file.getFileName().toString(), text)) {
                RouteTemplateDefinition template = camel.getRouteTemplateDefinitions().get(0);
                Object spec = ((Map<?, ?>) ((Map<?, ?>) tree(text)).get("spec")).get("template");
                assertThat(told(tree(dump(camel, template.getRoute())), "description")).as(file.toString())
                        .containsAll(told(spec, "description"));
            }
        }
    }
}
