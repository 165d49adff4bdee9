package dev.amorelay.login;

import java.time.OffsetDateTime;

/**
 * Somebody who may log in.
 *
 * @param name in small Latin letters
 * @param role what the person may do
 * @param passwordHash bcrypt
 * @param changedAt when role or password were given last, or the person was locked or unlocked
 * @param locked whether the person may not log in for now
 */
public record Person(String name, Role role, String passwordHash, OffsetDateTime changedAt, boolean locked) {

    /** The one whose password is a setting. */
    public static final String ADMIN = "admin";

    /** @return without the hash */
    @Override
    public String toString() {
        return name + " (" + role.text() + ")";
    }
}
