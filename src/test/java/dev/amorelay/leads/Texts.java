package dev.amorelay.leads;

import dev.amorelay.amocrm.Account;
import dev.amorelay.amocrm.Accounts;
import dev.amorelay.amocrm.FieldBook;
import dev.amorelay.settings.AccountSettings;
import dev.amorelay.texts.TextTemplates;
import dev.amorelay.workshop.DataFolder;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** The texts about leads as they come with the relay. */
final class Texts {

    static final Account ACCOUNT = new Account(Accounts.DEFAULT, new AccountSettings("example", null, "t", null, null, null, null, null, null,
            null, null, null, null, null, null, null, null));

    private static final TextTemplates TEMPLATES = new TextTemplates(DataFolder.SHIPPED);
    private static final LeadSourcesBook SOURCES = new LeadSourcesBook(DataFolder.SHIPPED, TEMPLATES, name -> null);
    private static final LeadFacts FACTS = new LeadFacts(null, null, SOURCES, TEMPLATES);

    private Texts() {
    }

    static List<String> notes(Lead lead) {
        return new LeadNotes(FACTS, SOURCES, TEMPLATES).of(lead, ACCOUNT);
    }

    static String mail(Lead lead) {
        return TEMPLATES.write("lead/mail-copy.ftl", Map.of("body", FACTS.of(lead, ACCOUNT)));
    }

    static String subject(Lead lead) {
        return TEMPLATES.write("lead/mail-copy-subject.ftl", Map.of("body", FACTS.of(lead, ACCOUNT)));
    }

    static String title(Lead lead) {
        return FACTS.title(lead, ACCOUNT);
    }

    static FieldBook fields() {
        return new FieldBook(DataFolder.SHIPPED, name -> null, account -> new TreeMap<>());
    }

    static LeadCard cards(Function<String, ZoneId> zones) {
        return new LeadCard(zones, SOURCES, FACTS, fields());
    }
}
