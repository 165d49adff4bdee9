package dev.amorelay.leads;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * Bytes read as text.
 *
 * @param text without a byte order mark
 * @param doubtful whether the bytes did not fit their charset, and some of the text may be read wrong
 */
record BodyText(String text, boolean doubtful) {

    static final String REMARK = "Текст пришёл не в UTF-8, часть символов может быть прочитана неверно";

    private static final Charset WINDOWS_1251 = Charset.forName("windows-1251");

    /** @return the text in the declared charset; UTF-8 where none is; windows-1251 where it is plainly not UTF-8 */
    static BodyText of(byte[] bytes, Charset declared) {
        Charset charset = declared == null ? marked(bytes) : declared;
        try {
            return new BodyText(unmarked(charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString()), false);
        } catch (CharacterCodingException e) {
            String lenient = new String(bytes, charset);
            boolean someFits = lenient.chars().anyMatch(c -> c > 127 && c != '\ufffd');
            boolean old = charset.equals(StandardCharsets.UTF_8) && !someFits;
            return new BodyText(unmarked(old ? new String(bytes, WINDOWS_1251) : lenient), true);
        }
    }

    private static Charset marked(byte[] bytes) {
        int mark = bytes.length < 2 ? 0 : (bytes[0] & 0xff) << 8 | bytes[1] & 0xff;
        return mark == 0xfeff || mark == 0xfffe ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8;
    }

    private static String unmarked(String text) {
        return text.startsWith("\ufeff") ? text.substring(1) : text;
    }
}
