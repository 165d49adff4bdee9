package dev.amorelay.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What values look like. */
final class Shapes {

    // wider than java.net.URI's host, which knows neither my_db nor пример.рф
    private static final String HOST = "(?:[\\p{L}\\d._-]+|\\[[0-9a-fA-F:]+])(?::\\d{1,5})?";
    private static final Pattern WEB = Pattern.compile("https?://" + HOST + "(?:[/?]\\S*)?");
    private static final Pattern JDBC = Pattern.compile("jdbc:postgresql://" + HOST + "(?:," + HOST + ")*/[^\\s/?]+(?:\\?\\S*)?");
    private static final Pattern ORIGIN = Pattern.compile("https?://" + HOST);
    private static final Pattern MAIL = Pattern.compile("[^\\s@<>]+@[^\\s@<>]+");

    /** https, or http to this machine: amoCRM sends the code in the address, and nobody else may read it. */
    static final String REDIRECT_OR_NOTHING =
            "(https://[^\\s/?#@]+(?:[/?][^\\s#]*)?|http://(?:localhost|127\\.0\\.0\\.1|\\[::1])(?::\\d{1,5})?(?:[/?][^\\s#]*)?)?";

    private Shapes() {
    }

    static Predicate<String> matching(String regex) {
        return Pattern.compile(regex).asMatchPredicate();
    }

    static boolean id(String value) {
        return value.matches("[0-9]{1,18}") && Long.parseLong(value) > 0;
    }

    /** 0 is any free port, for tests. */
    static boolean port(String value) {
        return value.matches("[0-9]{1,5}") && Integer.parseInt(value) <= 65535;
    }

    static boolean flag(String value) {
        return value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false");
    }

    static boolean mail(String value) {
        return MAIL.matcher(value).matches();
    }

    /** An address of the web without a slash at the end. */
    static boolean web(String value) {
        return webWithPath(value) && !value.endsWith("/");
    }

    /** An address that secrets go to: over TLS, or to this machine. */
    static boolean secureWeb(String value) {
        return web(value) && secureWebWithPath(value);
    }

    static boolean secureWebWithPath(String value) {
        return webWithPath(value) && (value.startsWith("https:") || Loopback.isAddress(value));
    }

    static boolean webWithPath(String value) {
        return WEB.matcher(value).matches();
    }

    static boolean redirect(String value) {
        return webWithPath(value) && value.matches(REDIRECT_OR_NOTHING);
    }

    /** Scheme, host and port: what a browser sends as Origin. */
    static boolean origin(String value) {
        return ORIGIN.matcher(value).matches();
    }

    /** A proxy with its port, and where it asks for one a login, percent-encoded. */
    static boolean proxy(String value) {
        if (!value.matches("(?:http|socks5h?)://(?:[^\\s:/?#@]+(?::[^\\s:/?#@]*)?@)?(?:[A-Za-z0-9.-]+|\\[[0-9a-fA-F:]+]):\\d{1,5}/?")) {
            return false;
        }
        try {
            URI uri = new URI(value);
            return uri.getHost() != null && uri.getPort() > 0 && uri.getPort() <= 65535;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** A network that is no sender's: wider than any provider's, {@code 0.0.0.0/0} and its halves among them. */
    static boolean everybody(String network) {
        int slash = network.lastIndexOf('/');
        String bits = slash < 0 ? "" : network.substring(slash + 1);
        return bits.matches("\\d{1,3}") && Integer.parseInt(bits) < (network.indexOf(':') < 0 ? 8 : 16);
    }

    /** One or more hosts, and a database. */
    static boolean jdbc(String value) {
        return JDBC.matcher(value).matches();
    }

    static Predicate<String> listOf(Predicate<String> one) {
        return list -> Stream.of(list.split(",", -1)).map(String::trim).allMatch(one);
    }
}
