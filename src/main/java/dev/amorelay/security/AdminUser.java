package dev.amorelay.security;

import dev.amorelay.settings.RelaySettings;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.util.StringUtils;

/** The one user: {@code admin} with RELAY_ADMIN_PASSWORD. */
@Configuration(proxyBeanMethods = false)
class AdminUser {

    static final String ROLE = "ADMIN";

    @Bean
    PasswordEncoder passwordEncoder() {
        return PasswordEncoderFactories.createDelegatingPasswordEncoder();
    }

    @Bean
    LoginThrottle loginThrottle() {
        return new LoginThrottle(Clock.systemUTC());
    }

    /** Without a password there is no user, and nobody comes in. */
    @Bean
    UserDetailsService users(RelaySettings settings, PasswordEncoder encoder) {
        InMemoryUserDetailsManager users = new InMemoryUserDetailsManager();
        if (StringUtils.hasText(settings.adminPassword())) {
            // only the hash is kept; each login is compared with it in constant time
            users.createUser(User.withUsername("admin").password(encoder.encode(settings.adminPassword().trim())).roles(ROLE).build());
        }
        return users;
    }
}
