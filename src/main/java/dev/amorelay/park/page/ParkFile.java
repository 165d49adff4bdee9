package dev.amorelay.park.page;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.springframework.http.MediaType;

/**
 * A text as it is served.
 *
 * @param plain its bytes, UTF-8
 * @param packed the same, gzipped; made once, not for each request
 * @param type its media type, with the charset
 * @param tag what names exactly this content
 */
record ParkFile(byte[] plain, byte[] packed, MediaType type, String tag) {

    private static final int TAG = 16;

    /** A file of this text and media type ({@code text/html}). */
    static ParkFile of(String text, String type) {
        byte[] plain = text.getBytes(StandardCharsets.UTF_8);
        return new ParkFile(plain, pack(plain), new MediaType(MediaType.valueOf(type), StandardCharsets.UTF_8), tag(text));
    }

    /** @return hexadecimal digits that change with the text */
    static String tag(String text) {
        return HexFormat.of().formatHex(digest(text)).substring(0, TAG);
    }

    /** @return the text's source in a content security policy, {@code 'sha256-…'} */
    static String source(String text) {
        return "'sha256-" + Base64.getEncoder().encodeToString(digest(text)) + "'";
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] pack(byte[] plain) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed) {
            {
                def.setLevel(Deflater.BEST_COMPRESSION);
            }
        }) {
            out.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }
}
