package dev.amorelay.security;

import dev.amorelay.doors.DoorAccess.Who;
import dev.amorelay.doors.OwnDoors;
import dev.amorelay.login.DeviceRepository;
import dev.amorelay.login.Role;
import dev.amorelay.settings.IngestSettings;
import dev.amorelay.settings.Loopback;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;
import org.springframework.security.web.authentication.session.NullAuthenticatedSessionStrategy;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.header.writers.StaticHeadersWriter;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * The main port. No filter here reads a body or a parameter: the servlet would eat the form that a door is to store.
 */
@Configuration(proxyBeanMethods = false)
class DoorSecurity {

    private static final AuthorizationDecision YES = new AuthorizationDecision(true);
    private static final AuthorizationDecision NO = new AuthorizationDecision(false);
    private static final String LOGIN = "/console/login";
    private static final LoginDestination DESTINATION = new LoginDestination(LOGIN, "/console");
    private static final RequestMatcher ADMIN = Doors.at(Doors.ADMIN);
    private static final RequestMatcher PERSONAL = Doors.at(Doors.PERSONAL);
    private static final RequestMatcher CHANGED_BY_ADMIN = Doors.at(Doors.CHANGED_BY_ADMIN);
    /**
     * Letters and digits that an address has no reason to encode: {@code /console/%6Cogin} would be the login for whoever decodes it, and
     * another address for whoever looks at it as it came.
     */
    private static final Set<String> DISGUISES = IntStream.range(0, 128).filter(Character::isLetterOrDigit)
            .mapToObj(letter -> List.of(String.format("%%%02x", letter), String.format("%%%02X", letter))).flatMap(List::stream)
            .collect(Collectors.toUnmodifiableSet());
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    /**
     * The admin's addresses ask who is there; only here is it looked at, so that no door can fail on one. At the doors of
     * service it takes the place of Telegram's word, where it is brought. Who looks is a viewer, who acts an operator, who sets up
     * an admin.
     */
    @Bean
    @Order(2)
    SecurityFilterChain adminChain(HttpSecurity http, Environment environment, LoginThrottleFilter throttle, LoginSessions sessions,
            LoginCookies cookies, OwnDoors own) throws Exception {
        boolean sandbox = environment.acceptsProfiles(Profiles.of("sandbox"));
        RequestMatcher service = Doors.at(Doors.SERVICE);
        RequestMatcher admin = sandbox ? Doors.at(Doors.ADMIN) : Doors.at(Doors.ADMIN, Doors.TEST);
        stateless(http.securityMatcher(request -> admin.matches(request) || own.isAny(request, Who.VIEWER, Who.OPERATOR, Who.ADMIN)
                || service.matches(request) && LoginThrottleFilter.bringsPassword(request)));
        LoginEntry entry = new LoginEntry("amo-relay", DESTINATION);
        return http.httpBasic(basic -> basic.authenticationEntryPoint(entry).securityContextRepository(new RequestAttributeSecurityContextRepository()))
                .exceptionHandling(failures -> failures.authenticationEntryPoint(entry))
                .formLogin(form -> form.loginPage(LOGIN).loginProcessingUrl(LOGIN)
                        .successHandler((request, response, who) -> redirect(response, DESTINATION.of(request)))
                        .failureHandler((request, response, why) -> redirect(response, DESTINATION.again(request, why))))
                .logout(logout -> logout.logoutUrl("/console/logout")
                        .logoutSuccessHandler((request, response, who) -> redirect(response, LOGIN + "?logout")))
                .securityContext(context -> context.securityContextRepository(sessions))
                .csrf(csrf -> csrf.csrfTokenRepository(new CsrfCookie("RELAY-XSRF", cookies, "/")).csrfTokenRequestHandler(new ConsoleCsrf())
                        .requireCsrfProtectionMatcher(DoorSecurity::isWrittenByABrowser)
                        // each request brings the password, and would take the token back as a login does
                        .sessionAuthenticationStrategy(new NullAuthenticatedSessionStrategy()))
                .addFilterAfter(new ConsoleCsrf.CookieFilter(), BasicAuthenticationFilter.class)
                .addFilterBefore(throttle, CsrfFilter.class)
                .addFilterBefore(new LoginPage(DESTINATION), UsernamePasswordAuthenticationFilter.class)
                .authorizeHttpRequests(requests -> requests
                        .dispatcherTypeMatchers(DispatcherType.ASYNC, DispatcherType.ERROR).permitAll()
                        .requestMatchers(Doors.at(Doors.SET_UP)).hasRole(Role.ADMIN.name())
                        .requestMatchers(DoorSecurity::changesTheSetUp).hasRole(Role.ADMIN.name())
                        .requestMatchers(request -> own.isAny(request, Who.ADMIN)).hasRole(Role.ADMIN.name())
                        .requestMatchers(request -> own.isAny(request, Who.VIEWER)).hasRole(Role.VIEWER.name())
                        .requestMatchers(DoorSecurity::isLookedAt).hasRole(Role.VIEWER.name())
                        .anyRequest().hasRole(Role.OPERATOR.name()))
                .build();
    }

