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
 * @param tls {@code required}: with a password mail goes over TLS, or to this machine; {@code optional}: also in plain
 */
@ConfigurationProperties("relay.smtp")
public record SmtpSettings(@DefaultValue("localhost") String host, @DefaultValue("25") int port, String user, String password,
                           @DefaultValue("required") String tls) {

    /** @return whether a server that offers no TLS gets nothing */
    public boolean needsTls() {
        return user != null && !user.isBlank() && !tls.equals("optional") && !Loopback.isHost(host);
    }

    /** @return the server only: a record would print the password */
    @Override
    public String toString() {
        return "SmtpSettings[" + host + ":" + port + "]";
    }
}
