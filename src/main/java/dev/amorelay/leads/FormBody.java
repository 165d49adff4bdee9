package dev.amorelay.leads;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An {@code application/x-www-form-urlencoded} body.
 *
 * @param fields names and their values, in the order of the body
 * @param doubtful whether some text did not fit its charset
 */
record FormBody(Map<String, List<String>> fields, boolean doubtful) {

    /** @return the fields; an escape that is none ({@code 100%}) stays as it was typed */
    static FormBody of(byte[] body, Charset declared) {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        boolean doubtful = false;
        for (String pair : new String(body, StandardCharsets.ISO_8859_1).strip().split("&")) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            BodyText name = BodyText.of(bytes(equals < 0 ? pair : pair.substring(0, equals)), declared);
            BodyText value = BodyText.of(bytes(equals < 0 ? "" : pair.substring(equals + 1)), declared);
            fields.computeIfAbsent(name.text(), key -> new ArrayList<>()).add(value.text());
            doubtful |= name.doubtful() || value.doubtful();
        }
        return new FormBody(fields, doubtful);
    }

    private static byte[] bytes(String escaped) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(escaped.length());
        for (int i = 0; i < escaped.length(); i++) {
            char c = escaped.charAt(i);
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
