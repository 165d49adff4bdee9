package dev.amorelay.leads;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The fields of an HTML form, of {@code application/x-www-form-urlencoded} or in parts.
 *
 * @param fields names and their values, in the order of the body
 * @param doubtful whether some text did not fit its charset
 * @param more whether there were more than {@link #MOST_FIELDS}: the rest is one text, under {@link FormRest#FIELD}
 */
record FormBody(Map<String, List<String>> fields, boolean doubtful, boolean more) {

    static final int MOST_FIELDS = 2000;
    /** In which a browser says the charset of a form that asks for it. */
    private static final String CHARSET_FIELD = "_charset_";
    /** Cyrillic as the old {@code escape()} of scripts writes it: {@code %u0412%u0435}. */
    private static final Pattern UNIT = Pattern.compile("%u([0-9A-Fa-f]{4})");
    private static final byte[] REST = FormRest.FIELD.getBytes(StandardCharsets.US_ASCII);

    /** @return the fields; an escape that is none ({@code 100%}) stays as it was typed */
    static FormBody of(byte[] body, Charset declared) {
        List<RawField> fields = new ArrayList<>();
        String[] pairs = new String(body, StandardCharsets.ISO_8859_1).strip().split("&", MOST_FIELDS + 1);
        for (String pair : Arrays.asList(pairs).subList(0, Math.min(pairs.length, MOST_FIELDS))) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                fields.add(new RawField(bytes(equals < 0 ? pair : pair.substring(0, equals)), bytes(equals < 0 ? "" : pair.substring(equals + 1)), null));
            }
        }
        if (pairs.length > MOST_FIELDS) {
            fields.add(new RawField(REST, bytes(pairs[MOST_FIELDS].replace('&', '\n')), null));
        }
        return read(fields, declared, pairs.length > MOST_FIELDS);
    }

    /**
     * Reads fields.
     *
     * @param raw as they came
     * @param declared the charset that the body declares; null for none. A field's own goes before it, and so does {@code _charset_}
     * @return the fields
     */
    static FormBody of(List<RawField> raw, @Nullable Charset declared) {
        if (raw.size() <= MOST_FIELDS) {
            return read(raw, declared, false);
        }
        List<RawField> some = new ArrayList<>(raw.subList(0, MOST_FIELDS));
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        raw.subList(MOST_FIELDS, raw.size()).forEach(field -> {
            rest.writeBytes(field.name());
            rest.write('=');
            rest.writeBytes(field.value());
            rest.write('\n');
        });
        some.add(new RawField(REST, rest.toByteArray(), null));
        return read(some, declared, true);
    }

    private static FormBody read(List<RawField> raw, Charset declared, boolean more) {
        Charset said = raw.stream().filter(FormBody::saysCharset)
                .map(field -> LegacyCharset.named(new String(field.value(), StandardCharsets.ISO_8859_1)))
                // a charset that nobody knows
                .filter(Objects::nonNull).findFirst().orElse(null);
        Charset charset = said == null ? declared : said;
        Charset legacy = legacy(raw);
        Map<String, List<String>> fields = new LinkedHashMap<>();
        boolean doubtful = false;
        for (RawField field : raw) {
            if (saysCharset(field)) {
                continue;
            }
            BodyText name = BodyText.of(field.name(), charset, legacy);
            BodyText value = BodyText.of(field.value(), field.own() == null ? charset : field.own(), legacy);
            fields.computeIfAbsent(name.text(), key -> new ArrayList<>()).add(value.text());
            doubtful |= name.doubtful() || value.doubtful();
        }
        return new FormBody(fields, doubtful, more);
    }

    private static boolean saysCharset(RawField field) {
        return CHARSET_FIELD.equals(new String(field.name(), StandardCharsets.ISO_8859_1));
    }

    /** One charset for all that is not UTF-8: a name alone has too few letters to tell. */
    private static Charset legacy(List<RawField> raw) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        raw.stream().flatMap(field -> Stream.of(field.name(), field.value())).filter(BodyText::isLegacy).forEach(bytes -> {
            all.writeBytes(bytes);
            all.write(' ');
        });
        return all.size() == 0 ? null : LegacyCharset.of(all.toByteArray());
    }

    /** Writes what a script's {@code escape()} made of letters; returns where the last of them ends. */
    private static int units(String escaped, int from, ByteArrayOutputStream out) {
        StringBuilder text = new StringBuilder();
        Matcher unit = UNIT.matcher(escaped);
        int at = from;
        while (unit.region(at, escaped.length()).lookingAt()) {
            text.append((char) Integer.parseInt(unit.group(1), 16));
            at = unit.end();
        }
        out.writeBytes(text.toString().getBytes(StandardCharsets.UTF_8));
        return at - 1;
    }

    private static byte[] bytes(String escaped) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(escaped.length());
        for (int i = 0; i < escaped.length(); i++) {
            char c = escaped.charAt(i);
            if (c == '%' && UNIT.matcher(escaped).region(i, escaped.length()).lookingAt()) {
                i = units(escaped, i, out);
                continue;
            }
            int high = c == '%' && i + 2 < escaped.length() ? Character.digit(escaped.charAt(i + 1), 16) : -1;
            int low = high < 0 ? -1 : Character.digit(escaped.charAt(i + 2), 16);
            if (low >= 0) {
                out.write(high << 4 | low);
                i += 2;
            } else {
                out.write(c == '+' ? ' ' : c);
            }
        }
        return out.toByteArray();
    }
}
