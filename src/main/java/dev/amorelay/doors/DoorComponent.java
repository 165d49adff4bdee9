package dev.amorelay.doors;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Endpoint;
import org.apache.camel.component.platform.http.PlatformHttpComponent;

/** {@code platform-http:} with the options in which a flow says who may come to its door, see {@link DoorAccess}. */
class DoorComponent extends PlatformHttpComponent {

    private static final DoorAccess UNSAID = new DoorAccess(DoorAccess.Who.UNSAID, "", Set.of());
    /** By the address with its options, which is an endpoint's name. */
    private final Map<String, DoorAccess> said = new ConcurrentHashMap<>();

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        Map<String, String> own = new HashMap<>();
        for (String option : DoorAccess.OPTIONS) {
            String value = getAndRemoveParameter(parameters, option, String.class);
            if (value != null) {
                own.put(option, value);
            }
        }
        DoorAccess access = DoorAccess.of(own);
        Endpoint endpoint = super.createEndpoint(uri, remaining, parameters);
        said.put(endpoint.getEndpointUri(), access);
        return endpoint;
    }

    /** @return what the flow said of the door */
    DoorAccess access(Endpoint door) {
        return said.getOrDefault(door.getEndpointUri(), UNSAID);
    }
}
