package dev.amorelay.logging;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Hides phones, e-mail addresses, tokens and passwords in a text. Of a phone the last two digits stay, of an e-mail address the
 * domain, so that two lines can still be told to speak of one person. Ids, times, uuids, sums and hashes stay as they are.
 */
public final class Masking {

    private static final String HIDDEN = "***";
    /** What people put between the digits of a phone. */
    private static final String GAP = "[ \\u00A0()\\u2010-\\u2013-]{0,3}";
    /** A neighbour that makes the digits a part of something longer: a hash, a uuid, a fraction. */
    private static final String NOT_AFTER = "(?<![0-9A-Fa-f])(?<!\\d\\.)";
    private static final String NOT_BEFORE = "(?![0-9A-Fa-f])";
    private static final String PLUS = "(?:\\+|%2[Bb])";

    private static final Pattern RUSSIAN = Pattern.compile(NOT_AFTER + "(?:" + PLUS + "?7|8)(?:"
            + GAP + "[3-9](?:" + GAP + "\\d){7}" + GAP + "(\\d)" + GAP + "(\\d)"
            + "|\\.[3-9]\\d\\d\\.\\d{3}\\.\\d\\d\\.(\\d)(\\d))" + NOT_BEFORE);
    // a number of 10 digits may be a time or an id, unless it begins with 9 or has its code in brackets
    private static final Pattern WITHOUT_PREFIX = Pattern.compile("(?<![0-9A-Fa-f+.-])(?:9\\d\\d|\\([3-9]\\d\\d\\))"
            + GAP + "\\d{3}" + GAP + "\\d\\d" + GAP + "(\\d\\d)" + NOT_BEFORE);
    private static final Pattern INTERNATIONAL = Pattern.compile(PLUS + "[1-9](?:" + GAP + "\\d){5,12}" + GAP
            + "(\\d)" + GAP + "(\\d)" + NOT_BEFORE);
    // java.base@17.0.12/java.lang.Thread in a stack trace: a version and a slash are no domain
    private static final Pattern MAIL = Pattern.compile("(?<![\\p{L}\\d._%+'-])(?:(?!%40)[\\p{L}\\d._%+'-])++(@|%40)"
            + "(?!\\d++(?:\\.\\d++)*+(?:[+-][\\p{L}\\d]++)*+/)"
            + "([\\p{L}\\d-]++(?:\\.[\\p{L}\\d-]++)+)");
    private static final Pattern URL_PASSWORD = Pattern.compile("(://[^\\s:/@]*+:)[^\\s/]+@");
    private static final Pattern JWT = Pattern.compile("eyJ[A-Za-z0-9_-]{10,}+(?:\\.[A-Za-z0-9_-]*+){0,2}");
    private static final Pattern AUTHORIZATION = Pattern.compile(
            "(?i)(\\bBearer\\s+|authorization[\"']?\\s*[:=]\\s*[\"'\\[]?\\s*(?:basic|tma)\\s+)[^\\s\"',;\\]]{4,}");
    private static final Pattern BOT_TOKEN = Pattern.compile("(?i)(\\bbot|\\b)(?:\\d{6,}+:[A-Za-z0-9_-]{30,}+|(?<=bot)\\d++:[A-Za-z0-9_-]++)");
    private static final Pattern SECRET = Pattern.compile("(?i)((?:password|passwd|secret|token|api_?key|webhook_?key)"
            + "(?:=|[\"']\\s*[:=]\\s*|:(?=\\S))[\"']?)(?![\"'\\s,;&)\\]}])[^\\s\"'&,;)\\]}]++");
    /** Cookies of a login, a door's key, and what a one-time invitation's link carries. */
    private static final Pattern LOGIN = Pattern.compile(
            "(?i)(RELAY-(?:SESSION|DEVICE|XSRF)=|XSRF-TOKEN=|startapp=inv_|x-api-key[\"']?\\s*[:=]\\s*[\"'\\[]?)[^\\s\"',;&\\]]{4,}+");
    private static final Pattern OAUTH_CODE = Pattern.compile("(?i)(?<![a-z])(code(?:=|[\"']\\s*:\\s*)[\"']?)[A-Za-z0-9%._~+/-]{20,}+");

    private Masking() {
    }

    /**
     * Masks a text.
     *
     * @param text a log line, a stack trace, an error text; may be null
     * @return the same text where there is nothing to hide
     */
    public static String mask(@Nullable String text) {
        Traits traits = text == null ? Traits.NONE : Traits.of(text);
        if (traits == Traits.NONE) {
            return text;
        }
        String masked = text;
        if (traits.pairs()) {
            masked = JWT.matcher(masked).replaceAll(HIDDEN);
            masked = AUTHORIZATION.matcher(masked).replaceAll("$1" + HIDDEN);
            masked = BOT_TOKEN.matcher(masked).replaceAll("$1" + HIDDEN);
            masked = SECRET.matcher(masked).replaceAll("$1" + HIDDEN);
            masked = LOGIN.matcher(masked).replaceAll("$1" + HIDDEN);
            masked = OAUTH_CODE.matcher(masked).replaceAll("$1" + HIDDEN);
        }
        if (traits.at()) {
            masked = URL_PASSWORD.matcher(masked).replaceAll("$1" + HIDDEN + "@");
            masked = MAIL.matcher(masked).replaceAll(HIDDEN + "$1$2");
        }
        return traits.digits() ? phones(masked) : masked;
    }

    private static String phones(String text) {
        String masked = RUSSIAN.matcher(text).replaceAll(found -> found.group(1) != null
                ? "+7*******" + found.group(1) + found.group(2) : "+7*******" + found.group(3) + found.group(4));
        masked = INTERNATIONAL.matcher(masked).replaceAll("+*******$1$2");
        return WITHOUT_PREFIX.matcher(masked).replaceAll("*******$1");
    }

    /**
     * What one look at the characters tells: most lines have nothing to hide and are not searched.
     *
     * @param digits enough digits for a phone
     * @param at a sign of an e-mail address
     * @param pairs something that may be a name and its value, or a token
     */
    private record Traits(boolean digits, boolean at, boolean pairs) {

        static final Traits NONE = new Traits(false, false, false);

        static Traits of(String text) {
            int digits = 0;
            boolean at = false;
            boolean pairs = false;
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c >= '0' && c <= '9') {
                    digits++;
                } else if (c == '@') {
                    at = true;
                } else if (c == '%') {
                    at |= text.startsWith("%40", i);
                } else if (c == '=' || c == ':') {
                    pairs = true;
                } else if (c == 'e' || c == 'B' || c == 'b') {
                    pairs |= text.startsWith("eyJ", i) || text.regionMatches(true, i, "bearer", 0, 6);
                }
            }
            return digits < 8 && !at && !pairs ? NONE : new Traits(digits >= 8, at, pairs);
        }
    }
}
