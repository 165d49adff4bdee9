package dev.amorelay.settings;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import org.springframework.util.StringUtils;

/**
 * The proxies whose {@code X-Forwarded-For} is believed, as Tomcat wants them: one regular expression over the peer's address.
 * People write addresses and IPv4 networks, {@code 10.0.0.5, 172.16.0.0/12, ::1}.
 */
final class TrustedProxies {

    /** Matches nothing. */
    static final String NONE = "(?!)";
    private static final Pattern NETWORK = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})(?:/(\\d{1,2}))?");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:]*:[0-9a-fA-F:]*");

    private TrustedProxies() {
    }

    /**
     * @param list comma-separated; entries that are not addresses are left out, as {@link SettingsCheck} names them
     * @return a pattern for the whole address
     */
    static String pattern(String list) {
        StringJoiner any = new StringJoiner("|");
        for (String entry : StringUtils.commaDelimitedListToStringArray(list == null ? "" : list)) {
            String pattern = one(entry.trim());
            if (pattern != null) {
                any.add(pattern);
            }
        }
        return any.length() == 0 ? NONE : any.toString();
    }

    /** @return whether the entry is an address or an IPv4 network */
    static boolean understands(String entry) {
        return one(entry.trim()) != null;
    }

    private static String one(String entry) {
        if (IPV6.matcher(entry).matches()) {
            return ipv6(entry);
        }
        var match = NETWORK.matcher(entry);
        if (!match.matches()) {
            return null;
        }
        int prefix = match.group(5) == null ? 32 : Integer.parseInt(match.group(5));
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            int value = Integer.parseInt(match.group(i + 1));
            if (value > 255 || prefix > 32) {
                return null;
            }
            parts.add(octet(value, Math.min(8, Math.max(0, prefix - 8 * i))));
        }
        return String.join("\\.", parts);
    }

    /** The values an octet may have when its first {@code fixed} bits are given. */
    private static String octet(int value, int fixed) {
        if (fixed == 0) {
            return "\\d{1,3}";
        }
        int free = 1 << (8 - fixed);
        int first = value / free * free;
        StringJoiner values = new StringJoiner("|", "(?:", ")");
        for (int i = first; i < first + free; i++) {
            values.add(Integer.toString(i));
        }
        return fixed == 8 ? Integer.toString(value) : values.toString();
    }

    /** Tomcat names the peer in Java's long form, so both are accepted. */
    private static String ipv6(String entry) {
        try {
            String written = InetAddress.getByName(entry).getHostAddress();
            return "(?:" + Pattern.quote(entry) + "|" + Pattern.quote(written) + ")";
        } catch (UnknownHostException e) {
            return null;
        }
    }
}
