package dev.amorelay.login;

import java.time.OffsetDateTime;
import java.util.regex.Pattern;

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

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9._-]{1,31}");

    /** @return whether somebody may be called so: 2 to 32 small Latin letters, digits, dots and dashes, with a letter before them */
    public static boolean canBe(String name) {
        return NAME.matcher(name).matches();
    }

    /** @return without the hash */
    @Override
    public String toString() {
        return name + " (" + role.text() + ")";
    }
}
