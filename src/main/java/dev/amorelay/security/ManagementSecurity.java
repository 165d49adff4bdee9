package dev.amorelay.security;

import jakarta.servlet.DispatcherType;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.http.MediaType;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.authentication.www.BasicAuthenticationEntryPoint;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.util.matcher.MediaTypeRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * The management port: the plain health status is open, everything else, Hawtio among it, asks for the admin's password, as a
 * form in a browser and as HTTP Basic for programs.
 */
@Configuration(proxyBeanMethods = false)
class ManagementSecurity {

    private static final String HOME = "/actuator/hawtio/";

    @Bean
    @Order(1)
    SecurityFilterChain managementChain(HttpSecurity http, Environment environment, LoginThrottle throttle) throws Exception {
        BasicAuthenticationEntryPoint basic = new BasicAuthenticationEntryPoint();
        basic.setRealmName("amo-relay management");
        return http.securityMatcher(onManagementPort(environment))
                .authorizeHttpRequests(requests -> requests
                        .dispatcherTypeMatchers(DispatcherType.ERROR).permitAll()
                        .requestMatchers("/actuator/health", "/actuator/health/liveness", "/actuator/health/readiness").permitAll()
                        .requestMatchers(new ActingGet()).denyAll()
                        .anyRequest().hasRole(AdminUser.ROLE))
                .formLogin(form -> form.defaultSuccessUrl(HOME))
                .httpBasic(login -> login.authenticationEntryPoint(basic))
                .exceptionHandling(failures -> failures
                        .defaultAuthenticationEntryPointFor(new LoginUrlAuthenticationEntryPoint("/login"), wantsPage())
                        .defaultAuthenticationEntryPointFor(basic, request -> true))
                .csrf(csrf -> csrf.csrfTokenRepository(cookie()).csrfTokenRequestHandler(new ConsoleCsrf()))
                .addFilterBefore(new LoginThrottleFilter(throttle), UsernamePasswordAuthenticationFilter.class)
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

    private static MediaTypeRequestMatcher wantsPage() {
        MediaTypeRequestMatcher page = new MediaTypeRequestMatcher(MediaType.TEXT_HTML);
        page.setIgnoredMediaTypes(Set.of(MediaType.ALL));
        return page;
    }

    /** Hawtio reads the token from this cookie and sends it back in a header with each of its posts. */
    private static CookieCsrfTokenRepository cookie() {
        CookieCsrfTokenRepository tokens = CookieCsrfTokenRepository.withHttpOnlyFalse();
        tokens.setCookieCustomizer(cookie -> cookie.sameSite("Strict").path("/"));
        return tokens;
    }
}
