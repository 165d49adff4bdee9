package dev.amorelay.workshop;

import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.RouteConfigurationsBuilder;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.RouteBuilderLifecycleStrategy;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** Loads one item into a Camel context, from the text that was checked and not from the file, which may have changed since. */
final class Loading {

    private Loading() {
    }

    /** @return a resource with the item alone, on the lines where it stands in its file */
    static Resource resource(FlowItem item) {
        return ResourceHelper.fromString(item.file(), item.alone());
    }

    /**
     * Loads what a resource holds.
     *
     * @param waits whether its routes are not started
     * @throws Exception whatever Camel throws at it
     */
    static void load(CamelContext camel, Resource resource, boolean waits) throws Exception {
        for (RoutesBuilder builder : PluginHelper.getRoutesLoader(camel).findRoutesBuilders(List.of(resource))) {
            if (waits && builder instanceof RouteBuilder routes) {
                routes.addLifecycleInterceptor(new Waiting());
            }
            if (builder instanceof RouteConfigurationsBuilder policies) {
                camel.addRoutesConfigurations(policies);
            }
            camel.addRoutes(builder);
        }
    }

    private static final class Waiting implements RouteBuilderLifecycleStrategy {

        @Override
        public void afterConfigure(RouteBuilder builder) {
            builder.getRouteCollection().getRoutes().forEach(route -> route.setAutoStartup("false"));
        }
    }
}
