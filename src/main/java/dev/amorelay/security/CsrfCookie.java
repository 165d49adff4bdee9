package dev.amorelay.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.csrf.DeferredCsrfToken;

/** The token that a page reads from a cookie and sends back in a header; over https the cookie goes no other way. */
class CsrfCookie implements CsrfTokenRepository {

    private final CookieCsrfTokenRepository tokens = CookieCsrfTokenRepository.withHttpOnlyFalse();
    private final LoginCookies cookies;

    /** @param name of the cookie: the two ports' are not the same, since cookies know no ports */
    CsrfCookie(String name, LoginCookies cookies) {
        this.cookies = cookies;
        tokens.setCookieName(name);
        tokens.setCookieCustomizer(cookie -> cookie.sameSite("Strict").path("/"));
    }

    @Override
    public CsrfToken generateToken(HttpServletRequest request) {
        return tokens.generateToken(request);
    }

    @Override
    public void saveToken(CsrfToken token, HttpServletRequest request, HttpServletResponse response) {
        tokens.saveToken(token, new HttpServletRequestWrapper(request) {
            @Override
            public boolean isSecure() {
                return cookies.isSecure(request);
            }
        }, response);
    }

    @Override
    public CsrfToken loadToken(HttpServletRequest request) {
        return tokens.loadToken(request);
    }

    @Override
    public DeferredCsrfToken loadDeferredToken(HttpServletRequest request, HttpServletResponse response) {
        return CsrfTokenRepository.super.loadDeferredToken(request, response);
    }
}
