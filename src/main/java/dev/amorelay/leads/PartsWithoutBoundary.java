package dev.amorelay.leads;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A form in parts whose content type a page has set by hand, without the boundary: the first line of the body tells it. */
final class PartsWithoutBoundary {

    private static final Pattern PARAMETER = Pattern.compile(";\\s*(name|filename)\\s*=\\s*(?:\"([^\"]*)\"|([^;\\s\"]+))", Pattern.CASE_INSENSITIVE);

    private PartsWithoutBoundary() {
    }

    /** @return the fields; none where the type says nothing of parts, or there are none in the body */
    static List<RawField> of(byte[] body, @Nullable String type) throws IOException {
        List<RawField> fields = new ArrayList<>();
        boolean mayBe = type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/") && body.length > 2 && body[0] == '-' && body[1] == '-';
        if (!mayBe) {
            return fields;
        }
        try {
            MimeMultipart form = new MimeMultipart(new ByteArrayDataSource(body, "multipart/form-data"));
            for (int i = 0; i < form.getCount(); i++) {
                field(form.getBodyPart(i), fields);
            }
            return fields;
        } catch (MessagingException e) {
            return List.of();
        }
    }

    private static void field(BodyPart part, List<RawField> fields) throws MessagingException, IOException {
        String[] heads = part.getHeader("Content-Disposition");
        String name = null;
        String file = null;
        Matcher parameter = PARAMETER.matcher(heads == null ? "" : heads[0]);
        while (parameter.find()) {
            String value = parameter.group(2) == null ? parameter.group(3) : parameter.group(2);
            if ("name".equalsIgnoreCase(parameter.group(1))) {
                name = value;
            } else {
                file = value;
            }
        }
        if (file != null) {
            fields.add(LeadBody.file(file.getBytes(StandardCharsets.ISO_8859_1)));
        } else if (name != null) {
            String[] type = part.getHeader("Content-Type");
            fields.add(new RawField(name.getBytes(StandardCharsets.ISO_8859_1), part.getInputStream().readAllBytes(),
                    type == null ? null : PostedForm.charset(type[0])));
        }
    }
}
