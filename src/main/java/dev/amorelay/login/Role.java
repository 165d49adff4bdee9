package dev.amorelay.login;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What somebody may do; each may what those before may. */
public enum Role {

    /** Sees how it goes, nothing personal. */
    VIEWER,
    /** Acts: lets work be done once more, pauses it, invites clients, takes service requests. */
    OPERATOR,
    /** Sets up: people, tokens, webhooks, the management port. */
    ADMIN;

    /** @return as it is written in the database and in answers, {@code viewer} */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @return the role of this text; empty where there is none */
    static Optional<Role> of(String text) {
        return Stream.of(values()).filter(role -> role.text().equals(text)).findFirst();
    }
}
