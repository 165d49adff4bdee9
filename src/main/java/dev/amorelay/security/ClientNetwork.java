package dev.amorelay.security;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whom an address belongs to, when somebody is counted by it. An IPv6 client owns 2⁶⁴ addresses, so its network counts. */
public final class ClientNetwork {

    private static final int NETWORK_BYTES = 8;
    private static final String OCTET = "(25[0-5]|2[0-4]\\d|1?\\d?\\d)";
    private static final Pattern IPV4 = Pattern.compile("0*" + OCTET + "\\.0*" + OCTET + "\\.0*" + OCTET + "\\.0*" + OCTET);
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]{2,45}");
    /** As some proxies forward it: with the port. */
    private static final Pattern WITH_PORT = Pattern.compile("\\[([^\\]]{2,60})](?::\\d{1,5})?|([\\d.]{7,15}):\\d{1,5}");

    private ClientNetwork() {
    }

    /**
     * What is counted.
     *
     * @param address of a client, behind trusted proxies, in any of the ways to write it
     * @return an IPv4 address, also one that is written as IPv6; the first half of an IPv6 one; {@code ?} for all that are no addresses
     */
    public static String of(String address) {
        return literal(address).map(ClientNetwork::network).orElse("?");
    }

    /**
     * An address in the one way to write it.
     *
     * @param text as a connection or a proxy told it, with or without a port or a zone
     * @return IPv4 with dots; IPv6 in Java's long form; empty where it is no address
     */
    static Optional<String> literal(String text) {
        if (text == null || text.length() > 70) {
            return Optional.empty();
        }
        Matcher port = WITH_PORT.matcher(text.strip());
        String address = port.matches() ? port.group(1) == null ? port.group(2) : port.group(1) : text.strip();
        int zone = address.indexOf('%');
        address = zone < 0 ? address : address.substring(0, zone);
        Matcher four = IPV4.matcher(address);
        if (four.matches()) {
            return Optional.of(four.group(1) + "." + four.group(2) + "." + four.group(3) + "." + four.group(4));
        }
        if (address.indexOf(':') < 0 || !IPV6.matcher(address).matches()) {
            return Optional.empty();
        }
        try {
            // a literal, so no name is looked up; what is IPv4 in IPv6's clothes comes out as IPv4
            return Optional.of(InetAddress.getByName(address).getHostAddress());
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    private static String network(String literal) {
        if (literal.indexOf(':') < 0) {
            return literal;
        }
        try {
            return HexFormat.of().formatHex(InetAddress.getByName(literal).getAddress(), 0, NETWORK_BYTES) + "/64";
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
