package dev.amorelay.login;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/**
 * Logins of browsers, for all nodes. A session ends twelve hours after it was seen last, seven days after its beginning, with a
 * logout, and with any change of its person. What was read is believed for some seconds, and while the database is down.
 */
@Repository
public class SessionRepository {

    private static final Duration BELIEVED = Duration.ofSeconds(5);
    private static final int MOST_KNOWN = 1000;
    private static final String FIND = """
            SELECT session.name, CASE WHEN session.name = 'admin' THEN 'admin' ELSE person.role END AS role,
                   session.seen_at < now() - interval '5 minutes' AS stale
            FROM login_sessions session LEFT JOIN people person ON person.name = session.name AND person.locked_at IS NULL
            WHERE session.hash = ? AND session.seen_at > now() - interval '12 hours' AND session.created_at > now() - interval '7 days'""";

    private final JdbcTemplate jdbc;
    private final Clock clock;
    private final Map<String, Known> known = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
            return size() > MOST_KNOWN;
        }
    };

    /**
     * Somebody who is logged in.
     *
     * @param name the person's
     * @param role as it is now
     */
    public record LoggedIn(String name, Role role) {
    }

    private record Known(LoggedIn who, Instant until) {
    }

    @Autowired
    SessionRepository(JdbcTemplate jdbc) {
        this(jdbc, Clock.systemUTC());
    }

    SessionRepository(JdbcTemplate jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Begins a session.
     *
     * @param name of the person who has proved to be it
     * @return what the cookie holds
     */
    public String begin(String name) {
        String token = SecretToken.make();
        jdbc.update("INSERT INTO login_sessions (hash, name) VALUES (?, ?)", SecretToken.hash(token), name);
        return token;
    }

    /**
     * Who is logged in.
     *
     * @param token as a cookie brought it
     * @return empty where there is no such session, or no more
     */
    public Optional<LoggedIn> find(String token) {
        if (!SecretToken.isOne(token)) {
            return Optional.empty();
        }
        Known before;
        synchronized (known) {
            before = known.get(token);
        }
        if (before != null && before.until().isAfter(clock.instant())) {
            return Optional.of(before.who());
        }
        try {
            return read(token);
        } catch (DataAccessException down) {
            return Optional.ofNullable(before).map(Known::who);
        }
    }

    private Optional<LoggedIn> read(String token) {
        byte[] hash = SecretToken.hash(token);
        List<LoggedIn> found = jdbc.query(FIND, (row, number) -> {
            if (row.getBoolean("stale")) {
                jdbc.update("UPDATE login_sessions SET seen_at = now() WHERE hash = ?", hash);
            }
            return row.getString("role") == null ? null : new LoggedIn(row.getString("name"), Role.of(row.getString("role")).orElseThrow());
        }, hash);
        LoggedIn who = found.isEmpty() ? null : found.get(0);
        synchronized (known) {
            if (who == null) {
                known.remove(token);
            } else {
                known.put(token, new Known(who, clock.instant().plus(BELIEVED)));
            }
        }
        return Optional.ofNullable(who);
    }

    /** Ends a session. */
    public void end(String token) {
        synchronized (known) {
            known.remove(token);
        }
        jdbc.update("DELETE FROM login_sessions WHERE hash = ?", SecretToken.hash(token));
    }

    /** Forgets what was read, after a change of people on this node. */
    void lookAgain() {
        synchronized (known) {
            known.clear();
        }
    }
}
