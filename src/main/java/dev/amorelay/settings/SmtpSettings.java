package dev.amorelay.settings;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The mail server that sends the lead copies.
 *
 * @param host its name
 * @param port its port
 * @param user login; empty = none
 * @param password password of the login
 */
@ConfigurationProperties("relay.smtp")
public record SmtpSettings(@DefaultValue("localhost") String host, @DefaultValue("25") int port, String user, String password) {
}
