package dev.amorelay.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.csrf.DeferredCsrfToken;

/** The token that a page reads from a cookie and sends back in a header; over https the cookie goes no other way. */
class CsrfCookie implements CsrfTokenRepository {

    private final LoginCookies cookies;
    private final List<CookieCsrfTokenRepository> tokens;

    /**
     * @param name of the cookie: the two ports' are not the same, since cookies know no ports
     * @param paths it is sent to, each as a cookie of its own with the same value
     */
    CsrfCookie(String name, LoginCookies cookies, String... paths) {
        this.cookies = cookies;
        this.tokens = Stream.of(paths).map(path -> {
            CookieCsrfTokenRepository token = CookieCsrfTokenRepository.withHttpOnlyFalse();
            token.setCookieName(name);
            token.setCookieCustomizer(cookie -> cookie.sameSite("Strict").path(path));
            return token;
        }).toList();
    }

    @Override
    public CsrfToken generateToken(HttpServletRequest request) {
        return tokens.get(0).generateToken(request);
    }

    @Override
    public void saveToken(CsrfToken token, HttpServletRequest request, HttpServletResponse response) {
        HttpServletRequest safe = new HttpServletRequestWrapper(request) {
            @Override
            public boolean isSecure() {
                return cookies.isSecure(request);
            }
        };
        tokens.forEach(cookie -> cookie.saveToken(token, safe, response));
    }

    @Override
    public CsrfToken loadToken(HttpServletRequest request) {
        return tokens.get(0).loadToken(request);
    }

    @Override
    public DeferredCsrfToken loadDeferredToken(HttpServletRequest request, HttpServletResponse response) {
        return CsrfTokenRepository.super.loadDeferredToken(request, response);
    }
}
