package dev.amorelay.leads;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Bytes read as text.
 *
 * @param text without a byte order mark
 * @param doubtful whether the bytes did not fit their charset, and some of the text may be read wrong
 */
record BodyText(String text, boolean doubtful) {

    static final String REMARK = "Текст пришёл не в UTF-8, часть символов может быть прочитана неверно";

    /** @return the text in the declared charset; UTF-8 where none is; where it is plainly not UTF-8, what looks like Russian */
    static BodyText of(byte[] bytes, Charset declared) {
        return of(bytes, declared, null);
    }

    /**
     * Reads a part of a body.
     *
     * @param bytes the part
     * @param declared its charset; null where nobody said any
     * @param legacy what the body is in where it is not UTF-8; null: told by this part alone
     * @return the text
     */
    static BodyText of(byte[] bytes, @Nullable Charset declared, @Nullable Charset legacy) {
        Charset charset = declared == null ? marked(bytes) : declared;
        if (!charset.equals(StandardCharsets.UTF_8) && charset.newEncoder().maxBytesPerChar() == 1 && isUtf8BeyondAscii(bytes)) {
            return new BodyText(unmarked(new String(bytes, StandardCharsets.UTF_8)), true); // a script sends UTF-8 whatever the page is in
        }
        try {
            return new BodyText(unmarked(charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString()), false);
        } catch (CharacterCodingException e) {
            String lenient = new String(bytes, charset);
            boolean old = charset.equals(StandardCharsets.UTF_8) && !isMostlyRight(lenient);
            return new BodyText(unmarked(old ? new String(bytes, legacy == null ? LegacyCharset.of(bytes) : legacy) : lenient), true);
        }
    }

    /** @return whether bytes are no UTF-8 at all */
    static boolean isLegacy(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return false;
        } catch (CharacterCodingException e) {
            return !isMostlyRight(new String(bytes, StandardCharsets.UTF_8));
        }
    }

    private static boolean isUtf8BeyondAscii(byte[] bytes) {
        boolean beyond = false;
        for (byte b : bytes) {
            beyond |= b < 0;
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return beyond;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /** A text that was cut or damaged has more that fits than that does not; a few letters of another charset fit by chance. */
    private static boolean isMostlyRight(String lenient) {
        long broken = lenient.chars().filter(c -> c == '\ufffd').count();
        long right = lenient.chars().filter(c -> c > 127 && c != '\ufffd').count();
        return right > broken;
    }

    private static Charset marked(byte[] bytes) {
        int mark = bytes.length < 2 ? 0 : (bytes[0] & 0xff) << 8 | bytes[1] & 0xff;
        return mark == 0xfeff || mark == 0xfffe ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8;
    }

    private static String unmarked(String text) {
        return text.startsWith("\ufeff") ? text.substring(1) : text;
    }
}
