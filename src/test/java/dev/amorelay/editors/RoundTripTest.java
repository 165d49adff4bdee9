package dev.amorelay.editors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.camel.NamedNode;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.representer.Representer;

/**
 * What a visual editor does: it reads the YAML as a tree, writes the tree down again, and Camel loads that. The model has every id and
 * every description then. It is compared as XML: the YAML that Camel 4.17 writes itself leaves descriptions out.
 */
class RoundTripTest {

    private static DefaultCamelContext load(Path file, String text) throws Exception {
        DefaultCamelContext camel = new DefaultCamelContext();
        PluginHelper.getRoutesLoader(camel).loadRoutes(ResourceHelper.fromString(file.getFileName().toString(), text));
        return camel;
    }

    private static Object tree(String yaml) {
        return new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
    }

    /** As an editor saves it: no comments, another order of quotes and line breaks, the same tree. */
    private static String saved(String text) {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setWidth(80);
        return new Yaml(new SafeConstructor(new LoaderOptions()), new Representer(options), options).dump(tree(text));
    }

    private static String model(DefaultCamelContext camel, NamedNode node) throws Exception {
        return PluginHelper.getModelToXMLDumper(camel).dumpModelAsXml(camel, node);
    }

    private static List<String> attributes(String xml, String name) throws Exception {
        Document document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
        NodeList elements = document.getElementsByTagName("*");
        List<String> found = new ArrayList<>();
        for (int i = 0; i < elements.getLength(); i++) {
            if (elements.item(i).getAttributes().getNamedItem(name) != null) {
                found.add(elements.item(i).getAttributes().getNamedItem(name).getNodeValue());
            }
        }
        return found;
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

    @Test
    void flows() throws Exception {
        for (Path file : RouteFilesFormTest.files(".camel.yaml")) {
            String text = Files.readString(file);
            try (DefaultCamelContext before = load(file, text); DefaultCamelContext after = load(file, saved(text))) {
                List<String> descriptions = new ArrayList<>();
                List<String> ids = new ArrayList<>();
                for (RouteDefinition route : after.getRouteDefinitions()) {
                    String model = model(after, route);
                    assertThat(model).as(file + " " + route.getId()).isEqualTo(model(before, before.getRouteDefinition(route.getId())));
                    descriptions.addAll(attributes(model, "description"));
                    ids.addAll(attributes(model, "id"));
                }
                for (RouteConfigurationDefinition policy : after.getRouteConfigurationDefinitions()) {
                    descriptions.addAll(attributes(model(after, policy), "description"));
                    ids.addAll(attributes(model(after, policy), "id"));
                }
                // a route's model holds its error policy, too
                assertThat(Set.copyOf(descriptions)).as("descriptions of " + file).isEqualTo(Set.copyOf(told(tree(text), "description")));
                assertThat(descriptions).hasSizeGreaterThanOrEqualTo(told(tree(text), "description").size());
                assertThat(ids).as("ids of " + file).containsAll(told(tree(text), "id"));
            }
        }
    }

    @Test
    void connectors() throws Exception {
        for (Path file : RouteFilesFormTest.files(".kamelet.yaml")) {
            String text = Files.readString(file);
            assertThat(tree(saved(text))).as(file.toString()).isEqualTo(tree(text));
            try (DefaultCamelContext before = load(file, text); DefaultCamelContext after = load(file, saved(text))) {
                String model = model(after, after.getRouteTemplateDefinitions().get(0));
                assertThat(model).isEqualTo(model(before, before.getRouteTemplateDefinitions().get(0)));
                Object spec = ((Map<?, ?>) ((Map<?, ?>) tree(text)).get("spec")).get("template");
                assertThat(attributes(model, "description")).as(file.toString()).containsAll(told(spec, "description"));
            }
        }
    }
}
