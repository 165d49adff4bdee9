package dev.amorelay.doors;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
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
class RawFormFilter extends OncePerRequestFilter {

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String type = request.getContentType();
        boolean form = type != null && type.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded");
        chain.doFilter(form ? new RawForm(request) : request, response);
    }

    private static final class RawForm extends HttpServletRequestWrapper {

        RawForm(HttpServletRequest request) {
            super(request);
        }

        @Override
        public String getContentType() {
            return null;
        }
    }
}
