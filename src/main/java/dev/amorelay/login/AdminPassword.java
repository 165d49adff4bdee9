package dev.amorelay.login;

import dev.amorelay.settings.RelaySettings;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;

/** Another {@code RELAY_ADMIN_PASSWORD} than at the start before ends the sessions that the former one has opened. */
@Component
class AdminPassword {

    private static final Logger LOG = LoggerFactory.getLogger(AdminPassword.class);

    private final JdbcTemplate jdbc;
    private final String password;
    private final SessionRepository sessions;

    AdminPassword(JdbcTemplate jdbc, RelaySettings settings, SessionRepository sessions) {
        this.jdbc = jdbc;
        this.password = settings.adminPassword();
        this.sessions = sessions;
    }

    @EventListener(ApplicationReadyEvent.class)
    void compare() {
        if (!StringUtils.hasText(password)) {
            return;
        }
        try {
            BCryptPasswordEncoder encoder = new BCryptPasswordEncoder();
            List<String> before = jdbc.queryForList("SELECT password_hash FROM login_admin", String.class);
            if (before.isEmpty() || !encoder.matches(password.trim(), before.get(0))) {
                jdbc.update("DELETE FROM login_sessions WHERE name = ?", Person.ADMIN);
                jdbc.update("DELETE FROM login_devices WHERE name = ?", Person.ADMIN);
                jdbc.update("INSERT INTO login_admin (password_hash) VALUES (?) ON CONFLICT (only_row) DO UPDATE SET password_hash = excluded.password_hash",
                        encoder.encode(password.trim()));
                sessions.lookAgain();
            }
        } catch (DataAccessException e) {
            LOG.warn("Whether the admin's password is still the same could not be looked up: {}", e.getClass().getSimpleName());
        }
    }
}
