package dev.amorelay.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Pattern;
import org.springframework.http.HttpMethod;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * A GET by which Jolokia would do something: another site's page can make a browser that knows the password send one, and it
 * carries no token against that. What acts has to come by POST.
 */
class ActingGet implements RequestMatcher {

    /** Jolokia takes the command from the path or from the parameter {@code p}, in any case. */
    private static final Pattern COMMAND = Pattern.compile("/*(exec|write|notification)(/.*)?", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    @Override
    public boolean matches(HttpServletRequest request) {
        String path = request.getServletPath() + (request.getPathInfo() == null ? "" : request.getPathInfo());
        if (HttpMethod.POST.matches(request.getMethod()) || !path.startsWith(RefusalStatusFilter.JOLOKIA)) {
            return false;
        }
        String parameter = request.getParameter("p");
        return COMMAND.matcher(path.substring(RefusalStatusFilter.JOLOKIA.length())).matches()
                || parameter != null && COMMAND.matcher(parameter).matches();
    }
}
