package dev.amorelay.security;

import dev.amorelay.login.Role;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletResponse;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpHeaders;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.authentication.session.NullAuthenticatedSessionStrategy;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * The management port: the plain health status is open, everything else asks for a login, as a form in a
 * browser and as HTTP Basic for programs: metrics are for all people, Hawtio, which may do anything, is the admins'.
 */
@Configuration(proxyBeanMethods = false)
class ManagementSecurity {

    private static final String LOGIN = "/login";
    private static final String HAWTIO = "/actuator/hawtio";
    private static final LoginDestination DESTINATION = new LoginDestination(LOGIN, HAWTIO + "/");

    @Bean
    @Order(1)
    SecurityFilterChain managementChain(HttpSecurity http, Environment environment, LoginThrottleFilter throttle, LoginSessions sessions,
            LoginCookies cookies) throws Exception {
        LoginEntry entry = new LoginEntry("amo-relay management", DESTINATION);
        return http.securityMatcher(onManagementPort(environment))
                .authorizeHttpRequests(requests -> requests
                        .dispatcherTypeMatchers(DispatcherType.ERROR).permitAll()
                        .requestMatchers("/actuator/health", "/actuator/health/liveness", "/actuator/health/readiness").permitAll()
                        .requestMatchers(new ActingGet()).denyAll()
                        .requestMatchers("/actuator/health/**", "/actuator/info", "/actuator/metrics/**", "/actuator/prometheus",
                                "/actuator/openapi/**").hasRole(Role.VIEWER.name())
                        .anyRequest().hasRole(Role.ADMIN.name()))
                .formLogin(form -> form.loginPage(LOGIN).loginProcessingUrl(LOGIN)
                        .successHandler((request, response, who) -> redirect(response, DESTINATION.of(request)))
                        .failureHandler((request, response, why) -> redirect(response, DESTINATION.again(request, why))))
                .httpBasic(login -> login.authenticationEntryPoint(entry).securityContextRepository(new RequestAttributeSecurityContextRepository()))
                .exceptionHandling(failures -> failures.authenticationEntryPoint(entry))
                // no session of the server's, and no request kept, for who has not logged in
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .securityContext(context -> context.securityContextRepository(sessions))
                // Hawtio 5.2 finds its cookie only where it is the first: a browser puts those of longer paths before the others
                .csrf(csrf -> csrf.csrfTokenRepository(new CsrfCookie("XSRF-TOKEN", cookies, "/", HAWTIO)).csrfTokenRequestHandler(new ConsoleCsrf())
                        // each request may bring its password, and would take the token back as a login does
                        .sessionAuthenticationStrategy(new NullAuthenticatedSessionStrategy()))
                .addFilterBefore(throttle, CsrfFilter.class)
                .addFilterBefore(new LoginPage(DESTINATION), UsernamePasswordAuthenticationFilter.class)
                .addFilterAfter(new ConsoleCsrf.CookieFilter(), BasicAuthenticationFilter.class)
                .addFilterAfter(new RefusalStatusFilter(), AuthorizationFilter.class)
                .build();
    }

    /** By the port the connection came to, which no header can change. It is known once the port is bound. */
    private static RequestMatcher onManagementPort(Environment environment) {
        AtomicReference<Integer> known = new AtomicReference<>();
        return request -> {
            Integer port = known.get();
            if (port == null) {
                port = environment.getProperty("local.management.port", Integer.class);
                known.set(port);
            }
            return port != null && port == request.getLocalPort();
        };
    }

    private static void redirect(HttpServletResponse response, String address) {
        response.setHeader(HttpHeaders.LOCATION, address);
        response.setStatus(HttpServletResponse.SC_FOUND);
    }
}
