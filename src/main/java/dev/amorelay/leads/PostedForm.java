package dev.amorelay.leads;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.util.InvalidMimeTypeException;
import org.springframework.util.MimeType;

/**
 * What was posted, taken apart, under the names that it came with.
 *
 * @param request the fields as a tree
 * @param kind how it came
 * @param remarks what could not be understood so far; more are added
 */
record PostedForm(ObjectNode request, Kind kind, List<String> remarks) {

    /** A name and what is said under it: a form, also where a type of JSON was set by hand. */
    private static final Pattern FORM = Pattern.compile("[^\\s\"'{}\\[\\]<>:=&][^\\s\"'{}<>:=&]*=");
    private static final String NO_FORMAT = "Тело запроса не распознано: отправьте JSON или поля формы";

    /** JSON may come from a page that shows a refusal to its person; a form is sent by a machine; what says nothing of itself may be one. */
    enum Kind { JSON, FORM, PERHAPS_A_FORM }

    /**
     * Takes a JSON object or an HTML form apart.
     *
     * @param body the bytes as they came
     * @param contentType the header, with its charset; may be null, wrong or unknown: then the body decides
     * @return its fields
     * @throws LeadRejected when it is empty or neither
     */
    static PostedForm of(byte[] body, @Nullable String contentType) {
        MimeType type = type(contentType);
        Charset charset = charset(contentType);
        BodyText text = BodyText.of(body, charset);
        String start = text.text().stripLeading();
        if (start.isEmpty()) {
            throw LeadRejected.body("Пустой запрос: в нём нет заявки");
        }
        // '{' goes before the header: curl -d and sendBeacon send JSON under a form's type or none
        if (start.startsWith("{") || start.startsWith("[") || isJson(type) && !FORM.matcher(start).lookingAt()) {
            ObjectNode request = JsonBody.object(text.text());
            List<String> remarks = remarks(text.doubtful());
            if (FormRest.take(request)) {
                remarks.add(FormRest.remark(FormRest.MOST_VALUES));
            }
            return new PostedForm(request, Kind.JSON, remarks);
        }
        boolean multipart = type != null && "multipart".equalsIgnoreCase(type.getType());
        if (multipart || !start.contains("=")) {
            throw LeadRejected.body(NO_FORMAT);
        }
        boolean declared = type != null && "x-www-form-urlencoded".equalsIgnoreCase(type.getSubtype());
        return form(FormBody.of(body, charset), declared ? Kind.FORM : Kind.PERHAPS_A_FORM);
    }

    /** @return the same of fields that came in parts */
    static PostedForm of(List<RawField> parts, String contentType) {
        return form(FormBody.of(parts, charset(contentType)), Kind.FORM);
    }

    /** @return the same of fields that are texts already */
    static PostedForm of(Map<String, List<String>> fields) {
        return form(new FormBody(fields, false, false), Kind.FORM);
    }

    static LeadRejected noForm() {
        return LeadRejected.body(NO_FORMAT);
    }

    private static PostedForm form(FormBody form, Kind kind) {
        List<String> remarks = remarks(form.doubtful());
        if (form.more()) {
            remarks.add(FormRest.remark(FormBody.MOST_FIELDS));
        }
        return new PostedForm(FormTree.of(form.fields()), kind, remarks);
    }

    private static List<String> remarks(boolean doubtful) {
        return new ArrayList<>(doubtful ? List.of(BodyText.REMARK) : List.of());
    }

    private static boolean isJson(MimeType type) {
        return type != null && ("json".equalsIgnoreCase(type.getSubtype()) || "json".equalsIgnoreCase(type.getSubtypeSuffix()));
    }

    /** @return the charset that a content type names; null for none, or one that does not exist */
    static @Nullable Charset charset(String contentType) {
        if (contentType == null) {
            return null;
        }
        for (String parameter : contentType.split(";")) {
            String[] pair = parameter.strip().split("=", 2);
            if (pair.length == 2 && "charset".equalsIgnoreCase(pair[0].strip())) {
                return LegacyCharset.named(pair[1]);
            }
        }
        return null;
    }

    /** A charset that nobody knows does not make the type unknown. */
    private static MimeType type(String contentType) {
        try {
            return contentType == null || contentType.isBlank() ? null : MimeType.valueOf(contentType.split(";")[0]);
        } catch (InvalidMimeTypeException e) {
            return null;
        }
    }
}
