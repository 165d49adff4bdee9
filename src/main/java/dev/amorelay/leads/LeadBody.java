package dev.amorelay.leads;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.doors.RawFormFilter;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The body of a post at the leads' door, taken apart.
 *
 * @param bytes what makes two posts the same, the query of the address with it
 * @param post its fields
 */
record LeadBody(byte[] bytes, PostedForm post) {

    private static final byte[] FILES = "meta[files][]".getBytes(StandardCharsets.US_ASCII);

    /**
     * Takes a body apart.
     *
     * @param body as it came; empty where the server has taken it apart
     * @param type its content type, or null
     * @param request for the parts of a form, and the query
     * @return its fields; those of the query where nothing else came
     * @throws LeadRejected where it is empty or neither JSON nor a form
     */
    static LeadBody of(byte[] body, @Nullable String type, HttpServletRequest request) throws IOException, ServletException {
        String query = request.getQueryString() == null ? "" : request.getQueryString();
        if (RawFormFilter.isInParts(type)) {
            List<RawField> parts = parts(request);
            return new LeadBody(with(bytes(parts), query), PostedForm.of(parts, type));
        }
        List<RawField> parts = PartsWithoutBoundary.of(body, type);
        if (!parts.isEmpty()) {
            return new LeadBody(with(bytes(parts), query), PostedForm.of(parts, type));
        }
        // one that is not in parts, whatever its type says, is what it looks like
        String told = type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/") ? null : type;
        return new LeadBody(with(body, query), body.length == 0 && !query.isBlank() ? fields(query) : PostedForm.of(body, told));
    }

    /**
     * Adds what stands in the query of the address, as {@code ?source=landing&utm_source=yandex}: the body's own fields win.
     *
     * @param query as it came, or null
     */
    void add(@Nullable String query) {
        if (query != null && !query.isBlank()) {
            ObjectNode request = post.request();
            fields(query).request().properties().forEach(field -> {
                JsonNode own = request.get(field.getKey());
                if (!NodeText.says(own)) {
                    request.set(field.getKey(), field.getValue());
                }
            });
        }
    }

    private static PostedForm fields(String query) {
        return PostedForm.of(FormBody.of(query.getBytes(StandardCharsets.ISO_8859_1), null).fields());
    }

    private static byte[] with(byte[] body, String query) {
        if (query.isEmpty()) {
            return body;
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream(body.length + query.length() + 1);
        all.writeBytes(body);
        all.write('?');
        all.writeBytes(query.getBytes(StandardCharsets.UTF_8));
        return all.toByteArray();
    }

    private static List<RawField> parts(HttpServletRequest request) throws IOException, ServletException {
        List<RawField> fields = new ArrayList<>();
        for (Part part : request.getParts()) {
            String file = part.getSubmittedFileName();
            fields.add(file == null
                    ? new RawField(raw(part.getName()), PartBytes.of(part), PostedForm.charset(part.getContentType())) : file(raw(file)));
        }
        return fields;
    }

    /** Files are not taken here; their names tell the manager to ask for them. */
    static RawField file(byte[] name) {
        return new RawField(FILES, name, null);
    }

    /** The server reads the heads of parts byte by byte, see RawFormFilter; a file name that says its charset is a text already. */
    private static byte[] raw(String head) {
        return head.getBytes(head.chars().allMatch(c -> c < 256) ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
    }

    private static byte[] bytes(List<RawField> fields) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (RawField field : fields) {
            all.writeBytes((field.name().length + ":" + field.value().length + ":").getBytes(StandardCharsets.US_ASCII));
            all.writeBytes(field.name());
            all.writeBytes(field.value());
        }
        return all.toByteArray();
    }
}
