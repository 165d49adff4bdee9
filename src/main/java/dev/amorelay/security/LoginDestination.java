package dev.amorelay.security;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;

/**
 * Where one wanted to go before the login came between. It travels in the login page's own address, since nothing is kept of who has not
 * logged in, and leads to a page of this relay only.
 *
 * @param page address of the login page
 * @param home where one lands who wanted nothing else
 */
record LoginDestination(String page, String home) {

    /** In the query of the login page and in its form. */
    static final String NEXT = "next";

    /** Neither another host (//, a backslash) nor what would end a header; short, since the login's form is. */
    private static final Pattern OWN_PAGE = Pattern.compile("/(?![/\\\\])[\\x21-\\x7e&&[^\\\\]]{0,999}");

    /** Any login page or logout, ours or Hawtio's: whoever was sent there has just come in. */
    private static final Pattern IN_OR_OUT = Pattern.compile("/log(?:in|out)/?(?:\\?|$)");

    /** @return the login page for whoever asked for this page */
    String loginFor(HttpServletRequest request) {
        String query = request.getQueryString() == null ? "" : "?" + request.getQueryString();
        return page + next("?", request.getRequestURI() + query);
    }

    /** @return the login page once more, with a word about why: the password was wrong, or could not be compared */
    String again(HttpServletRequest request, AuthenticationException why) {
        return page + (why instanceof AuthenticationServiceException ? "?busy" : "?error") + next("&", request.getParameter(NEXT));
    }

    /** @return where to go after the login */
    String of(HttpServletRequest request) {
        String wanted = request.getParameter(NEXT);
        return isOwnPage(wanted) ? wanted : home;
    }

    private String next(String before, String wanted) {
        boolean home = wanted != null && bare(wanted).equals(bare(this.home));
        return home || !isOwnPage(wanted) ? "" : before + NEXT + "=" + URLEncoder.encode(wanted, StandardCharsets.UTF_8);
    }

    private boolean isOwnPage(String wanted) {
        return wanted != null && OWN_PAGE.matcher(wanted).matches() && !IN_OR_OUT.matcher(wanted).find();
    }

    private static String bare(String address) {
        return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
    }
}
