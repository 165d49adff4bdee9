package dev.amorelay.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.amorelay.amocrm.Accounts;
import dev.amorelay.amocrm.KnownAccounts;
import dev.amorelay.leads.LeadDoor;
import dev.amorelay.leads.LeadKey;
import dev.amorelay.leads.LeadLimits;
import dev.amorelay.leads.LeadReader;
import dev.amorelay.settings.AccountSettings;
import dev.amorelay.settings.CaptchaSettings;
import dev.amorelay.settings.IngestLimits;
import dev.amorelay.settings.RelaySettings;
import dev.amorelay.webhooks.InboxDoor;
import dev.amorelay.work.FailurePolicy;
import dev.amorelay.work.LeaseKeeper;
import dev.amorelay.work.WorkComponent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.component.direct.DirectComponent;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.component.mock.MockComponent;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.spi.Registry;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.test.junit5.CamelContextConfiguration;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.AfterEach;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.io.FileSystemResource;

/**
 * One flow by itself: its YAML file with the error policies and kamelets that it names. Doors and clocks are opened by
 * {@link #call}, statements and mails end in mocks, inbox and outbox are in memory; the beans are the test's.
 */
abstract class RouteTest extends CamelTestSupport {

    /** The account that the routes work for: the production ids, a mark field among them. */
    static final AccountSettings ACCOUNT = new AccountSettings(null, "https://example.com", "t", null, null, null, 10226282L,
            80953554L, 12380450L, 142L, 10245926L,
            new AccountSettings.Fields(712629L, 712631L, 712633L, 712635L, 712637L, 712639L, 712641L), null, null, null, null, null);
    static final RelaySettings SETTINGS = new RelaySettings(ACCOUNT, null, null, null, null, null, null, null);

    private static final IngestLimits UNLIMITED = new IngestLimits("none", "none", "none", List.of());

    final LeaseKeeper keeper = new LeaseKeeper();
    final FailurePolicy failures = new FailurePolicy(keeper);
    final MemoryOutbox outbox = new MemoryOutbox(keeper);
    final MemoryInbox inbox = new MemoryInbox(keeper);
    private final InboxDoor inboxDoor = new InboxDoor(inbox, new KnownAccounts(new Accounts(SETTINGS), null, null, null));

    /** The flow's files, for example {@code lead-ingest}; error policies come along. */
    abstract List<String> flows();

    /** Binds what the flow's steps are done by. */
    void bind(Registry beans) {
        // a flow without beans
    }

    /** Puts other components in the place of the usual ones. */
    void connect(CamelContext camel) throws Exception {
        // the usual ones
    }

    /** Settings that the flow names. */
    Map<String, String> settings() {
        return Map.of();
    }

    @Override
    public void configureContext(CamelContextConfiguration configuration) {
        super.configureContext(configuration);
        Properties properties = new Properties();
        properties.putAll(settings());
        configuration.withUseOverridePropertiesWithPropertiesComponent(properties).withShutdownTimeout(5);
    }

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext camel = super.createCamelContext();
        // it would look for the options of the components whose names the stand-ins bear
        camel.setAutowiredEnabled(false);
        Stream.of("platform-http", "quartz").forEach(name -> camel.addComponent(name, new Entrance()));
        Stream.of("sql", "smtp").forEach(name -> camel.addComponent(name, new Exit()));
        camel.addComponent("outbox", new WorkComponent(outbox, keeper, failures, () -> List.of("default")));
        camel.addComponent("inbox", new WorkComponent(inbox, keeper, failures, () -> List.of("default")));
        KameletComponent kamelets = camel.getComponent("kamelet", KameletComponent.class);
        kamelets.setLocation("file:routes/kamelets");
        kamelets.setNoErrorHandler(Boolean.parseBoolean(applicationSetting("camel.component.kamelet.no-error-handler")));
        Registry beans = camel.getRegistry();
        // the doors' error policy names it
        beans.bind("leadDoor", new LeadDoor(new LeadReader(), new LeadKey(), new Accounts(SETTINGS),
                new LeadLimits(UNLIMITED), UNLIMITED, new CaptchaSettings("", "", List.of())));
        beans.bind("failures", failures);
        beans.bind("outbox", outbox);
        beans.bind("inbox", inbox);
        beans.bind("inboxDoor", inboxDoor);
        bind(beans);
        connect(camel);
        PluginHelper.getRoutesLoader(camel).loadRoutes(resources(camel));
        return camel;
    }

    /** What the application itself runs with. */
    private static String applicationSetting(String name) throws IOException {
        return String.valueOf(new YamlPropertySourceLoader()
                .load("application", new FileSystemResource("src/main/resources/application.yaml")).get(0).getProperty(name));
    }

    private Collection<Resource> resources(CamelContext camel) throws IOException {
        List<Resource> resources = new ArrayList<>();
        for (String file : List.of("errors/doors", "errors/inner", "errors/work")) {
            resources.add(resource(camel, file));
        }
        flows().forEach(flow -> resources.add(resource(camel, flow)));
        return resources;
    }

    private static Resource resource(CamelContext camel, String file) {
        return ResourceHelper.resolveResource(camel, "file:" + Path.of("routes", file + ".camel.yaml").toAbsolutePath());
    }

    @AfterEach
    void closeDoor() {
        inboxDoor.destroy();
    }

    /** Comes in at a door, and returns with the answer. */
    Exchange call(String door, Object body, Map<String, Object> headers) {
        return template.send(door, ExchangePattern.InOut, exchange -> {
            exchange.getMessage().setBody(body);
            exchange.getMessage().setHeaders(new HashMap<>(headers));
        });
    }

    /** The mock in the place of the endpoint whose address begins like this. */
    MockEndpoint exit(String prefix) {
        return context.getEndpoints().stream().filter(MockEndpoint.class::isInstance).map(MockEndpoint.class::cast)
                .filter(endpoint -> endpoint.getEndpointUri().replace("://", ":").startsWith(prefix)).findFirst()
                .orElseThrow(() -> new AssertionError("no endpoint " + prefix + " in " + context.getEndpoints()));
    }

    /** Waits until the rows are settled, each told as {@code id outcome}. */
    static void awaitSettled(List<Settled> settled, String... expected) {
        await().untilAsserted(() -> assertThat(settled).extracting(Settled::brief).containsExactlyInAnyOrder(expected));
    }

    /** Lets a test come in where a stranger or a clock would. */
    private static final class Entrance extends DirectComponent {

        @Override
        protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
            parameters.clear();
            return super.createEndpoint(uri, remaining, parameters);
        }
    }

    /** Keeps what would have gone out. */
    private static final class Exit extends MockComponent {

        @Override
        protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
            parameters.clear();
            return super.createEndpoint(uri, remaining, parameters);
        }
    }
}
