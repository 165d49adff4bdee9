package dev.amorelay.security;

import dev.amorelay.login.AdminHash;
import dev.amorelay.login.PeopleRepository;
import dev.amorelay.login.Person;
import dev.amorelay.login.Role;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.security.access.hierarchicalroles.RoleHierarchyImpl;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;

/** Who may log in: {@code admin} with RELAY_ADMIN_PASSWORD, also while the database is down, and the people in the database. */
@Configuration(proxyBeanMethods = false)
class AdminUser {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /** How the encoder tells what kind of hash it has before it. */
    private static final String BCRYPT = "{bcrypt}";

    @Bean
    PasswordEncoder passwordEncoder() {
        int few = Math.max(1, Runtime.getRuntime().availableProcessors() / 4);
        return new PasswordComparison(PasswordEncoderFactories.createDelegatingPasswordEncoder(), few, PATIENCE, Clock.systemUTC());
    }

    @Bean
    LoginThrottle loginThrottle() {
        return new LoginThrottle(Clock.systemUTC());
    }

    @Bean
    RoleHierarchy roles() {
        return RoleHierarchyImpl.withDefaultRolePrefix()
                .role(Role.ADMIN.name()).implies(Role.OPERATOR.name())
                .role(Role.OPERATOR.name()).implies(Role.VIEWER.name()).build();
    }

    /** Without a password there is no admin, and nobody comes in by that name. */
    @Bean
    UserDetailsService users(AdminHash admin, PeopleRepository people) {
        return name -> {
            if (name.equals(Person.ADMIN)) {
                String hash = admin.value();
                return user(name, hash == null ? null : BCRYPT + hash, Role.ADMIN);
            }
            // what can be nobody's name is not looked up: the database would refuse some of them
            Person person = (Person.canBe(name) ? people.find(name) : Optional.<Person>empty()).filter(found -> !found.locked()).orElse(null);
            return user(name, person == null ? null : person.passwordHash(), person == null ? null : person.role());
        };
    }

    private static UserDetails user(String name, String hash, Role role) {
        if (hash == null) {
            throw new UsernameNotFoundException("nobody");
        }
        return User.withUsername(name).password(hash).roles(role.name()).build();
    }
}
