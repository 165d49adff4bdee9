package dev.amorelay.flowtests;

import dev.amorelay.workshop.Editor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.util.FileSystemUtils;
import org.springframework.web.context.support.StandardServletEnvironment;

/**
 * The real relay with its sandbox, on free ports and a database of its own in a temporary folder, with {@link Outside} before
 * the stand-ins and {@link StepWatch} before every step. No environment variable reaches it: a shell in which a real account is
 * named cannot make a test call that account.
 */
final class RelayUnderTest implements AutoCloseable {

    /** The last part of the webhook address. */
    static final String WEBHOOK_KEY = "flow-test-key";
    static final String ADMIN_PASSWORD = "flow-test-password";
    private static final List<String> CLOCKS = List.of("relay.reconciliation.watch-cron", "relay.housekeeping.cron",
            "relay.maintenance.cron", "relay.oauth.cron");
    private static final String WITHOUT_CONSENT = "consent";
    private static final String NEVER = "0 0 0 1 1 ? 2099";
    private static final Map<String, String> BESIDE = Map.of("spring.config.location", "classpath:/", "spring.main.banner-mode", "off",
            "management.metrics.use-global-registry", "false", "camel.main.jmx-enabled", "false", "relay.routes.tests", "false");
    private static final Duration START = Duration.ofMinutes(2);

    private final int port = freePort();
    private final Path routes;
    private final Path data;
    private final Outside outside = new Outside();
    private final StepWatch watch = new StepWatch();
    private final ConfigurableApplicationContext context;

    private RelayUnderTest(Class<?> application, Path routes, Map<String, String> own, boolean beside) {
        this.data = temporary();
        this.routes = routes;
        Map<String, String> settings = settings(routes);
        settings.putAll(own);
        StandardServletEnvironment environment = new StandardServletEnvironment();
        environment.getPropertySources().remove(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
        SpringApplicationBuilder builder = new SpringApplicationBuilder(application).environment(environment).web(WebApplicationType.SERVLET)
                .registerShutdownHook(false).initializers(beans -> register((GenericApplicationContext) beans));
        if (beside) {
            environment.getPropertySources().remove(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME);
            settings.putAll(BESIDE);
            // the log is the other relay's
            builder.application().setListeners(builder.application().getListeners().stream()
                    .filter(listener -> !(listener instanceof LoggingApplicationListener)).toList());
        }
        try {
            context = builder.run(settings.entrySet().stream().map(one -> "--" + one.getKey() + "=" + one.getValue()).toArray(String[]::new));
        } catch (RuntimeException e) {
            remove();
            throw e;
        }
    }

    /**
     * Starts it.
     *
     * @param application the class that starts the relay
     * @param routes the folder of the routes
     * @param own settings beside or in place of the usual ones
     */
    static RelayUnderTest start(Class<?> application, Path routes, Map<String, String> own) {
        return new RelayUnderTest(application, routes, own, false);
    }

    /**
     * Starts it beside a relay that serves in this process: it reads none of its settings, and leaves log, metrics and JMX to it.
     *
     * @param application the class that starts the relay
     * @param routes the folder of the routes
     */
    static RelayUnderTest beside(Class<?> application, Path routes) {
        return new RelayUnderTest(application, routes, Map.of(), true);
    }

    private Map<String, String> settings(Path routes) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("server.port", String.valueOf(port));
        settings.put("management.server.port", String.valueOf(freePort()));
        settings.put("sandbox.smtp-port", String.valueOf(freePort()));
        settings.put("relay.data-dir", data.toString());
        settings.put("relay.routes-dir", routes.toAbsolutePath().normalize().toString());
        settings.put("relay.routes.live", "false");
        settings.put("relay.webhook-key", WEBHOOK_KEY);
        settings.put("relay.admin-password", ADMIN_PASSWORD);
        settings.put("relay.amocrm.rate-limits", "1000/1s,60000/1m");
        settings.put("relay.gate.look-up-after", "100ms");
        // an account without a long-lived token: it waits for a consent, which a test may give
        settings.put("relay.accounts." + WITHOUT_CONSENT + ".base-url", url("/sandbox/amocrm"));
        settings.put("relay.accounts." + WITHOUT_CONSENT + ".client-id", "00000000-0000-4000-8000-0000000000c0");
        settings.put("relay.accounts." + WITHOUT_CONSENT + ".client-secret", "flow-test-secret");
        settings.put("relay.accounts." + WITHOUT_CONSENT + ".redirect-uri", url("/webhook/amocrm"));
        settings.put("relay.accounts." + WITHOUT_CONSENT + ".id", "31000009");
        settings.put("relay.accounts." + WITHOUT_CONSENT + ".pipeline-id", "10226282");
        settings.put("relay.accounts." + WITHOUT_CONSENT + ".status-id", "80953554");
        settings.put("relay.amocrm.deal-metadata", "serial:712629,model:712631");
        // a test says itself when the time of a clock has come
        CLOCKS.forEach(clock -> settings.put(clock, NEVER));
        settings.put("relay.reconciliation.first-beat", "100ms");
        // a test says itself which webhooks come
        settings.put("sandbox.own-hooks", "false");
        settings.put("camel.main.source-location-enabled", "true");
        // there may be a relay in this process already
        settings.put("spring.jmx.enabled", "false");
        return settings;
    }

    private void register(GenericApplicationContext beans) {
        beans.registerBean("flowTestHaste", CamelContextConfiguration.class, Haste::new);
        beans.registerBean("flowTestStepWatch", InterceptStrategy.class, () -> watch);
        beans.registerBean("flowTestOutside", FilterRegistrationBean.class, () -> {
            FilterRegistrationBean<Outside> filter = new FilterRegistrationBean<>(outside);
            filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
            return filter;
        });
    }

    /**
     * Waits until what the start does by itself is over; what waits for a consent that nobody gives is left.
     *
     * @throws IllegalStateException when it does not come to its end
     */
    void awaitStart() {
        HealthIndicator start = context.getBean("startupHealthIndicator", HealthIndicator.class);
        if (!Patience.until(START, () -> left(start).stream().allMatch(one -> one.endsWith(" of " + WITHOUT_CONSENT)))) {
            throw new IllegalStateException("the start does not come to its end: " + left(start));
        }
    }

    private static List<String> left(HealthIndicator start) {
        return start.health().getDetails().get("left") instanceof List<?> left ? left.stream().map(String::valueOf).toList() : List.of("unknown");
    }

    String url(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    /** The folder of its routes. */
    Path routes() {
        return routes;
    }

    JdbcTemplate jdbc() {
        return context.getBean(JdbcTemplate.class);
    }

    TransactionOperations inOneCommit() {
        return context.getBean(TransactionOperations.class);
    }

    CamelContext camel() {
        return context.getBean(CamelContext.class);
    }

    Editor editor() {
        return context.getBean(Editor.class);
    }

    Outside outside() {
        return outside;
    }

    StepWatch watch() {
        return watch;
    }

    @Override
    public void close() {
        context.close();
        remove();
    }

    private void remove() {
        try {
            FileSystemUtils.deleteRecursively(data);
        } catch (IOException e) {
            // a folder of the system's temporary ones stays behind
        }
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("amo-relay-flow-tests");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no free port", e);
        }
    }
}
