package dev.amorelay.security;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;

/** Whom an address belongs to, when somebody is counted by it. An IPv6 client owns 2⁶⁴ addresses, so its network counts. */
public final class ClientNetwork {

    private static final int NETWORK_BYTES = 8;
    private static final int LONGEST = 64;

    private ClientNetwork() {
    }

    /**
     * What is counted.
     *
     * @param address of a client, behind trusted proxies
     * @return an IPv4 address as it is, the first half of an IPv6 one
     */
    public static String of(String address) {
        if (address.indexOf(':') < 0 || !address.matches("[0-9a-fA-F:.]{2,45}")) {
            return address.length() > LONGEST ? address.substring(0, LONGEST) : address;
        }
        try {
            // a literal, so no name is looked up
            byte[] bytes = InetAddress.getByName(address).getAddress();
            return bytes.length > NETWORK_BYTES ? HexFormat.of().formatHex(bytes, 0, NETWORK_BYTES) + "/64" : address;
        } catch (UnknownHostException e) {
            return address;
        }
    }
}
