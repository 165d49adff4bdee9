package dev.amorelay.connections;

import dev.amorelay.settings.DoorSettings;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;

/** The doors' server: which protocol, how many threads, and who looks at the connections. */
@Configuration(proxyBeanMethods = false)
class ConnectionConfiguration {

    /** Of the threads of {@code server.tomcat.threads.max}; the rest find requests, answer health, and refuse. */
    private static final int AT_ONCE = 320;
    private static final int WAITING_FOR_BODIES = 96;

    @Bean
    BodyReads bodyReads(DoorSettings settings) {
        return new BodyReads(settings, WAITING_FOR_BODIES);
    }

    @Bean
    MeterBinder bodyReadsGauge(BodyReads reads) {
        return registry -> Gauge.builder("relay.bodies.waited.for", reads, BodyReads::size)
                .description("Threads that wait for bodies which come slowly").register(registry);
    }

    @Bean(destroyMethod = "close")
    ConnectionWatch connectionWatch(DoorSettings settings, BodyReads reads,
            @Value("${server.tomcat.remoteip.internal-proxies:(?!)}") String proxies) {
        return new ConnectionWatch(settings, reads, Pattern.compile(proxies).asMatchPredicate());
    }

    /**
     * The thread that finds a request serves it. By default a thread that looks for requests hands each to another, and gets
     * the connection back from it, which took a quarter of a hook's processor time.
     */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> doorServer(ConnectionWatch watch, BodyReads reads, Environment environment) {
        // the relay itself calls the sandbox's stand-ins
        boolean sandbox = environment.acceptsProfiles(Profiles.of("sandbox"));
        Predicate<String> always = address -> address.equals("/health") || address.equals("/health/") || sandbox && address.startsWith("/sandbox/");
        return server -> guard(server, watch, new DoorValve(watch, reads, AT_ONCE, always));
    }

    static void guard(TomcatServletWebServerFactory server, ConnectionWatch watch, DoorValve valve) {
        server.setProtocol(DoorProtocol.class.getName());
        server.addEngineValves(valve);
        server.addConnectorCustomizers(connector -> {
            if (connector.getProtocolHandler() instanceof DoorProtocol doors) {
                watch.watch(doors);
            }
        });
    }
}
