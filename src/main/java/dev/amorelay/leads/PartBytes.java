package dev.amorelay.leads;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeUtility;
import jakarta.servlet.http.Part;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.Locale;

/** The bytes of a form's part. Old clients write them as mail does, and servlet containers leave that to us. */
final class PartBytes {

    private PartBytes() {
    }

    /** @return what stands in the part, without its {@code Content-Transfer-Encoding}; as it came where that does not fit */
    static byte[] of(Part part) throws IOException {
        byte[] raw = part.getInputStream().readAllBytes();
        String encoding = part.getHeader("Content-Transfer-Encoding");
        return encoding == null ? raw : decoded(raw, encoding.strip().toLowerCase(Locale.ROOT));
    }

    static byte[] decoded(byte[] raw, String encoding) throws IOException {
        try {
            return switch (encoding) {
                case "base64" -> Base64.getMimeDecoder().decode(raw);
                case "quoted-printable" -> MimeUtility.decode(new ByteArrayInputStream(raw), encoding).readAllBytes();
                default -> raw;
            };
        } catch (IllegalArgumentException | MessagingException e) {
            return raw;
        }
    }
}
