package dev.amorelay.workshop;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.LoggingLevel;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.StartupSummaryLevel;
import org.apache.camel.component.bean.BeanComponent;
import org.apache.camel.component.beanclass.ClassComponent;
import org.apache.camel.component.direct.DirectComponent;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.component.log.LogComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.BeanRepository;
import org.apache.camel.spi.ComponentResolver;
import org.apache.camel.spi.PropertiesSource;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;
import org.apache.camel.support.DefaultRegistry;
import org.springframework.transaction.PlatformTransactionManager;

/** A Camel context in which routes are built and none is started. What reaches outside is a stand-in that does nothing. */
class TrialContext extends DefaultCamelContext {

    /** Components that reach no further than this context. */
    private static final Set<String> REAL = Set.of("direct", "kamelet", "log", "bean", "class");

    TrialContext(Surroundings surroundings, Set<String> named) throws Exception {
        super(new DefaultRegistry(new StandIns(surroundings, named)));
        disableJMX();
        getCamelContextExtension().setName("trial");
        setStartupSummaryLevel(StartupSummaryLevel.Off);
        setAutoStartup(false);
        setAutowiredEnabled(false);
        setLoadHealthChecks(false);
        getPropertiesComponent().addPropertiesSource(new PropertiesSource() {
            @Override
            public String getName() {
                return "surroundings";
            }

            @Override
            public String getProperty(String key) {
                return surroundings.property(key).map(value -> value.isBlank() ? "1" : value).orElse(null);
            }
        });
        getCamelContextExtension().addContextPlugin(ComponentResolver.class, (name, camel) ->
                REAL.contains(name) ? null : new Nowhere());
        KameletComponent kamelets = new KameletComponent();
        // they come from the edition, never from a folder
        kamelets.setLocation("classpath:nowhere");
        kamelets.setNoErrorHandler(true);
        addComponent("kamelet", kamelets);
        addComponent("direct", new DirectComponent());
        addComponent("log", new LogComponent());
        addComponent("bean", new BeanComponent());
        addComponent("class", new ClassComponent());
    }

    /** Before it adds a route, Camel goes through all that it has for what one of that name may leave behind; here each is new. */
    @Override
    protected boolean removeRoute(String routeId, LoggingLevel level) throws Exception {
        return getRouteDefinition(routeId) != null && super.removeRoute(routeId, level);
    }

    /** Beans of the right type that nobody calls; Camel asks for many more than the flows name. */
    private record StandIns(Surroundings surroundings, Set<String> named) implements BeanRepository {

        @Override
        public Object lookupByName(String name) {
            return named.contains(name) ? surroundings.beanType(name).map(StandIn::of).orElse(null) : null;
        }

        @Override
        public <T> T lookupByNameAndType(String name, Class<T> type) {
            Optional<Class<?>> known = named.contains(name) ? surroundings.beanType(name) : Optional.empty();
            return known.filter(type::isAssignableFrom).map(StandIn::of).map(type::cast).orElse(null);
        }

        @Override
        public <T> Map<String, T> findByTypeWithName(Class<T> type) {
            // transacted asks for the one that there is
            return type == PlatformTransactionManager.class ? Map.of("transactionManager", type.cast(StandIn.of(type))) : Map.of();
        }

        @Override
        public <T> Set<T> findByType(Class<T> type) {
            return Set.copyOf(findByTypeWithName(type).values());
        }
    }

    /** Takes any address and does nothing. */
    private static final class Nowhere extends DefaultComponent implements Component {

        @Override
        protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
            parameters.clear();
            return new DefaultEndpoint(uri, this) {
                @Override
                public Producer createProducer() {
                    return new DefaultProducer(this) {
                        @Override
                        public void process(Exchange exchange) {
                            throw new UnsupportedOperationException("nothing runs in a trial");
                        }
                    };
                }

                @Override
                public Consumer createConsumer(Processor processor) {
                    return new DefaultConsumer(this, processor);
                }
            };
        }
    }
}
