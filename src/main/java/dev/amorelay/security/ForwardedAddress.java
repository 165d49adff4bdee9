package dev.amorelay.security;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * A trusted proxy may forward an address that is none ({@code unknown}, {@code _hidden}, a name), or one with a port. Behind this
 * everybody sees an address, in one way of writing: no rule for addresses fails on it, and nobody gets around a count by another way.
 */
@Configuration(proxyBeanMethods = false)
class ForwardedAddress {

    /** Nobody's: in no list of allowed senders, and counted as one. */
    static final String NOBODY = "0.0.0.0";

    /** Behind Spring's own customizer, whose valve takes the proxies' headers. */
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> forwardedAddressIsOne() {
        return server -> server.addEngineValves(new AddressValve());
    }

    private static final class AddressValve extends ValveBase {

        AddressValve() {
            super(true);
        }

        @Override
        public void invoke(Request request, Response response) throws IOException, ServletException {
            String told = request.getRemoteAddr();
            String address = ClientNetwork.literal(told).orElse(NOBODY);
            if (!address.equals(told)) {
                // the proxies' valve puts the connection's own back afterwards
                request.setRemoteAddr(address);
                request.setRemoteHost(address);
            }
            getNext().invoke(request, response);
        }
    }
}
