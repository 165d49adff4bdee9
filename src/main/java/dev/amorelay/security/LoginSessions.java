package dev.amorelay.security;

import dev.amorelay.login.DeviceRepository;
import dev.amorelay.login.SessionRepository;
import dev.amorelay.login.SessionRepository.LoggedIn;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.DeferredSecurityContext;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.context.HttpRequestResponseHolder;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.stereotype.Component;

/**
 * The login form's logins, in the database: any node knows them, and nothing is kept of who has not logged in. HTTP Basic begins none.
 */
@Component
class LoginSessions implements SecurityContextRepository {

    private static final String READ = LoginSessions.class.getName();
    private static final Duration DEVICE_LIFE = Duration.ofDays(180);
    /** Till the browser is closed; the database ends it in any case. */
    private static final Duration SESSION_LIFE = Duration.ofSeconds(-1);

    private final SessionRepository sessions;
    private final DeviceRepository devices;
    private final LoginCookies cookies;

    LoginSessions(SessionRepository sessions, DeviceRepository devices, LoginCookies cookies) {
        this.sessions = sessions;
        this.devices = devices;
        this.cookies = cookies;
    }

    /** @return whether the request belongs to somebody who has logged in by the form */
    static boolean isLoggedIn(HttpServletRequest request) {
        return request.getAttribute(READ) instanceof SecurityContext context && context.getAuthentication() != null;
    }

    @Override
    @Deprecated
    public SecurityContext loadContext(HttpRequestResponseHolder holder) {
        return context(holder.getRequest());
    }

    @Override
    public DeferredSecurityContext loadDeferredContext(HttpServletRequest request) {
        Supplier<SecurityContext> once = () -> context(request);
        return new DeferredSecurityContext() {
            @Override
            public SecurityContext get() {
                return once.get();
            }

            @Override
            public boolean isGenerated() {
                return once.get().getAuthentication() == null;
            }
        };
    }

    /** Always: Spring would begin a session for whoever has come in by a password of HTTP Basic. */
    @Override
    public boolean containsContext(HttpServletRequest request) {
        return true;
    }

    private SecurityContext context(HttpServletRequest request) {
        if (request.getAttribute(READ) instanceof SecurityContext read) {
            return read;
        }
        SecurityContext context = LoginCookies.read(request, LoginCookies.SESSION).flatMap(sessions::find)
                .<SecurityContext>map(who -> new SecurityContextImpl(authentication(who))).orElseGet(SecurityContextHolder::createEmptyContext);
        request.setAttribute(READ, context);
        return context;
    }

    private static Authentication authentication(LoggedIn who) {
        return UsernamePasswordAuthenticationToken.authenticated(who.name(), null, AuthorityUtils.createAuthorityList("ROLE_" + who.role().name()));
    }

    /** Begins a session after a login by the form; ends it with a logout. */
    @Override
    public void saveContext(SecurityContext context, HttpServletRequest request, HttpServletResponse response) {
        Optional<String> before = LoginCookies.read(request, LoginCookies.SESSION);
        before.filter(token -> sessions.find(token).isPresent()).ifPresent(sessions::end);
        Authentication who = context.getAuthentication();
        request.setAttribute(READ, context);
        if (who == null) {
            before.ifPresent(token -> cookies.write(request, response, LoginCookies.SESSION, "", Duration.ZERO));
            return;
        }
        cookies.write(request, response, LoginCookies.SESSION, sessions.begin(who.getName()), SESSION_LIFE);
        if (LoginCookies.read(request, LoginCookies.DEVICE).filter(token -> devices.knows(token, who.getName())).isEmpty()) {
            cookies.write(request, response, LoginCookies.DEVICE, devices.note(who.getName()), DEVICE_LIFE);
        }
    }
}
