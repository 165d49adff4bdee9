package dev.amorelay.settings;

import java.net.URI;
import java.util.Locale;

/** This machine, by its names: what goes there passes no network. */
public final class Loopback {

    private Loopback() {
    }

    /**
     * Tells whether a host is this machine. No name is looked up: a server of names could say anything.
     *
     * @param host a name or an address, an IPv6 one with or without brackets
     * @return whether it is {@code localhost}, a name below it, 127.0.0.0/8 or ::1
     */
    public static boolean isHost(String host) {
        String plain = host == null ? "" : host.toLowerCase(Locale.ROOT).replaceFirst("^\\[(.*)]$", "$1");
        return plain.equals("localhost") || plain.endsWith(".localhost") || plain.equals("::1") || plain.equals("0:0:0:0:0:0:0:1")
                || plain.matches("127(?:\\.(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}");
    }

    /**
     * Tells whether an address leads to this machine.
     *
     * @param url for example {@code http://127.0.0.1:8080/sandbox/amocrm}
     * @return whether its host is this machine
     */
    public static boolean isAddress(String url) {
        try {
            return isHost(URI.create(url).getHost());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
