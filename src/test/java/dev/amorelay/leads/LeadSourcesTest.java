package dev.amorelay.leads;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.amocrm.Account;
import dev.amorelay.json.Json;
import dev.amorelay.settings.AccountSettings;
import dev.amorelay.texts.TextTemplates;
import dev.amorelay.workshop.DataFolder;
import dev.amorelay.workshop.Finding;
import dev.amorelay.workshop.Surroundings;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A source's label, title, place, tags and debts are what the table says, account by account. */
class LeadSourcesTest {

    private static final String TABLE = """
            default:
              label: ${source}
              title: "${label}: ${lead.name!'Без имени'}"
              pipeline: "{{account.pipeline-id}}"
              stage: "{{account.status-id}}"
              responsible: "{{account.responsible-user-id}}"
              owes: [crm.lead, mail.lead-copy]
              mailbox: "{{relay.mail.orders-to}}"
              notes: [message, form]
            sources:
              cart: {label: Корзина, pipeline: "{{account.pipeline-parts-id}}"}
              leasing:
                label: Лизинг
                title: "Лизинг ${lead.meta.term!}: ${lead.name!}"
                pipeline: 70
                stage: 71
                responsible: 72
                tags: [лизинг, сайт]
                mailbox: leasing@example.com, boss@example.com
                owes: [crm.lead, {kind: telegram.leasing, chat: -100500, text: да}]
            accounts:
              b:
                default: {responsible: 90}
                sources: {leasing: {label: Leasing B, stage: 99}}
            """;

    private static Account account(String name) {
        return new Account(name, new AccountSettings("example", null, "t", null, null, null, 1L, 2L, 3L, null, null, null, null, null, null, null, null));
    }

    private static LeadSourcesBook book(String table) {
        DataFolder folder = new DataFolder(Map.of("lead/sources.yaml", table));
        return new LeadSourcesBook(folder, new TextTemplates(folder), name -> name.equals("relay.mail.orders-to") ? "orders@example.com" : null);
    }

    private static JsonNode card(String table, String account, String json) {
        LeadSourcesBook sources = book(table);
        LeadFacts facts = new LeadFacts(null, null, sources, new TextTemplates(DataFolder.SHIPPED));
        return new LeadCard(name -> ZoneOffset.UTC, sources, facts, Texts.fields()).card(Samples.json(json), account(account), null);
    }

    @Test
    void aSourceWithAPlaceOfItsOwn() {
        JsonNode card = card(TABLE, "default", "{\"source\":\"leasing\",\"name\":\"Вера\",\"phone\":\"89125550102\",\"term\":\"36\"}");
        assertThat(card.path("name").asText()).isEqualTo("Лизинг 36: Вера");
        assertThat(card.path("pipeline_id").asLong()).isEqualTo(70);
        assertThat(card.path("status_id").asLong()).isEqualTo(71);
        assertThat(card.path("responsible_user_id").asLong()).isEqualTo(72);
        assertThat(card.path("_embedded").path("tags")).isEqualTo(Json.read("[{\"name\":\"лизинг\"},{\"name\":\"сайт\"}]"));
    }

    @Test
    void whatASourceDoesNotSayIsTheDefaults() {
        JsonNode card = card(TABLE, "default", "{\"source\":\"fair\",\"name\":\"Вера\",\"phone\":\"89125550102\"}");
        assertThat(card.path("name").asText()).isEqualTo("fair: Вера");
        assertThat(card.path("pipeline_id").asLong()).isEqualTo(1);
        assertThat(card.path("status_id").asLong()).isEqualTo(2);
        assertThat(card.path("responsible_user_id").asLong()).isEqualTo(3);
        assertThat(card.has("_embedded")).isFalse();
        // a setting that is not set is left to the default, with its stage
        assertThat(card(TABLE, "default", "{\"source\":\"cart\",\"phone\":\"89125550102\"}").path("status_id").asLong()).isEqualTo(2);
        // a pipeline of its own begins at its own first stage
        assertThat(card(TABLE.replace("{{account.pipeline-parts-id}}", "{{account.status-id}}"), "default", "{\"source\":\"cart\",\"phone\":\"89125550102\"}")
                .has("status_id")).isFalse();
    }

