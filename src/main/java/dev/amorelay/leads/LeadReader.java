package dev.amorelay.leads;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.phone.Phones;
import dev.amorelay.phone.TypedPhone;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Reads what a form, a Mini App or a bot posted. A lead is money: whatever names a way to reach the person or carries a
 * message is taken, with a remark on each thing that could not be understood; only what is empty or malformed is refused.
 */
@Component
public class LeadReader {

    private static final String NOBODY = "Не найдены ни телефон, ни email, ни Telegram, ни сообщение: поля формы записаны как есть";
    private static final int LONGEST_QUOTE = 300;

    private final LeadNamesBook names;

    /** Reads by the names that come with the relay. */
    public LeadReader() {
        this(new LeadNamesBook());
    }

    /** @param names what forms call a lead's fields */
    @Autowired
    public LeadReader(LeadNamesBook names) {
        this.names = names;
    }

    /**
     * Reads a JSON object or an HTML form.
     *
     * @param body the bytes as they came
     * @param contentType the header, with its charset; may be null, wrong or unknown: then the body decides
     * @return a lead with a new id
     * @throws LeadRejected when there is no lead in it
     */
    public Lead read(byte[] body, @Nullable String contentType) {
        return read(PostedForm.of(body, contentType));
    }

    /**
     * Reads fields of a form.
     *
     * @param fields names and their values, decoded
     * @return a lead with a new id
     * @throws LeadRejected when there is no lead in it
     */
    public Lead read(Map<String, List<String>> fields) {
        return read(PostedForm.of(fields));
    }

    /** @return the connection test that a post is, see {@code lead/names.yaml} */
    Optional<LeadNames.Test> test(PostedForm post) {
        return names.now().test(post.request());
    }

    /** @return the lead of a post */
    Lead read(PostedForm post) {
        LeadNames now = names.now();
        boolean saysMore = Substance.of(now).isIn(post);
        return lead(KnownFields.of(post.request(), now), post.remarks(), saysMore);
    }

    /** @param saysMore whether the post is a lead also where nobody can be reached by it */
    private static Lead lead(ObjectNode request, List<String> remarks, boolean saysMore) {
        ObjectNode meta = MetaFields.of(request, remarks);
        LeadTexts texts = new LeadTexts(request, meta, remarks);
        String source = texts.source();
        String name = texts.own("name");
        String typedPhone = texts.own("phone");
        String email = texts.own("email");
        String message = NodeText.of(request.get("message"));
        if (email == null && Phones.first(typedPhone).isEmpty() && EmailAddress.first(typedPhone) != null) {
            // one field for either
            email = typedPhone;
            typedPhone = null;
        } else if (typedPhone == null && EmailAddress.first(email) == null && Phones.whole(email).isPresent()) {
            typedPhone = email;
            email = null;
        }
        TelegramPerson telegram = TelegramPerson.of(meta);
        Optional<TypedPhone> understood = Phones.first(typedPhone);
        boolean emailIsBad = email != null && EmailAddress.first(email) == null;
        boolean phoneIsBad = typedPhone != null && understood.isEmpty();
        // seven digits that we cannot read may be read by a person
        boolean isReachable = understood.isPresent() || Phones.mayHoldOne(typedPhone) || email != null && !emailIsBad
                || telegram.id() != null || telegram.username() != null;
        String e164 = understood.map(TypedPhone::e164).or(() -> phoneInsteadOf(name, isReachable)).orElse(null);
        String phone = typedPhone == null && e164 != null ? name : typedPhone;
        if (e164 == null && !isReachable && message == null) {
            if (!saysMore) {
                throw new LeadRejected(List.of(LeadRules.CONTRACT.nothing()));
            }
            remarks.add(NOBODY);
        }
        remark(understood.isPresent() && !understood.get().inPlan(), "Номер не найден в плане нумерации, записан как указан", phone, remarks);
        remark(phoneIsBad, "Телефон не распознан", phone, remarks);
        remark(emailIsBad, "Email не распознан", email, remarks);
        remark(telegram.unreadable() != null, "Telegram ID не распознан", telegram.unreadable(), remarks);
        Price price = Price.of(NodeText.of(meta.get("total")) == null ? request.get("price") : meta.get("total"));
        if (price.remark() != null) {
            remarks.add(price.remark());
        }
        JsonNode maintenance = meta.get("next_maintenance");
        String day = NodeText.of(maintenance);
        remark(day != null && !MaintenanceDate.isOne(maintenance), "Дата следующего ТО не распознана", day, remarks);
        return new Lead(UUID.randomUUID(), source, name, phone, e164, email, message, telegram.id(), price.roubles(),
                meta, remarks);
    }

    /** The diagnostics widget sends a phone as the name. Of other texts no phone is made: it could be a stranger's. */
    private static Optional<String> phoneInsteadOf(String name, boolean isReachable) {
        return isReachable && Phones.isBare(name) ? Optional.empty() : Phones.whole(name);
    }

    private static void remark(boolean needed, String what, String raw, List<String> remarks) {
        if (needed) {
            remarks.add(what + ": «" + Lines.brief(raw, LONGEST_QUOTE) + "»");
        }
    }
}
