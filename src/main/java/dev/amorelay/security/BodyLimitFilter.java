package dev.amorelay.security;

import dev.amorelay.doors.OwnDoors;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.OncePerRequestFilter;

/** Gives each door its own limit of bodies. */
class BodyLimitFilter extends OncePerRequestFilter {

    private static final RequestMatcher LEADS = Doors.at(Doors.LEADS);
    private static final RequestMatcher PARK = Doors.at(Doors.PARK);
    private static final RequestMatcher PHOTOS = Doors.at(Doors.PHOTOS);
    private static final RequestMatcher HOOKS = Doors.at(Doors.WEBHOOKS);
    /** A service request is a page of text at most. */
    private static final DataSize A_FORM = DataSize.ofKilobytes(64);
    /** What a form adds to the file in it. */
    private static final DataSize AROUND_A_FILE = DataSize.ofKilobytes(64);

    private final BodyIntake bodies;
    private final OwnDoors own;
    private final DataSize leadLimit;
    private final DataSize photoLimit;
    private final DataSize otherLimit;

    /**
     * @param bodies takes them in
     * @param own doors of flows that say who may come
     * @param leadLimit limit of the doors that take leads, and of those
     * @param photoLimit limit of a photo
     * @param otherLimit limit of all other addresses
     */
    BodyLimitFilter(BodyIntake bodies, OwnDoors own, DataSize leadLimit, DataSize photoLimit, DataSize otherLimit) {
        this.own = own;
        this.bodies = bodies;
        this.leadLimit = leadLimit;
        this.photoLimit = DataSize.ofBytes(photoLimit.toBytes() + AROUND_A_FILE.toBytes());
        this.otherLimit = otherLimit;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        // a hook in parts is stored as it came
        BodyIntake.Parts parts = HOOKS.matches(request) ? BodyIntake.Parts.WHOLE : PHOTOS.matches(request) ? BodyIntake.Parts.FILES : BodyIntake.Parts.READ;
        bodies.take(request, response, limit(request), parts, taken -> chain.doFilter(taken, response));
    }

    private DataSize limit(HttpServletRequest request) {
        if (PHOTOS.matches(request)) {
            return photoLimit;
        }
        if (LEADS.matches(request) || own.at(request).isPresent()) {
            return leadLimit;
        }
        if (PARK.matches(request)) {
            return leadLimit.compareTo(A_FORM) < 0 ? leadLimit : A_FORM;
        }
        return otherLimit;
    }
}
