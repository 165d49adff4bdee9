package dev.amorelay.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.HtmlUtils;

/** The form by which people log in; it keeps nothing of who has only looked at it. */
class LoginPage extends OncePerRequestFilter {

    private static final String PAGE = read();

    private final LoginDestination destination;

    /** @param destination knows the page's address, to which its form is posted as well */
    LoginPage(LoginDestination destination) {
        this.destination = destination;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!HttpMethod.GET.matches(request.getMethod()) || !request.getRequestURI().equals(destination.page())) {
            chain.doFilter(request, response);
            return;
        }
        String told = has(request, "error") ? "Имя или пароль не подошли."
                : has(request, "busy") ? "Сейчас не получилось проверить пароль. Попробуйте ещё раз."
                : has(request, "logout") ? "Вы вышли." : "";
        String token = request.getAttribute(CsrfToken.class.getName()) instanceof CsrfToken csrf ? csrf.getToken() : "";
        write(response, PAGE.replace("{told}", told).replace("{token}", HtmlUtils.htmlEscape(token))
                .replace("{address}", HtmlUtils.htmlEscape(destination.page()))
                .replace("{next}", HtmlUtils.htmlEscape(destination.of(request))));
    }

    private static boolean has(HttpServletRequest request, String word) {
        return request.getParameter(word) != null;
    }

    /** The body of a 429: without a form, so that nobody presses its button at once. */
    static void tooOften(HttpServletRequest request, HttpServletResponse response, long seconds) throws IOException {
        String form = "<p>Слишком много попыток входа. Подождите " + seconds + " с и <a href=\"" + HtmlUtils.htmlEscape(request.getRequestURI())
                + "\">войдите ещё раз</a>.</p>";
        write(response, PAGE.replaceFirst("(?s)<form.*</form>", java.util.regex.Matcher.quoteReplacement(form)));
    }

    private static void write(HttpServletResponse response, String page) throws IOException {
        byte[] bytes = page.getBytes(StandardCharsets.UTF_8);
        response.setContentType("text/html; charset=utf-8");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader("Content-Security-Policy",
                "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'");
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }

    private static String read() {
        try (InputStream in = new ClassPathResource("console/login.html").getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
