package dev.amorelay.telegram;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The proxy that Telegram is reached through.
 *
 * @param socks whether it speaks SOCKS5; else it is asked to {@code CONNECT}
 * @param host its name or address
 * @param port its port
 * @param user its user; null where it asks for none
 * @param password the user's password; a secret
 */
public record TelegramProxy(boolean socks, String host, int port, @Nullable String user, String password) {

    /**
     * Reads {@code http://user:password@host:port} or {@code socks5://user:password@host:port}; {@code socks5h} means the same.
     *
     * @param address the setting, its shape checked; user and password are percent-encoded
     * @return the proxy; null for none
     */
    public static @Nullable TelegramProxy of(String address) {
        if (address == null || address.isBlank()) {
            return null;
        }
        URI uri = URI.create(address.strip());
        String[] login = uri.getRawUserInfo() == null ? new String[0] : uri.getRawUserInfo().split(":", 2);
        String host = uri.getHost().replaceAll("[\\[\\]]", "");
        return new TelegramProxy(uri.getScheme().startsWith("socks5"), host, uri.getPort(), login.length == 0 ? null : decoded(login[0]),
                login.length == 2 ? decoded(login[1]) : "");
    }

    private static String decoded(String text) {
        // a plus is a plus here
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** @return what may be told: neither user nor password */
    @Override
    public String toString() {
        return (socks ? "socks5://" : "http://") + host + ":" + port;
    }
}
