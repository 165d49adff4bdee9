package dev.amorelay.login;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** People beside {@code admin}. Who is changed or removed is logged out everywhere, in the same commit. */
@Repository
public class PeopleRepository {

    private static final String SELECT = "SELECT name, role, password_hash, changed_at, locked_at IS NOT NULL AS locked FROM people";

    private final JdbcTemplate jdbc;

    PeopleRepository(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** @return the person of this name; empty for nobody, and for {@code admin} */
    public Optional<Person> find(String name) {
        return jdbc.query(SELECT + " WHERE name = ?", PeopleRepository::read, name).stream().findFirst();
    }

    /** @return all of them by name */
    public List<Person> all() {
        return jdbc.query(SELECT + " ORDER BY name", PeopleRepository::read);
    }

    /**
     * Adds a person, or gives an existing one another role and password.
     *
     * @param passwordHash bcrypt; null leaves an existing person's password
     * @return false where there is nobody whose password could be left
     */
    @Transactional
    public boolean put(String name, Role role, String passwordHash) {
        return put(name, role, passwordHash, null);
    }

    /**
     * The same, and locks or unlocks the person.
     *
     * @param locked whether the person may not log in for now; null leaves it as it is
     */
    @Transactional
    public boolean put(String name, Role role, String passwordHash, Boolean locked) {
        int changed = passwordHash == null
                ? jdbc.update("UPDATE people SET role = ?, changed_at = now() WHERE name = ?", role.text(), name)
                : jdbc.update("""
                        INSERT INTO people (name, role, password_hash) VALUES (?, ?, ?)
                        ON CONFLICT (name) DO UPDATE SET role = excluded.role, password_hash = excluded.password_hash, changed_at = now()""",
                        name, role.text(), passwordHash);
        if (locked != null) {
            jdbc.update("UPDATE people SET locked_at = CASE WHEN ? THEN coalesce(locked_at, now()) END WHERE name = ?", locked, name);
        }
        logOut(name);
        return changed == 1;
    }

    /** @return whether there was such a person */
    @Transactional
    public boolean remove(String name) {
        logOut(name);
        return jdbc.update("DELETE FROM people WHERE name = ?", name) == 1;
    }

    private void logOut(String name) {
        jdbc.update("DELETE FROM login_sessions WHERE name = ?", name);
        jdbc.update("DELETE FROM login_devices WHERE name = ?", name);
    }

    private static Person read(ResultSet row, int number) throws SQLException {
        return new Person(row.getString("name"), Role.of(row.getString("role")).orElseThrow(), row.getString("password_hash"),
                row.getObject("changed_at", OffsetDateTime.class), row.getBoolean("locked"));
    }
}
