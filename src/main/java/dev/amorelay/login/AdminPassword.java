package dev.amorelay.login;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Another {@code RELAY_ADMIN_PASSWORD} than at the start before ends the sessions that the former one has opened. */
@Component
class AdminPassword {

    private static final Logger LOG = LoggerFactory.getLogger(AdminPassword.class);

    private final JdbcTemplate jdbc;
    private final AdminHash hash;
    private final SessionRepository sessions;

    AdminPassword(JdbcTemplate jdbc, AdminHash hash, SessionRepository sessions) {
        this.jdbc = jdbc;
        this.hash = hash;
        this.sessions = sessions;
    }

    @EventListener(ApplicationReadyEvent.class)
    void compare() {
        if (!hash.isSet()) {
            return;
        }
        try {
            List<String> before = jdbc.queryForList("SELECT password_hash FROM login_admin", String.class);
            if (before.isEmpty() || !hash.isThatOf(before.get(0))) {
                jdbc.update("DELETE FROM login_sessions WHERE name = ?", Person.ADMIN);
                jdbc.update("DELETE FROM login_devices WHERE name = ?", Person.ADMIN);
                jdbc.update("INSERT INTO login_admin (password_hash) VALUES (?) ON CONFLICT (only_row) DO UPDATE SET password_hash = excluded.password_hash",
                        hash.value());
                sessions.lookAgain();
            }
        } catch (DataAccessException e) {
            LOG.warn("Whether the admin's password is still the same could not be looked up: {}", e.getClass().getSimpleName());
        }
    }
}
