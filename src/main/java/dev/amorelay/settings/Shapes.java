package dev.amorelay.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What values look like. */
final class Shapes {

    private static final Pattern MAIL = Pattern.compile("[^\\s@<>]+@[^\\s@<>]+");

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

    static boolean webWithPath(String value) {
        URI address = uri(value);
        return address != null && ("http".equals(address.getScheme()) || "https".equals(address.getScheme()))
                && address.getHost() != null;
    }

    /** Scheme, host and port: what a browser sends as Origin. */
    static boolean origin(String value) {
        return web(value) && uri(value).getRawPath().isEmpty() && uri(value).getRawQuery() == null;
    }

    static boolean jdbc(String value) {
        URI address = value.startsWith("jdbc:postgresql://") ? uri(value.substring("jdbc:".length())) : null;
        return address != null && address.getHost() != null && address.getRawPath().length() > 1;
    }

    static Predicate<String> listOf(Predicate<String> one) {
        return list -> Stream.of(list.split(",", -1)).map(String::trim).allMatch(one);
    }

    private static URI uri(String value) {
        try {
            return new URI(value);
        } catch (URISyntaxException e) {
            return null;
        }
    }
}
