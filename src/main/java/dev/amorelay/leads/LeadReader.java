package dev.amorelay.leads;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.phone.Phones;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.util.InvalidMimeTypeException;
import org.springframework.util.MimeType;

/**
 * Reads what a form, a Mini App or a bot posted. A lead is money: whatever names a way to reach the person or carries a
 * message is taken, with a remark on each thing that could not be understood; only what is empty or malformed is refused.
 */
@Component
public class LeadReader {

    private static final String NO_FORMAT = "Тело запроса не распознано: отправьте JSON или поля формы";
    private static final int LONGEST_QUOTE = 300;

    /**
     * Reads a JSON object or an HTML form.
     *
     * @param body the bytes as they came
     * @param contentType the header, with its charset; may be null, wrong or unknown: then the body decides
     * @return a lead with a new id
     * @throws LeadRejected when there is no lead in it
     */
    public Lead read(byte[] body, String contentType) {
        MimeType type = type(contentType);
        Charset charset = type == null ? null : type.getCharset();
        BodyText text = BodyText.of(body, charset);
        String start = text.text().stripLeading();
        if (start.isEmpty()) {
            throw LeadRejected.body("Пустой запрос: в нём нет заявки");
        }
        List<String> remarks = new ArrayList<>();
        // '{' goes before the header: curl -d and sendBeacon send JSON under a form's type or none
        if (start.startsWith("{") || start.startsWith("[") || isJson(type)) {
            doubt(text.doubtful(), remarks);
            return lead(JsonBody.object(text.text()), remarks);
        }
        boolean multipart = type != null && "multipart".equalsIgnoreCase(type.getType());
        if (multipart || !start.contains("=")) {
            throw LeadRejected.body(NO_FORMAT);
        }
        FormBody form = FormBody.of(body, charset);
        doubt(form.doubtful(), remarks);
        return lead(FormTree.of(form.fields()), remarks);
    }

    /**
     * Reads the text parts of a multipart form.
     *
     * @param fields names and their values, decoded
     * @return a lead with a new id
     * @throws LeadRejected when there is no lead in it
     */
    public Lead read(Map<String, List<String>> fields) {
        return lead(FormTree.of(fields), new ArrayList<>());
    }

    private static Lead lead(ObjectNode request, List<String> remarks) {
        ObjectNode meta = MetaFields.of(request, remarks);
        LeadTexts texts = new LeadTexts(request, meta, remarks);
        String source = texts.source();
        String name = texts.own("name");
        String typedPhone = texts.own("phone");
        String email = texts.own("email");
        String message = NodeText.of(request.get("message"));
        // the diagnostics widget sends a phone as the name
        String e164 = Phones.e164(typedPhone).or(() -> Phones.e164(name)).orElse(null);
        String phone = typedPhone == null && e164 != null ? name : typedPhone;
        TelegramPerson telegram = TelegramPerson.of(meta);
        boolean emailIsBad = email != null && !EmailAddress.looksRight(email);
        boolean phoneIsBad = typedPhone != null && Phones.e164(typedPhone).isEmpty();
        if (e164 == null && (email == null || emailIsBad) && telegram.id() == null && telegram.username() == null
                && message == null) {
            throw new LeadRejected(problems(phoneIsBad, emailIsBad));
        }
        remark(phoneIsBad, "Телефон не распознан", phone, remarks);
        remark(emailIsBad, "Email не распознан", email, remarks);
        remark(telegram.unreadable() != null, "Telegram ID не распознан", telegram.unreadable(), remarks);
        Price price = Price.of(NodeText.of(meta.get("total")) == null ? request.get("price") : meta.get("total"));
        if (price.remark() != null) {
            remarks.add(price.remark());
        }
        JsonNode maintenance = meta.get("next_maintenance");
        String day = NodeText.of(maintenance);
        remark(day != null && MaintenanceDate.of(maintenance).isEmpty(), "Дата следующего ТО не распознана", day, remarks);
        return new Lead(UUID.randomUUID(), source, name, phone, e164, email, message, telegram.id(), price.roubles(),
                meta, remarks);
    }

    private static List<FieldProblem> problems(boolean phoneIsBad, boolean emailIsBad) {
        List<FieldProblem> problems = new ArrayList<>();
        if (phoneIsBad) {
            problems.add(LeadRules.CONTRACT.refusal("phone"));
        }
        if (emailIsBad) {
            problems.add(LeadRules.CONTRACT.refusal("email"));
        }
        return problems.isEmpty() ? List.of(LeadRules.CONTRACT.nothing()) : problems;
    }

    private static void remark(boolean needed, String what, String raw, List<String> remarks) {
        if (needed) {
            remarks.add(what + ": «" + Lines.brief(raw, LONGEST_QUOTE) + "»");
        }
    }

    private static void doubt(boolean doubtful, List<String> remarks) {
        if (doubtful) {
            remarks.add(BodyText.REMARK);
        }
    }

    private static boolean isJson(MimeType type) {
        return type != null && ("json".equalsIgnoreCase(type.getSubtype()) || "json".equalsIgnoreCase(type.getSubtypeSuffix()));
    }

    private static MimeType type(String contentType) {
        try {
            return contentType == null || contentType.isBlank() ? null : MimeType.valueOf(contentType);
        } catch (InvalidMimeTypeException e) {
            return null;
        }
    }
}