    @Test
    void anAccountsOwnWordsGoFirst() {
        JsonNode card = card(TABLE, "b", "{\"source\":\"leasing\",\"name\":\"Вера\",\"phone\":\"89125550102\"}");
        assertThat(card.path("pipeline_id").asLong()).isEqualTo(70);
        assertThat(card.path("status_id").asLong()).isEqualTo(99);
        assertThat(card.path("responsible_user_id").asLong()).as("the source's word goes before the account's default").isEqualTo(72);
        assertThat(card(TABLE, "b", "{\"source\":\"fair\",\"phone\":\"89125550102\"}").path("responsible_user_id").asLong()).isEqualTo(90);
    }

    @Test
    void whatIsOwedAndWhoGetsTheCopy() {
        LeadSourcesBook sources = book(TABLE);
        assertThat(sources.owes(account("default"), "leasing")).hasToString(
                "[{\"kind\":\"crm.lead\"},{\"kind\":\"telegram.leasing\",\"payload\":{\"chat\":-100500,\"text\":\"да\"}}]");
        assertThat(sources.owes(account("default"), "any")).isEqualTo(Json.read("[{\"kind\":\"crm.lead\"},{\"kind\":\"mail.lead-copy\"}]"));
        assertThat(sources.of(account("default"), "leasing").mailbox()).isEqualTo("leasing@example.com, boss@example.com");
        assertThat(sources.of(account("default"), "any").mailbox()).isEqualTo("orders@example.com");
    }

    @Test
    void anEditCountsAtOnce() {
        LeadSourcesBook sources = book(TABLE);
        sources.take(new DataFolder(Map.of("lead/sources.yaml", TABLE.replace("pipeline: 70", "pipeline: 700"))));
        assertThat(sources.of(account("default"), "leasing").pipeline()).isEqualTo(700);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "pipeline: 70|pipeline: seventy|15:15: 'pipeline' is amoCRM's number",
        "label: Лизинг|lable: Лизинг|13:5: 'lable' is nothing that can be said here",
        "${lead.meta.term!}|${lead.trem}|14:12: it cannot be written: InvalidReferenceException at lead.trem",
        "${lead.meta.term!}|${lead.phone}|14:12: it cannot be written: InvalidReferenceException at lead.phone",
        "${lead.meta.term!}|${lead.meta.term|14:12: no template",
        "notes: [message, form]|notes: [message, frm]|9:20: no text lead/note-frm.ftl",
        "mailbox: leasing@example.com|mailbox: leasing|19:14: 'mailbox' is an address",
        "telegram.leasing|crm.lead|20:29: crm.lead is owed twice",
        "telegram.leasing|telegram.nobody|20:29: no flow performs telegram.nobody",
        "{{account.status-id}}|{{account.stage}}|5:10: an account has no setting stage",
        "{{relay.mail.orders-to}}|{{relay.amocrm.access-token}}|8:12: a table may not read {{relay.amocrm.access-token}}",
        "{{relay.mail.orders-to}}|{{relay.mail.order-to}}|8:12: no property relay.mail.order-to"})
    void whatIsWrongIsToldByLine(String from, String to, String told) {
        String changed = TABLE.replace(from, to);
        assertThat(changed).isNotEqualTo(TABLE);
        assertThat(found(changed)).anyMatch(finding -> finding.contains("lead/sources.yaml:") && finding.contains(told));
    }

    @Test
    void theTableIsRight() {
        assertThat(found(TABLE)).isEmpty();
    }

    @Test
    void whatIsMissingOrThereTwiceIsTold() {
        assertThat(found(TABLE.replace("  cart:", "  leasing: {label: a}\n  cart:"))).anyMatch(finding -> finding.contains("'leasing' is there twice"));
        assertThat(found(TABLE.replace("  owes: [crm.lead, mail.lead-copy]\n", ""))).anyMatch(finding -> finding.contains("'default' needs 'owes'"));
    }

    private static List<String> found(String table) {
        List<Finding> findings = new ArrayList<>();
        DataFolder folder = new DataFolder(Map.of("lead/sources.yaml", table, "a.camel.yaml",
                "- from: outbox:crm.lead\n- from: outbox:mail.lead-copy\n- from:\n    parameters:\n      kind: telegram.leasing\n"));
        new LeadSourcesFile().check("lead/sources.yaml", folder, new Settings(), findings::add);
        return findings.stream().map(Finding::toString).toList();
    }

    private record Settings() implements Surroundings {

        @Override
        public Set<String> beans() {
            return Set.of();
        }

        @Override
        public Optional<Class<?>> beanType(String name) {
            return Optional.empty();
        }

        @Override
        public Optional<String> property(String key) {
            return Optional.of("x").filter(value -> key.equals("relay.mail.orders-to") || key.contains("token"));
        }
    }
}
