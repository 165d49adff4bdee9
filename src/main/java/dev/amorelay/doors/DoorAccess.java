package dev.amorelay.doors;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a flow says of its own door, in options of its {@code platform-http:} address.
 *
 * @param who may come
 * @param keyHash SHA-256 of the key that opens a keyed door, in small hex digits; empty for any other
 * @param headers that it lets in beside those that every door lets in, in small letters
 */
public record DoorAccess(Who who, String keyHash, Set<String> headers) {

    /** Who may come. */
    public static final String ACCESS = "access";
    /** The SHA-256 of the key of a keyed door: the key itself stands in no file. */
    public static final String KEY_HASH = "keyHash";
    /** Further headers, with commas between them. */
    public static final String HEADERS = "headers";
    /** All options that Camel does not know. */
    public static final Set<String> OPTIONS = Set.of(ACCESS, KEY_HASH, HEADERS);

    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern HEADER = Pattern.compile("[a-z][a-z0-9-]*");
    /** Logins and what steers HTTP, Camel or a proxy is for those who stand in front of the door. */
    private static final List<String> KEPT_OUT = List.of("authorization", "cookie", "set-cookie", "host", "connection", "content-length",
            "transfer-encoding", "forwarded", "proxy-", "x-forwarded-", "x-real-ip", "x-api-key", "camel", "org-apache-camel", "breadcrumbid");

    /** Who may come to a door. */
    public enum Who {
        /** Nothing is said: then the address says it, and elsewhere nobody may. */
        UNSAID,
        /** Anybody, with the limits of the doors for leads. */
        OPEN,
        /** Whoever brings the key. */
        KEYED,
        /** Who has logged in, as a viewer at least. */
        VIEWER,
        /** Who has logged in, as an operator at least. */
        OPERATOR,
        /** Who has logged in as an admin. */
        ADMIN;

        /** @return what may be said, as it is written */
        public static List<String> words() {
            return Arrays.stream(values()).filter(who -> who != UNSAID).map(Who::word).toList();
        }

        /** @return as it is written in a flow */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Reads the options.
     *
     * @param options of an address
     * @return what they say
     * @throws IllegalArgumentException for what {@link #wrong} tells
     */
    public static DoorAccess of(Map<String, String> options) {
        wrong(options).ifPresent(wrong -> {
            throw new IllegalArgumentException(wrong);
        });
        String said = options.getOrDefault(ACCESS, "");
        return new DoorAccess(said.isBlank() ? Who.UNSAID : Who.valueOf(said.toUpperCase(Locale.ROOT)), options.getOrDefault(KEY_HASH, ""),
                headers(options));
    }

    /**
     * Looks at the options.
     *
     * @param options of an address
     * @return what is wrong with them and what to write
     */
    public static Optional<String> wrong(Map<String, String> options) {
        String said = options.getOrDefault(ACCESS, "");
        String hash = options.getOrDefault(KEY_HASH, "");
        boolean keyed = said.equals(Who.KEYED.word());
        if (options.containsKey(ACCESS) && !Who.words().contains(said)) {
            return Optional.of(ACCESS + " cannot be '" + said + "': say who may come, " + String.join(", ", Who.words()));
        }
        if (keyed && !HASH.matcher(hash).matches()) {
            return Optional.of("a keyed door needs " + KEY_HASH + ", the SHA-256 of its key in 64 small hex digits: printf %s \"$KEY\" | sha256sum");
        }
        if (!keyed && options.containsKey(KEY_HASH)) {
            return Optional.of(KEY_HASH + " is for a keyed door: write " + ACCESS + ": keyed, or take it out");
        }
        return headers(options).stream().filter(name -> !HEADER.matcher(name).matches() || KEPT_OUT.stream().anyMatch(name::startsWith)).findFirst()
                .map(name -> "a door does not let in the header '" + name + "': name headers of the caller's own, like X-Partner-Id, with commas between them");
    }

    private static Set<String> headers(Map<String, String> options) {
        return Arrays.stream(options.getOrDefault(HEADERS, "").split(",")).map(String::strip).filter(name -> !name.isEmpty())
                .map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * Compares without telling by its time how far a key is right.
     *
     * @param key that somebody brings
     * @return whether it opens this door
     */
    boolean isOpenedBy(String key) {
        try {
            byte[] brought = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return who == Who.KEYED && MessageDigest.isEqual(brought, HexFormat.of().parseHex(keyHash));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
