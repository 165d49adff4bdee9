package dev.amorelay.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Set;

/**
 * An address with a slash at its end is the address without it: it is cut off before anybody looks, so that every filter, rule
 * and door sees the same address. Pages keep theirs, since a browser works out the addresses of their files by it.
 */
final class TrailingSlash extends HttpServletRequestWrapper {

    private static final Set<String> PAGES = Set.of("/", "/park/", "/console/");
    private static final String SANDBOX = "/sandbox/";

    private TrailingSlash(HttpServletRequest request) {
        super(request);
    }

    /**
     * Looks at a request's address.
     *
     * @param request as it came
     * @return the same request, with the address without a slash at its end
     */
    static HttpServletRequest cut(HttpServletRequest request) {
        String address = request.getRequestURI();
        // two slashes are refused, as anywhere in an address
        boolean cut = address.endsWith("/") && !address.endsWith("//") && !PAGES.contains(address) && !address.startsWith(SANDBOX);
        return cut ? new TrailingSlash(request) : request;
    }

    @Override
    public String getRequestURI() {
        return without(super.getRequestURI());
    }

    @Override
    public StringBuffer getRequestURL() {
        return new StringBuffer(without(super.getRequestURL().toString()));
    }

    @Override
    public String getServletPath() {
        return without(super.getServletPath());
    }

    @Override
    public String getPathInfo() {
        String path = super.getPathInfo();
        return path == null ? null : without(path);
    }

    private static String without(String address) {
        return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
    }
}
