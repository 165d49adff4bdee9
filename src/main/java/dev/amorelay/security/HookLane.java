package dev.amorelay.security;

import dev.amorelay.doors.DoorDispatch;
import dev.amorelay.doors.DoorKey;
import dev.amorelay.settings.WebhookSettings;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/**
 * The short way for a hook that nothing stands against: posted to an open webhook address, by who may, of a told and decent
 * length, unpacked. The long way, past all filters, looks for logins, sites and sessions, none of which a hook has, and costs
 * more than reading and storing it. Whatever is not plain takes the long way, and is refused there if it has to be.
 * On either way an address with a slash at its end is the one without, and a wrong key is refused before anything of the body is read.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class HookLane implements Filter {

    private final DoorDispatch doors;
    private final HookSenders senders;
    private final DoorKey key;
    private final BodyIntake bodies;
    private final ApplicationAvailability availability;
    private final DataSize mostBytes;

    /**
     * @param doors which hand a request to its route
     * @param senders who may post hooks
     * @param key what their addresses end with
     * @param bodies takes in what they bring
     * @param availability whether the routes are up
     * @param settings with the longest body
     */
    HookLane(DoorDispatch doors, HookSenders senders, DoorKey key, BodyIntake bodies, ApplicationAvailability availability,
            WebhookSettings settings) {
        this.doors = doors;
        this.senders = senders;
        this.key = key;
        this.bodies = bodies;
        this.availability = availability;
        this.mostBytes = settings.maxBody();
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain) throws IOException, ServletException {
        HttpServletRequest hook = TrailingSlash.cut((HttpServletRequest) request);
        HttpServletResponse answer = (HttpServletResponse) response;
        if (isLocked(hook)) {
            // a wrong key learns nothing, and nothing of its body is read
            answer.setStatus(HttpServletResponse.SC_NOT_FOUND);
        } else if (isPlain(hook) && isWelcome(hook)) {
            bodies.take(hook, answer, mostBytes, BodyIntake.Parts.WHOLE, taken -> {
                if (!doors.serve(taken, answer)) {
                    chain.doFilter(taken, answer);
                }
            });
        } else {
            chain.doFilter(hook, response);
        }
    }

    /** Whoever may not come from there is told so on the long way. */
    private boolean isLocked(HttpServletRequest request) {
        return HttpMethod.POST.matches(request.getMethod()) && (Doors.isWebhook(request.getRequestURI()) || Doors.isWebhook(request.getServletPath()))
                && senders.mayCome(request) && !key.opens(request.getRequestURI()) && !key.opens(request.getServletPath());
    }

    private boolean isPlain(HttpServletRequest request) {
        long length = request.getContentLengthLong();
        return HttpMethod.POST.matches(request.getMethod()) && Doors.isWebhook(request.getRequestURI())
                && length >= 0 && length <= mostBytes.toBytes()
                && request.getHeader(HttpHeaders.CONTENT_ENCODING) == null && request.getHeader(HttpHeaders.TRANSFER_ENCODING) == null;
    }

    private boolean isWelcome(HttpServletRequest request) {
        return senders.mayCome(request) && availability.getReadinessState() != ReadinessState.REFUSING_TRAFFIC;
    }
}
