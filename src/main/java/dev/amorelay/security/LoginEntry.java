package dev.amorelay.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.authentication.www.BasicAuthenticationEntryPoint;

/**
 * What somebody is told who is not logged in: a person in a browser gets the login page, a page's script a plain 401 (with more the
 * browser would ask in a window of its own), a program the question for a password. Where it could not be compared it is 503.
 */
class LoginEntry implements AuthenticationEntryPoint {

    private final LoginDestination destination;
    private final BasicAuthenticationEntryPoint basic = new BasicAuthenticationEntryPoint();

    /**
     * @param realm that programs are told
     * @param destination remembers what one wanted, and knows the login page
     */
    LoginEntry(String realm, LoginDestination destination) {
        this.destination = destination;
        basic.setRealmName(realm);
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException why) throws IOException {
        if (why instanceof AuthenticationServiceException) {
            response.setHeader(HttpHeaders.RETRY_AFTER, "1");
            response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        } else if (isPerson(request)) {
            response.setHeader(HttpHeaders.LOCATION, destination.loginFor(request));
            response.setStatus(HttpServletResponse.SC_FOUND);
        } else if (isScript(request)) {
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
        } else {
            basic.commence(request, response, why);
        }
    }

    private static boolean isPerson(HttpServletRequest request) {
        String wanted = request.getHeader(HttpHeaders.ACCEPT);
        return request.getMethod().equals("GET") && wanted != null && wanted.contains("text/html") && request.getHeader(HttpHeaders.AUTHORIZATION) == null;
    }

    private static boolean isScript(HttpServletRequest request) {
        String mode = request.getHeader("Sec-Fetch-Mode");
        return request.getHeader("X-Requested-With") != null || mode != null && !mode.equals("navigate");
    }
}
