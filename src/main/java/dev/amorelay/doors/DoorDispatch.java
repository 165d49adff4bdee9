package dev.amorelay.doors;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.component.platform.http.HttpEndpointModel;
import org.apache.camel.component.platform.http.PlatformHttpListener;
import org.apache.camel.component.platform.http.springboot.SpringBootPlatformHttpConsumer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Hands a request straight to the route that serves its address. The starter's own way leads through Spring MVC, which looks
 * through all mappings and dispatches each request twice; it stays for what is not plain: forms with files, templates in
 * addresses, escaped addresses, other methods.
 */
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
public class DoorDispatch extends OncePerRequestFilter implements PlatformHttpListener {

    private final DoorHold hold;
    /** By method and address, {@code POST /ingest/leads}. */
    private final Map<String, Known> doors = new ConcurrentHashMap<>();
    /** Doors that take what follows their address too, the longest first. */
    private final List<Known> prefixes = new CopyOnWriteArrayList<>();

    /**
     * @param hold where requests wait while routes are exchanged
     */
    public DoorDispatch(DoorHold hold) {
        this.hold = hold;
    }

    private record Known(String key, SpringBootPlatformHttpConsumer consumer) {

        boolean isOpen() {
            return consumer.isStarted() && !consumer.isSuspended();
        }
    }

    @Override
    public void registerHttpEndpoint(HttpEndpointModel model) {
        String methods = model.getVerbs();
        boolean plain = model.getUri().indexOf('{') < 0 && model.getConsumes() == null && model.getProduces() == null;
        if (methods != null && plain && model.getConsumer() instanceof SpringBootPlatformHttpConsumer consumer) {
            Arrays.stream(methods.split(",")).forEach(method -> open(new Known(method + " " + model.getUri(), consumer)));
        }
    }

    private synchronized void open(Known door) {
        doors.put(door.key(), door);
        prefixes.removeIf(known -> known.key().equals(door.key()));
        if (door.consumer().getEndpoint().isMatchOnUriPrefix()) {
            prefixes.add(door);
            prefixes.sort(Comparator.comparing((Known known) -> known.key().length()).reversed());
        }
    }

    /** Nothing: it is told for all doors of the address, also for those that stay open. */
    @Override
    public void unregisterHttpEndpoint(HttpEndpointModel model) {
        // a door that is shut is passed over
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Known door = isPlain(request) ? find(request.getMethod() + " " + request.getRequestURI()) : null;
        if (door != null && door.isOpen()) {
            // ends when the route has ended: the engine runs routes on their caller's thread
            door.consumer().service(request, response).join();
        } else {
            chain.doFilter(request, response);
        }
    }

    /**
     * Serves a request that has not come through the filters before this one, where a door stands open for it.
     *
     * @param request looked at and found welcome
     * @param response answered when this has returned true
     * @return false where nothing was done: no such door, or the request is not plain
     */
    public boolean serve(HttpServletRequest request, HttpServletResponse response) {
        if (!isPlain(request)) {
            return false;
        }
        try {
            hold.pass(request);
            Known door = find(request.getMethod() + " " + request.getRequestURI());
            if (door == null || !door.isOpen()) {
                return false;
            }
            door.consumer().service(RawFormFilter.raw(request), response).join();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            return true;
        } finally {
            hold.arrived(request);
        }
    }

    private Known find(String key) {
        Known exact = doors.get(key);
        if (exact != null) {
            return exact;
        }
        for (Known door : prefixes) {
            if (key.startsWith(door.key()) && key.charAt(door.key().length()) == '/') {
                return door;
            }
        }
        return null;
    }

    /** What needs decoding or taking apart first is left to MVC. */
    private static boolean isPlain(HttpServletRequest request) {
        String address = request.getRequestURI();
        String type = request.getContentType();
        return address.indexOf('%') < 0 && address.indexOf(';') < 0 && !address.contains("//") && !address.contains("/.")
                && (type == null || !type.regionMatches(true, 0, "multipart/", 0, "multipart/".length()));
    }
}
