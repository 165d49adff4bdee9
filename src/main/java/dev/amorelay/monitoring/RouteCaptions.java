package dev.amorelay.monitoring;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.apache.camel.model.ModelLifecycleStrategySupport;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.spi.Resource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Gives every route what monitoring shows beside its name: a group where its file names none (the domain, the first word of
 * {@code <domain>.<flow>.<stage>}; connectors are {@code kamelets}), and a connector's route the description of its kamelet,
 * which Camel itself drops.
 */
@Component
public class RouteCaptions extends ModelLifecycleStrategySupport {

    /** The group of all connectors. */
    static final String KAMELETS = "kamelets";
    private static final Logger LOG = LoggerFactory.getLogger(RouteCaptions.class);
    private static final String KAMELET_FILE = ".kamelet.yaml";

    @Override
    public void onAddRouteDefinition(RouteDefinition route) {
        String id = route.getId();
        if (route.getGroup() == null && id != null && id.indexOf('.') > 0) {
            route.setGroup(id.substring(0, id.indexOf('.')));
        }
    }

    /** A kamelet is a template: the routes made of it take over what stands in it now. */
    @Override
    public void onAddRouteTemplateDefinition(RouteTemplateDefinition template) {
        Resource file = template.getResource();
        if (file == null || !file.getLocation().endsWith(KAMELET_FILE)) {
            return;
        }
        if (template.getRoute().getGroup() == null) {
            template.getRoute().setGroup(KAMELETS);
        }
        if (template.getDescription() == null) {
            template.setDescription(descriptionIn(file));
        }
    }

    /** The kamelet's own description; null when it has none or the file cannot be read again: a picture is no reason to fail. */
    private static String descriptionIn(Resource file) {
        try (InputStream in = file.getInputStream()) {
            Object definition = under(under(new Yaml(new SafeConstructor(new LoaderOptions())).load(in), "spec"), "definition");
            return under(definition, "description") instanceof String text ? text.strip() : null;
        } catch (IOException | YAMLException e) {
            LOG.debug("{} could not be read for its description", file.getLocation());
            return null;
        }
    }

    private static Object under(Object tree, String key) {
        return tree instanceof Map<?, ?> map ? map.get(key) : null;
    }
}
