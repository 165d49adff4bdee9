package dev.amorelay.leads;

import dev.amorelay.amocrm.Account;
import dev.amorelay.amocrm.Accounts;
import dev.amorelay.phone.Phones;
import dev.amorelay.texts.TextTemplates;
import dev.amorelay.work.Refused;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * What the texts about a lead can name, as plain maps: {@code lead} (id, source, name, phone, phone_e164, email, address, message,
 * telegram_id, price, remarks, meta), {@code label}, {@code account}, {@code telegram} (username, name, id, text), {@code person} (what the
 * contact does not tell), {@code cart} (items, total), {@code diagnosis}, {@code form} (rows of key, label, text, section). What a lead does
 * not say is not there.
 */
@Component
public class LeadFacts {

    private static final int LONGEST_LABEL = 100;

    private final LeadBook leads;
    private final Accounts accounts;
    private final LeadSourcesBook sources;
    private final TextTemplates templates;

    /**
     * @param leads the stored leads
     * @param accounts where they go
     * @param sources what becomes of them
     * @param templates writes labels and titles
     */
    public LeadFacts(LeadBook leads, Accounts accounts, LeadSourcesBook sources, TextTemplates templates) {
        this.leads = leads;
        this.accounts = accounts;
        this.sources = sources;
        this.templates = templates;
    }

    /**
     * The facts of a stored lead, for the texts of a flow.
     *
     * @param id our uuid of it
     * @return as above, with {@code mailbox}: who gets the copy by mail
     * @throws Refused when it was erased
     */
    public Map<String, Object> of(String id) {
        Lead lead = leads.lead(id);
        Account account = accounts.named(leads.account(id));
        Map<String, Object> facts = of(lead, account);
        put(facts, "mailbox", sources.of(account, lead.source()).mailbox());
        return facts;
    }

    Map<String, Object> of(Lead lead, Account account) {
        LeadSource source = sources.of(account, lead.source());
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("lead", lead(lead));
        facts.put("account", account.name());
        facts.put("label", label(lead, source));
        TelegramPerson person = TelegramPerson.of(lead.meta());
        Map<String, Object> telegram = new LinkedHashMap<>();
        put(telegram, "username", person.username());
        put(telegram, "name", person.fullName());
        put(telegram, "id", lead.telegramId());
        put(telegram, "text", FormNote.telegram(lead).orElse(null));
        facts.put("telegram", telegram);
        facts.put("person", person(lead, wholeTitle(facts, source)));
        facts.put("cart", CartNote.of(lead));
        facts.put("diagnosis", DiagnosisNote.of(lead));
        facts.put("form", FormNote.of(lead));
        facts.put("written", List.of());
        return facts;
    }

    /** @return what the deal is called, within amoCRM's 255 characters */
    String title(Lead lead, Account account) {
        return Lines.cut(wholeTitle(of(lead, account), sources.of(account, lead.source())), LeadCard.LONGEST_NAME);
    }

    private String wholeTitle(Map<String, Object> facts, LeadSource source) {
        return Lines.one(templates.write(source.title(), facts));
    }

    private String label(Lead lead, LeadSource source) {
        Map<String, Object> facts = new LinkedHashMap<>(Map.of("source", lead.source()));
        put(facts, "form", FormNote.name(lead).map(name -> Lines.brief(name, LONGEST_LABEL)).orElse(null));
        return templates.write(source.label(), facts);
    }

    private static Map<String, Object> lead(Lead lead) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("id", lead.id().toString());
        told.put("source", lead.source());
        put(told, "name", Lines.one(lead.name()));
        put(told, "phone", Lines.one(lead.phone()));
        put(told, "phone_e164", lead.phoneE164());
        put(told, "email", Lines.one(lead.email()));
        put(told, "address", lead.address());
        put(told, "message", lead.message());
        put(told, "telegram_id", lead.telegramId());
        told.put("price", lead.price());
        told.put("remarks", lead.remarks());
        Map<String, Object> meta = new LinkedHashMap<>();
        lead.meta().properties().forEach(field -> put(meta, field.getKey(), NodeText.joined(field.getValue())));
        told.put("meta", meta);
        return told;
    }

    /** How to reach the person, as far as the contact in the CRM does not tell it: extensions, further numbers and addresses. */
    private static Map<String, Object> person(Lead lead, String title) {
        Map<String, Object> person = new LinkedHashMap<>();
        if (title.length() > LeadCard.LONGEST_NAME) {
            put(person, "name", Lines.one(lead.name())); // cut in the deal's name
        }
        if (lead.phoneE164() != null && Phones.saysMore(lead.phone(), lead.phoneE164())) {
            put(person, "phone", Lines.one(lead.phone()));
        }
        if (lead.address() != null && !lead.address().equals(lead.email())) {
            put(person, "email", Lines.one(lead.email()));
        }
        List<Map<String, Object>> gaps = new ArrayList<>();
        if (lead.contactGaps() != null) {
            for (String key : List.of("name", "phone", "email")) {
                if (lead.contactGaps().hasNonNull(key)) {
                    gaps.add(Map.of("key", key, "text", lead.contactGaps().get(key).asText()));
                }
            }
        }
        person.put("gaps", gaps);
        return person;
    }

    static void put(Map<String, Object> facts, String key, Object value) {
        if (value != null && !"".equals(value)) {
            facts.put(key, value);
        }
    }
}
