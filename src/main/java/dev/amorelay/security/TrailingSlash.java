package dev.amorelay.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An address with a slash at its end, or two in a row, as where an address that ends with one is put before another, is the address
 * without them: they are cut off before anybody looks, so that every filter, rule and door sees the same address. Pages keep theirs, since a browser works out the addresses of their files by it.
 */
final class TrailingSlash extends HttpServletRequestWrapper {

    private static final Set<String> PAGES = Set.of("/", "/park/", "/console/");
    private static final String SANDBOX = "/sandbox/";
    private static final Pattern SLASHES = Pattern.compile("/{2,}");

    private TrailingSlash(HttpServletRequest request) {
        super(request);
    }

    /**
     * Looks at a request's address.
     *
     * @param request as it came
     * @return the same request, with the address without slashes that say nothing
     */
    static HttpServletRequest cut(HttpServletRequest request) {
        String address = request.getRequestURI();
        boolean cut = (address.endsWith("/") || address.contains("//")) && !PAGES.contains(address) && !address.startsWith(SANDBOX);
        return cut ? new TrailingSlash(request) : request;
    }

    @Override
    public String getRequestURI() {
        return without(super.getRequestURI());
    }

    @Override
    public StringBuffer getRequestURL() {
        StringBuffer url = super.getRequestURL();
        int path = url.indexOf("/", url.indexOf("://") + 3);
        return path < 0 ? url : new StringBuffer(url.substring(0, path)).append(without(url.substring(path)));
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
        String single = SLASHES.matcher(address).replaceAll("/");
        return single.length() > 1 && single.endsWith("/") && !PAGES.contains(single) ? single.substring(0, single.length() - 1) : single;
    }
}
