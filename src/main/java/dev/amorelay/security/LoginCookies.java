package dev.amorelay.security;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;
import org.springframework.beans.factory.annotation.Value;

/** The cookies of a login: no script reads them, no other site's page brings them, and over https they never go another way. */
@Component
class LoginCookies {

    /** Who is logged in. */
    static final String SESSION = "RELAY-SESSION";
    /** Somebody has logged in with this browser before. */
    static final String DEVICE = "RELAY-DEVICE";

    private final String publicHost;

    LoginCookies(@Value("${relay.public-url:}") String publicUrl) {
        this.publicHost = publicUrl.startsWith("https://") ? URI.create(publicUrl).getAuthority() : null;
    }

    /** @return the value that the browser sent */
    static Optional<String> read(HttpServletRequest request, String name) {
        Cookie[] cookies = request.getCookies();
        return cookies == null ? Optional.empty()
                : Arrays.stream(cookies).filter(cookie -> cookie.getName().equals(name)).map(Cookie::getValue).findFirst();
    }

    void write(HttpServletRequest request, HttpServletResponse response, String name, String value, Duration life) {
        response.addHeader(HttpHeaders.SET_COOKIE, ResponseCookie.from(name, value).httpOnly(true).secure(isSecure(request)).sameSite("Strict")
                .path("/").maxAge(life).build().toString());
    }

    /**
     * Whether the browser came over https. A header of a proxy that is not named is believed here too: who forges one gets a cookie
     * that his own browser sends over https only.
     */
    boolean isSecure(HttpServletRequest request) {
        String forwarded = request.getHeader("X-Forwarded-Proto");
        return request.isSecure() || forwarded != null && forwarded.regionMatches(true, 0, "https", 0, "https".length())
                || publicHost != null && publicHost.equalsIgnoreCase(request.getHeader(HttpHeaders.HOST));
    }
}
