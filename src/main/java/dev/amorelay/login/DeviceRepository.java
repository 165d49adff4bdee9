package dev.amorelay.login;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** Browsers in which somebody has logged in before. They open nothing: their guesses are counted by themselves. */
@Repository
public class DeviceRepository {

    private final JdbcTemplate jdbc;

    DeviceRepository(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Notes a browser.
     *
     * @param name who has logged in with it
     * @return what its cookie holds, for half a year
     */
    public String note(String name) {
        String token = SecretToken.make();
        jdbc.update("INSERT INTO login_devices (hash, name) VALUES (?, ?)", SecretToken.hash(token), name);
        return token;
    }

    /** @return whether this person has logged in with the browser */
    public boolean knows(String token, String name) {
        return SecretToken.isOne(token) && jdbc.update(
                "UPDATE login_devices SET used_at = now() WHERE hash = ? AND name = ? AND used_at > now() - interval '180 days'",
                SecretToken.hash(token), name) == 1;
    }
}
