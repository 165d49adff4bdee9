package dev.amorelay.security;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * How many requests an address may send, all at once or one after another, on this node. Addresses of a network of one's own are
 * not counted: behind a proxy that nobody has named they are everybody's. Of those that were not seen for the longest time it forgets.
 */
final class RequestRate {

    static final int MOST_ADDRESSES = 10_000;
    private static final double MINUTE = 60_000;
    private static final Pattern LITERAL = Pattern.compile("[0-9a-fA-F:.]{2,45}");

    private final int perMinute;
    private final Clock clock;
    private final Map<String, Left> byAddress = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Left> eldest) {
            return size() > MOST_ADDRESSES;
        }
    };

    /** What an address has left, and when that was so. */
    private record Left(double requests, long millis) {
    }

    /**
     * @param perMinute of one address
     * @param clock by which minutes pass
     */
    RequestRate(int perMinute, Clock clock) {
        this.perMinute = perMinute;
        this.clock = clock;
    }

    /**
     * Counts a request.
     *
     * @param address whose, behind trusted proxies
     * @return false where it is one too many
     */
    boolean take(String address) {
        return isOwn(address) || counted(ClientNetwork.of(address));
    }

    private synchronized boolean counted(String network) {
        long now = clock.millis();
        Left before = byAddress.getOrDefault(network, new Left(perMinute, now));
        double left = Math.min(perMinute, before.requests() + Math.max(0, now - before.millis()) / MINUTE * perMinute);
        boolean taken = left >= 1;
        byAddress.put(network, new Left(taken ? left - 1 : left, now));
        return taken;
    }

    /** Whether an address is of this machine or of a private network. */
    static boolean isOwn(String address) {
        if (!LITERAL.matcher(address).matches()) {
            return false;
        }
        try {
            // a literal, so no name is looked up
            InetAddress told = InetAddress.getByName(address);
            boolean uniqueLocal = told.getAddress().length > 4 && (told.getAddress()[0] & 0xfe) == 0xfc;
            return told.isLoopbackAddress() || told.isSiteLocalAddress() || told.isLinkLocalAddress() || uniqueLocal;
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
