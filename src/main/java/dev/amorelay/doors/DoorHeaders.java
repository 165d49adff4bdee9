package dev.amorelay.doors;

import java.util.Locale;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.spi.HeaderFilterStrategy;
import org.springframework.stereotype.Component;

/**
 * Which headers pass a door, in and out. Everything else stays outside: a stranger's header or form field must
 * never steer a producer, and never comes back in an answer.
 */
@Component("doorHeaders")
public class DoorHeaders implements HeaderFilterStrategy {

    /** The account is the query's {@code ?account=b} of the admin's doors. */
    private static final Set<String> IN = Set.of("content-type", "idempotency-key", "account");
    private static final Set<String> OUT = Set.of("content-type", "location", "retry-after", "cache-control",
            "content-security-policy");

    private final Set<String> further;

    /** What every door lets in. */
    public DoorHeaders() {
        this(Set.of());
    }

    /** @param further headers that a door lets in, since its flow names them, in small letters */
    DoorHeaders(Set<String> further) {
        this.further = Set.copyOf(further);
    }

    @Override
    public boolean applyFilterToExternalHeaders(String name, Object value, Exchange exchange) {
        String small = name.toLowerCase(Locale.ROOT);
        return !IN.contains(small) && !further.contains(small);
    }

    @Override
    public boolean applyFilterToCamelHeaders(String name, Object value, Exchange exchange) {
        return !OUT.contains(name.toLowerCase(Locale.ROOT));
    }
}
