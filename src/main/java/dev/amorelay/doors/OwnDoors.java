package dev.amorelay.doors;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.PathContainer;
import org.springframework.stereotype.Component;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * The doors whose flows say who may come, as they are now. One that is gone is known until the exchange of routes is over in which it
 * went: its callers wait for the door that comes in its place.
 */
@Component
public class OwnDoors {

    /** In which header a caller may bring the key of a keyed door, beside {@code Authorization: Bearer …}. */
    public static final String KEY_HEADER = "X-Api-Key";

    private static final String JUDGED = OwnDoors.class.getName();
    private static final String BEARER = "Bearer ";

    private record Known(PathPattern pattern, Set<String> verbs, DoorAccess access, BooleanSupplier gone) {

        boolean leadsTo(PathContainer address, String verb) {
            return (verbs.isEmpty() || verbs.contains(verb)) && pattern.matches(address);
        }
    }

    private final Map<String, Known> doors = new ConcurrentHashMap<>();
    private final DoorHold hold;

    /** @param hold where requests wait while routes are exchanged */
    public OwnDoors(DoorHold hold) {
        this.hold = hold;
    }

    /** A door opens, perhaps in the place of one of the same address. */
    void opened(PlatformHttpEndpoint door, DoorAccess access, BooleanSupplier gone) {
        String verbs = door.getHttpMethodRestrict() == null ? "" : door.getHttpMethodRestrict();
        for (String pattern : door.isMatchOnUriPrefix() ? List.of(door.getPath(), door.getPath() + "/**") : List.of(door.getPath())) {
            String key = verbs + " " + pattern;
            if (access.who() == DoorAccess.Who.UNSAID) {
                doors.remove(key);
            } else {
                doors.put(key, new Known(PathPatternParser.defaultInstance.parse(pattern), verbs.isEmpty() ? Set.of() : Set.of(verbs.split(",")), access, gone));
            }
        }
    }

    /**
     * Tells who may come there. The answer for a request stays what it was at first: what was looked at is what is let in.
     *
     * @param request as it came
     * @return what the flow at its address says; empty where no flow says anything
     */
    public Optional<DoorAccess> at(HttpServletRequest request) {
        Object judged = request.getAttribute(JUDGED);
        if (judged == null) {
            judged = find(request.getRequestURI(), request.getMethod());
            request.setAttribute(JUDGED, judged);
        }
        return ((Optional<?>) judged).map(DoorAccess.class::cast);
    }

    /** @return whether a page may ask for leave to come, since its request itself would be one to an open door */
    public boolean mayAsk(HttpServletRequest preflight) {
        String verb = preflight.getHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD);
        return find(preflight.getRequestURI(), verb == null ? preflight.getMethod() : verb)
                .filter(access -> access.who() == DoorAccess.Who.OPEN).isPresent();
    }

    private Optional<DoorAccess> find(String address, String verb) {
        if (doors.isEmpty()) {
            return Optional.empty();
        }
        if (!hold.isClosed()) {
            doors.values().removeIf(door -> door.gone().getAsBoolean());
        }
        PathContainer path = PathContainer.parsePath(address);
        return doors.values().stream().filter(door -> door.leadsTo(path, verb)).min(Comparator.comparing(Known::pattern)).map(Known::access);
    }

    /** @return whether a request is to a door that says one of these */
    public boolean isAny(HttpServletRequest request, DoorAccess.Who... whos) {
        return at(request).filter(access -> Set.of(whos).contains(access.who())).isPresent();
    }

    /** @return whether a request brings the key of the keyed door that it comes to */
    public boolean bringsKey(HttpServletRequest request) {
        String login = request.getHeader(HttpHeaders.AUTHORIZATION);
        String key = login != null && login.regionMatches(true, 0, BEARER, 0, BEARER.length()) ? login.substring(BEARER.length()).strip()
                : request.getHeader(KEY_HEADER);
        return key != null && at(request).filter(access -> access.isOpenedBy(key)).isPresent();
    }

    /** @return whether somebody has looked whether this request may come to a door that says this */
    static boolean isJudged(HttpServletRequest request, DoorAccess access) {
        Optional<?> judged = request.getAttribute(JUDGED) instanceof Optional<?> found ? found : Optional.empty();
        return judged.map(access::equals).orElse(access.who() == DoorAccess.Who.UNSAID);
    }
}
