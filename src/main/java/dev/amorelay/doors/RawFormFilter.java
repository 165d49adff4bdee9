package dev.amorelay.doors;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Keeps Camel's HTTP binding from reading form bodies: it answers 500 to a body that is no well-formed form, and
 * copies every field of one into headers. It asks for the content type to decide; the header itself stays, and
 * the doors parse the body themselves.
 */
@Component
@Order(Ordered.LOWEST_PRECEDENCE - 1)
public final class RawFormFilter extends OncePerRequestFilter {

    private static final String FORM = "application/x-www-form-urlencoded";
    private static final Pattern BOUNDARY = Pattern.compile(";\\s*boundary\\s*=\\s*\"?[^;\\s\"]", Pattern.CASE_INSENSITIVE);
    private static final List<String> LEADS = List.of("/ingest/leads", "/api/ingest/leads");
    private static final List<String> PHOTOS = List.of("/api/service-requests/photos");
    private static final List<String> HOOKS = List.of("/webhook/amocrm", "/api/amocrm/webhook", "/amocrm");

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        byteForByte(request);
        chain.doFilter(raw(request), response);
    }

    /** The names of fields and files may be in a charset that only the door finds out. */
    private static void byteForByte(HttpServletRequest request) throws IOException {
        if (isIn(request.getContentType(), request, LEADS)) {
            request.setCharacterEncoding(StandardCharsets.ISO_8859_1.name());
        }
    }

    /**
     * Has the server take a form in parts apart as its door wants it, however long it takes to come. What is wrong with it is told again
     * to whoever asks for the parts.
     *
     * @param request with a body in parts
     */
    public static void takeApart(HttpServletRequest request) {
        try {
            byteForByte(request);
            request.getParts();
        } catch (IOException | ServletException | RuntimeException e) {
            // the server has noted it
        }
    }

    /**
     * Tells whether the server can take a body apart.
     *
     * @param type its content type, or null
     * @return false also for one in parts that does not say where they begin: pages that set the type by hand forget the boundary
     */
    public static boolean isInParts(@Nullable String type) {
        return type != null && type.regionMatches(true, 0, "multipart/", 0, "multipart/".length()) && BOUNDARY.matcher(type).find();
    }

    /** The request as Camel is to see it. */
    static HttpServletRequest raw(HttpServletRequest request) {
        String type = request.getContentType();
        if (isIn(type, request, PHOTOS)) {
            // its door takes it apart itself, once it knows who sends it: until then there is nothing to be read
            return new RawForm(new BufferedRequest(request, new byte[0]));
        }
        boolean form = type != null && type.regionMatches(true, 0, FORM, 0, FORM.length());
        // a webhook is never refused for its content: one in parts is not taken apart, but stored as it came
        return form || isIn(type, request, HOOKS) || isIn(type, request, LEADS) && !isInParts(type) ? new RawForm(request) : request;
    }

    private static boolean isIn(String type, HttpServletRequest request, List<String> doors) {
        return type != null && type.regionMatches(true, 0, "multipart/", 0, "multipart/".length())
                && doors.stream().anyMatch(door -> request.getRequestURI().startsWith(door));
    }

    private static final class RawForm extends HttpServletRequestWrapper {

        RawForm(HttpServletRequest request) {
            super(request);
        }

        @Override
        public String getContentType() {
            return null;
        }

        /** The server would look for a charset in the content type, and Camel note it in a header that no door lets in. */
        @Override
        public String getCharacterEncoding() {
            return null;
        }

        /** Only those of the address; without any the server need not be asked. */
        @Override
        public Enumeration<String> getParameterNames() {
            return getQueryString() == null ? Collections.emptyEnumeration() : super.getParameterNames();
        }
    }
}