    @Bean
    @Order(3)
    SecurityFilterChain doorChain(HttpSecurity http, Environment environment, IngestSettings ingest,
            HookSenders senders, OwnDoors own, ApplicationAvailability availability) throws Exception {
        boolean sandbox = environment.acceptsProfiles(Profiles.of("sandbox"));
        RequestMatcher webhook = Doors.at(Doors.WEBHOOKS);
        RequestMatcher open = sandbox ? Doors.at(Doors.LEADS, Doors.PARK, Doors.HEALTH, Doors.SANDBOX)
                : Doors.at(Doors.LEADS, Doors.PARK, Doors.HEALTH);
        stateless(http);
        // nobody logs in at a door, so nothing of a login is prepared for each request
        return http.anonymous(AbstractHttpConfigurer::disable)
                .securityContext(AbstractHttpConfigurer::disable)
                .servletApi(AbstractHttpConfigurer::disable)
                .addFilter(LeadCors.filter(own, ingest.corsOrigins()))
                .authorizeHttpRequests(requests -> requests
                        .dispatcherTypeMatchers(DispatcherType.ASYNC, DispatcherType.ERROR).permitAll()
                        .requestMatchers(webhook).access(from(senders))
                        .requestMatchers(request -> own.isAny(request, Who.KEYED)).access((who, context) -> own.bringsKey(context.getRequest()) ? YES : NO)
                        .requestMatchers(open).permitAll()
                        .requestMatchers(request -> own.isAny(request, Who.OPEN)).permitAll()
                        .anyRequest().denyAll())
                .exceptionHandling(failures -> failures.accessDeniedHandler((request, response, denied) -> {
                    HttpStatus status = denied(request, webhook, own, availability);
                    response.setStatus(status.value());
                    if (status == HttpStatus.SERVICE_UNAVAILABLE) {
                        response.setHeader(HttpHeaders.RETRY_AFTER, "5");
                    }
                }))
                .build();
    }

    /** Neither a login nor a hint: what is not a door is not there. Whether it is one, is known when the flows run. */
    private static HttpStatus denied(HttpServletRequest request, RequestMatcher webhook, OwnDoors own, ApplicationAvailability availability) {
        if (webhook.matches(request)) {
            return HttpStatus.FORBIDDEN;
        }
        if (own.at(request).isPresent()) {
            return HttpStatus.UNAUTHORIZED;
        }
        return availability.getReadinessState() == ReadinessState.REFUSING_TRAFFIC ? HttpStatus.SERVICE_UNAVAILABLE : HttpStatus.NOT_FOUND;
    }

    /** One for both ports; a filter of the security's chains and not of the server's. */
    @Bean
    LoginThrottleFilter loginThrottleFilter(LoginThrottle throttle, DeviceRepository devices) {
        return new LoginThrottleFilter(throttle, devices);
    }

    @Bean
    FilterRegistrationBean<LoginThrottleFilter> loginThrottleOfTheChainsOnly(LoginThrottleFilter filter) {
        FilterRegistrationBean<LoginThrottleFilter> registration = new FilterRegistrationBean<>(filter);
        registration.setEnabled(false);
        return registration;
    }

    /** An observation around each filter of each request costs more than the filters; flows have timers of their own. */
    @Bean
    SecurityObservationSettings noObservations() {
        return SecurityObservationSettings.noObservations();
    }

    /** Names and values of headers may hold whatever a caller's browser sends; a lead is not refused for them. */
    @Bean
    HttpFirewall lenientFirewall(Environment environment) {
        StrictHttpFirewall firewall = new StrictHttpFirewall();
        firewall.getEncodedUrlBlocklist().addAll(DISGUISES);
        if (environment.acceptsProfiles(Profiles.of("sandbox"))) {
            // a foreign page whose name leads to this machine must not reach what everybody may do here
            firewall.setAllowedHostnames(Loopback::isHost);
        }
        firewall.setAllowedHeaderNames(name -> true);
        firewall.setAllowedHeaderValues(value -> true);
        firewall.setAllowedParameterNames(name -> true);
        firewall.setAllowedParameterValues(value -> true);
        return firewall;
    }

    /** A browser adds the login to whatever page asks it to post here; a program has it of its own, and needs no token. */
    private static boolean isWrittenByABrowser(HttpServletRequest request) {
        return !READING.contains(request.getMethod()) && (request.getHeader(HttpHeaders.ORIGIN) != null
                || request.getHeader("Sec-Fetch-Site") != null || LoginCookies.read(request, LoginCookies.SESSION).isPresent());
    }

    /** What tells how it goes, and nothing personal. */
    private static boolean isLookedAt(HttpServletRequest request) {
        return READING.contains(request.getMethod()) && !PERSONAL.matches(request) && ADMIN.matches(request);
    }

    /** At addresses that anybody may look at. */
    private static boolean changesTheSetUp(HttpServletRequest request) {
        return !READING.contains(request.getMethod()) && CHANGED_BY_ADMIN.matches(request);
    }

    private static void redirect(HttpServletResponse response, String address) {
        response.setHeader(HttpHeaders.LOCATION, address);
        response.setStatus(HttpServletResponse.SC_FOUND);
    }

    private static void stateless(HttpSecurity http) throws Exception {
        RequestMatcher park = Doors.at(Doors.PARK);
        http.csrf(AbstractHttpConfigurer::disable) // no cookies at the doors
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .headers(headers -> headers
                        .contentTypeOptions(Customizer.withDefaults())
                        .frameOptions(frame -> frame.disable())
                        // the address of the page after a consent holds the code
                        .referrerPolicy(policy -> policy.policy(ReferrerPolicy.NO_REFERRER))
                        // Telegram on the web shows the Mini App in a frame; nobody frames anything else
                        .addHeaderWriter((request, response) -> new StaticHeadersWriter("Content-Security-Policy",
                                park.matches(request) ? "frame-ancestors 'self' https://web.telegram.org https://*.telegram.org"
                                        : "frame-ancestors 'self'").writeHeaders(request, response)));
    }

    private static AuthorizationManager<RequestAuthorizationContext> from(HookSenders senders) {
        return (who, context) -> senders.mayCome(context.getRequest()) ? YES : NO;
    }
}
