package dev.amorelay.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.amocrm.AccountTerms;
import dev.amorelay.amocrm.Accounts;
import dev.amorelay.amocrm.FakeGate;
import dev.amorelay.delivery.Effect;
import dev.amorelay.delivery.Outbox;
import dev.amorelay.delivery.Owing;
import dev.amorelay.json.Json;
import dev.amorelay.settings.AccountSettings;
import dev.amorelay.settings.RelaySettings;
import dev.amorelay.work.FailurePolicy;
import dev.amorelay.work.LeaseKeeper;
import dev.amorelay.work.Refused;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.spi.Registry;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The connectors as an engineer uses them: bodies in any form, parameters that are expressions, attempts that are repeated. */
class KameletsTest extends CamelTestSupport {

    /** The account that the connectors work for: the production ids, a mark field among them. */
    private static final Accounts ACCOUNTS = new Accounts(new RelaySettings(new AccountSettings(null, "https://example.com", "t", null, null,
            null, 10226282L, 80953554L, 12380450L, 142L, 10245926L,
            new AccountSettings.Fields(712629L, 712631L, 712633L, 712635L, 712637L, 712639L, 712641L), null, null, null, null, null),
            null, null, null, null, null, null, null));

    /** An effect that a flow has owed. */
    private record Owed(String kind, String key, String subject, JsonNode payload) {
    }

    private final FakeGate gate = new FakeGate();
    private final List<Owed> owed = new ArrayList<>();

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext camel = super.createCamelContext();
        KameletComponent kamelets = camel.getComponent("kamelet", KameletComponent.class);
        kamelets.setLocation("file:routes/kamelets");
        kamelets.setNoErrorHandler(true);
        Registry beans = camel.getRegistry();
        beans.bind("crmEntities", gate.entities(ACCOUNTS));
        beans.bind("crmSearch", gate.search());
        beans.bind("crmLeads", gate.leads());
        beans.bind("crmContacts", gate.contacts());
        beans.bind("owing", new Owing(new Outbox(null, new LeaseKeeper()) {
            @Override
            public boolean owe(String kind, String account, String key, String subject, JsonNode payload, Instant notBefore) {
                return owed.add(new Owed(kind, key, subject, payload));
            }
        }));
        beans.bind("terms", new AccountTerms(account -> ZoneOffset.UTC, Clock.systemUTC()));
        return camel;
    }

    /** A claim of an effect, perhaps of one that may have been performed before. */
    private static Effect effect(String kind, String subject, boolean inDoubt) {
        return new Effect(1, 1, kind, "default", kind + ":" + subject, subject, Map.of(), inDoubt ? 2 : 1, 0, inDoubt);
    }

    private Exchange pass(String kamelet, Object body, Effect... effects) {
        return template.send("kamelet:" + kamelet, exchange -> {
            exchange.getMessage().setBody(body);
            if (effects.length > 0) {
                exchange.setProperty(FailurePolicy.CLAIMED, List.of(effects));
            }
        });
    }

    private Throwable failure(String kamelet, Object body, Effect... effects) {
        Throwable failure = pass(kamelet, body, effects).getException();
        while (failure != null && failure.getCause() != null) {
            failure = failure.getCause();
        }
        return failure;
    }

    private Object answer(String kamelet, Object body, Effect... effects) {
        Exchange exchange = pass(kamelet, body, effects);
        if (exchange.getException() != null) {
            throw new AssertionError(exchange.getException());
        }
        return exchange.getMessage().getBody();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[{\"text\": \"Позвоните\", \"complete_till\": 1}]", "{\"text\": \"Позвоните\", \"complete_till\": 1}"})
    void bodiesMayBeTexts(String body) {
        gate.answers("{\"_embedded\":{\"tasks\":[{\"id\":601,\"request_id\":\"0\"}]}}");
        assertThat(answer("amocrm-create-tasks", body)).isEqualTo(Map.of("0", 601L));
        assertThat(gate.onlyCall().label()).isEqualTo("POST /api/v4/tasks");
        assertThat(Json.write(gate.onlyCall().body())).isEqualTo("[{\"text\":\"Позвоните\",\"complete_till\":1,\"request_id\":\"0\"}]");
    }

    @Test
    void bodiesMayBeStreamsTreesMapsAndLists() {
        gate.answers("{\"_embedded\":{\"leads\":[{\"id\":101}]}}");
        byte[] bytes = "{\"id\":101,\"price\":5}".getBytes(StandardCharsets.UTF_8);
        for (Object body : List.of(bytes, new ByteArrayInputStream(bytes), Json.read("{\"id\":101,\"price\":5}"), Map.of("id", 101, "price", 5), List.of(Map.of("id", 101, "price", 5)))) {
            assertThat(answer("amocrm-update-leads", body)).isEqualTo(List.of(101L));
        }
        assertThat(gate.calls()).hasSize(5).allMatch(call -> call.label().equals("PATCH /api/v4/leads")
                && call.body().size() == 1 && call.body().path(0).size() == 2
                && call.body().path(0).path("id").asLong() == 101 && call.body().path(0).path("price").asLong() == 5);
    }

    @Test
    void idsMayBeTextsNumbersAndLists() {
        gate.answers("{\"_embedded\":{\"companies\":[{\"id\":5},{\"id\":6}]}}");
        for (Object body : List.of("5, 6", "[5,6]", List.of(5L, 6), new long[] {5, 6}, Json.read("[\"5\",6]"))) {
            assertThat(answer("amocrm-read-companies", body)).asInstanceOf(InstanceOfAssertFactories.LIST).hasSize(2);
        }
        assertThat(gate.calls()).hasSize(5).allMatch(call -> call.query().startsWith("filter[id][]=5&filter[id][]=6&"));
        assertThat(failure("amocrm-read-companies", "five")).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the body holds a STRING where an id belongs");
    }

    @Test
    void nothingToDoCostsNoCall() {
        assertThat(answer("amocrm-read-companies", List.of())).isEqualTo(List.of());
        assertThat(answer("amocrm-create-leads", "[]")).isEqualTo(Map.of());
        assertThat(answer("amocrm-update-contacts", List.of())).isEqualTo(List.of());
        assertThat(answer("amocrm-find-contacts?by=phone", "12-34")).isEqualTo(List.of());
        assertThat(gate.calls()).isEmpty();
    }

    @Test
    void moreThanOneCallCreatesAreRefused() {
        List<Map<String, Object>> many = new ArrayList<>();
        for (int i = 0; i < 51; i++) {
            many.add(Map.of("name", "n" + i));
        }
        assertThat(failure("amocrm-create-companies", many)).isInstanceOf(Refused.class).hasMessage("51 companies are more than the 50 that one call creates");
        assertThat(gate.calls()).isEmpty();
    }

    @Test
    void theAccountMayBeAnExpression() {
        gate.answers("{\"_embedded\":{\"leads\":[]}}");
        Exchange exchange = template.send("kamelet:amocrm-find-leads?account=${variable.of}", one -> {
            one.setVariable("of", "b");
            one.getMessage().setBody("Заявка 17, срочно");
        });
        assertThat(exchange.getException()).isNull();
        assertThat(gate.onlyCall().account()).isEqualTo("b");
        assertThat(gate.onlyCall().query()).startsWith("query=%D0%97%D0%B0%D1%8F%D0%B2%D0%BA%D0%B0+17%2C+%D1%81").endsWith("&with=contacts&limit=250");
    }

    @Test
    void aLeadThatIsOwedBearsItsKeyAndIsFoundByIt() {
        String key = "partner-lead:17 & 18";
        Effect first = effect("crm.partner-lead", "17", false);
        gate.answers("{\"_embedded\":{\"leads\":[{\"id\":101,\"request_id\":\"" + key + "\"}]}}");
        assertThat(answer("amocrm-create-leads", Json.object().put("request_id", key).put("name", "Заявка"), first)).isEqualTo(Map.of(key, 101L));
        assertThat(Json.write(gate.onlyCall().body().path(0).path("custom_fields_values")))
                .isEqualTo("[{\"field_id\":712641,\"values\":[{\"value\":\"" + key + "\"}]}]");

        Effect again = effect("crm.partner-lead", "17", true);
        gate.answers(call -> FakeGate.found(200, "{\"_embedded\":{\"leads\":[{\"id\":101,\"created_at\":1900000000,\"custom_fields_values\":"
                + "[{\"field_id\":712641,\"values\":[{\"value\":\"" + key + "\"}]}]}]}}"));
        assertThat(answer("amocrm-create-leads", Json.object().put("request_id", key).put("name", "Заявка"), again)).isEqualTo(Map.of(key, 101L));
        assertThat(gate.calls()).hasSize(2);
        assertThat(gate.calls().get(1).query()).isEqualTo("query=partner-lead%3A17+%26+18&limit=250");
    }

    @Test
    void aLeadWithoutARequestIdBearsTheKeyOfItsEffect() {
        gate.answers("{\"_embedded\":{\"leads\":[{\"id\":101,\"request_id\":\"0\"}]}}");
        assertThat(answer("amocrm-create-leads", "{\"name\":\"Заявка\"}", effect("crm.test", "17", false)))
                .isEqualTo(Map.of("0", 101L));
        assertThat(Json.write(gate.onlyCall().body())).isEqualTo("[{\"name\":\"Заявка\",\"custom_fields_values\":[{\"field_id\":712641,"
                + "\"values\":[{\"value\":\"crm.test:17:0\"}]}],\"request_id\":\"0\"}]");
        gate.answers("{\"_embedded\":{\"leads\":[{\"id\":101,\"created_at\":1900000000,\"custom_fields_values\":"
                + "[{\"field_id\":712641,\"values\":[{\"value\":\"crm.test:17:0\"}]}]}]}}");
        assertThat(answer("amocrm-create-leads", "{\"name\":\"Заявка\"}", effect("crm.test", "17", true)))
                .isEqualTo(Map.of("0", 101L));
        assertThat(gate.calls()).hasSize(2);
    }

    @Test
    void whatCannotBeRecognisedIsLeftToAPerson() {
        Effect again = effect("crm.test", "17", true);
        assertThat(failure("amocrm-create-contacts", "{\"name\":\"Иван\"}", again)).isInstanceOf(Refused.class)
                .hasMessage("an earlier attempt may have created the contact, which without phone and e-mail cannot be recognised");
        // two effects together: nothing tells which lead is whose
        assertThat(failure("amocrm-create-leads", "{\"name\":\"Заявка\"}", again, effect("crm.test", "18", false)))
                .isInstanceOf(Refused.class).hasMessageContaining("AMOCRM_FIELD_LEAD_UUID_ID");
        assertThat(gate.calls()).isEmpty();
    }

    @Test
    void ofSeveralOnlyTheMissingAreMadeAgain() {
        gate.answers(call -> FakeGate.found(200, call.creates() ? "{\"_embedded\":{\"notes\":[{\"id\":502,\"request_id\":\"1\"}]}}"
                : "{\"_embedded\":{\"notes\":[{\"id\":501,\"note_type\":\"common\",\"params\":{\"text\":\"А\"}}]}}"));
        Object ids = answer("amocrm-create-notes?entity=contacts", "[{\"entity_id\": 201, \"text\": \"А\"}, {\"entity_id\": 201, \"text\": \"А\"}]",
                effect("crm.test", "1", true));
        assertThat(ids).isEqualTo(Map.of("0", 501L, "1", 502L));
        assertThat(gate.calls().get(2).body()).isEqualTo(Json.read(
                "[{\"entity_id\":201,\"request_id\":\"1\",\"note_type\":\"common\",\"params\":{\"text\":\"А\"}}]"));
    }

    @Test
    void aNoteIsChangedByItsTextOrInTheWordsOfTheApi() {
        gate.answers("{\"_embedded\":{\"notes\":[{\"id\":501}]}}");
        assertThat(answer("amocrm-update-notes?entity=contacts", "[{\"id\": 501, \"text\": \"А\"}, {\"id\": 502, \"note_type\": \"sms_in\", "
                + "\"params\": {\"text\": \"Б\", \"phone\": \"+79990000001\"}}, {\"id\": 501, \"text\": \"В\"}]")).isEqualTo(List.of(501L, 502L));
        assertThat(gate.onlyCall().label()).isEqualTo("PATCH /api/v4/contacts/notes");
        assertThat(Json.write(gate.onlyCall().body())).isEqualTo("[{\"id\":501,\"note_type\":\"common\",\"params\":{\"text\":\"В\"}},"
                + "{\"id\":502,\"note_type\":\"sms_in\",\"params\":{\"text\":\"Б\",\"phone\":\"+79990000001\"}}]");
        assertThat(failure("amocrm-update-notes", "{\"text\": \"А\"}")).isInstanceOf(Refused.class).hasMessage("a change of leads/notes without an id");
    }

    @Test
    void notesAreFoundByTheirTypeAndText() {
        gate.answers("{\"_embedded\":{\"notes\":[{\"id\":501,\"params\":{\"text\":\"Счёт 17 ОПЛАЧЕН\"}},{\"id\":502,\"params\":{\"text\":\"Позвонить\"}},"
                + "{\"id\":503,\"params\":{\"duration\":5}}]}}");
        assertThat(answer("amocrm-find-notes?containing=оплачен", "101")).asInstanceOf(InstanceOfAssertFactories.LIST).hasSize(1);
        assertThat(gate.onlyCall().label()).isEqualTo("GET /api/v4/leads/{id}/notes");
        assertThat(gate.onlyCall().query()).isEqualTo("filter[note_type]=common&order[updated_at]=desc&limit=250");
        assertThat(answer("amocrm-find-notes?entity=contacts&type=call_in", List.of(201))).asInstanceOf(InstanceOfAssertFactories.LIST).hasSize(3);
        assertThat(gate.calls().get(1).query()).startsWith("filter[note_type]=call_in&");
    }

    @Test
    void aPersonOfTheSameNameIsNotTheSamePerson() {
        long now = System.currentTimeMillis() / 1000;
        gate.answers(call -> FakeGate.found(200, call.creates() ? "{\"_embedded\":{\"contacts\":[{\"id\":209,\"request_id\":\"0\"}]}}" : """
                {"_embedded":{"contacts":[
                 {"id":201,"name":"Иван","created_at":%1$d,"custom_fields_values":[{"field_code":"PHONE","values":[{"value":"+79990000002"}]}]},
                 {"id":202,"name":"Пётр","created_at":%1$d,"custom_fields_values":[{"field_code":"PHONE","values":[{"value":"+79990000001"}]}]},
                 {"id":203,"name":"Иван","created_at":%2$d,"custom_fields_values":[{"field_code":"PHONE","values":[{"value":"+79990000001"}]}]}]}}"""
                .formatted(now, now - 8 * 86_400)));
        String ivan = "{\"name\":\"Иван\",\"custom_fields_values\":[{\"field_code\":\"PHONE\",\"values\":[{\"value\":\"+79990000001\"}]}]}";
        assertThat(answer("amocrm-create-contacts", ivan, effect("crm.test", "1", true))).isEqualTo(Map.of("0", 209L));
        assertThat(gate.calls().get(0).query()).isEqualTo("query=9990000001&limit=250");
    }

    /** A name with a quote in it stays a name, a number a number, and what is not there is left out. */
    @Test
    void whatGoesAlongIsReadBeforeItIsFilled() {
        String name = "ООО \"Ромашка\", \\ {\"chat\": 1} ${body[id]}";
        Map<String, Object> body = new HashMap<>(Map.of("id", 17L, "name", name, "isNew", true, "tags", List.of("а", "б"), "more", Map.of("price", 1.5)));
        body.put("none", null);
        owe(body, "{\"lead\": \"${body[id]}\", \"bare\": ${body[id]}, \"name\": \"${body[name]}\", \"text\": \"Звонил ${body[name]}, №${body[id]}\", "
                + "\"isNew\": \"${body[isNew]}\", \"none\": \"${body[none]}\", \"tags\": \"${body[tags]}\", \"list\": [\"${body[id]}\", 2], "
                + "\"more\": \"${body[more]}\", \"const\": \"а\", \"deep\": {\"id\": \"${body[id]}\"} }");
        assertThat(owed.remove(0).payload()).isEqualTo(Json.MAPPER.valueToTree(Map.ofEntries(Map.entry("lead", 17L), Map.entry("bare", 17L), Map.entry("name", name),
                Map.entry("text", "Звонил " + name + ", №17"), Map.entry("isNew", true), Map.entry("tags", List.of("а", "б")), Map.entry("list", List.of(17L, 2)),
                Map.entry("more", Map.of("price", 1.5)), Map.entry("const", "а"), Map.entry("deep", Map.of("id", 17L)))));

        // bare, a text that looks like a number is one; other texts stay texts
        owe(Map.of("id", "501", "name", "5\"1"), "{\"lead\": ${body[id]}, \"name\": ${body[name]}, \"text\": \"${body[id]}\"}");
        assertThat(owed.remove(0).payload()).isEqualTo(Json.MAPPER.valueToTree(Map.of("lead", 501, "name", "5\"1", "text", "501")));

        owe(body, "${body[more]}");
        assertThat(owed.remove(0).payload()).isEqualTo(Json.read("{\"price\":1.5}"));
        assertThat(failure("outbox-owe?kind=a.b&key=broken&payload=RAW({\"lead\": )", body)).isInstanceOf(Refused.class);
    }

    private void owe(Object body, String payload) {
        answer("outbox-owe?kind=telegram.partner-lead&key=k&payload=RAW(" + payload + ")", body);
    }

    @Test
    void owesWhatExpressionsTell() {
        Object body = Map.of("id", "17, 'b'", "chat", 5);
        assertThat(answer("outbox-owe?kind=telegram.partner-lead&key=partner:${body[id]}&subject=${body[id]}", body)).isSameAs(body);
        assertThat(answer("outbox-owe?kind=telegram.partner-lead&key=plain", "просто текст")).isEqualTo("просто текст");
        // the body of a door can be read once more by the next step
        ByteArrayInputStream stream = new ByteArrayInputStream("{\"a\":1}".getBytes(StandardCharsets.UTF_8));
        Object after = answer("outbox-owe?kind=telegram.partner-lead&key=stream", stream);
        assertThat(context.getTypeConverter().convertTo(String.class, after)).isEqualTo("{\"a\":1}");
        assertThat(owed.remove(2).payload()).isEqualTo(Json.read("{\"a\":1}"));
        assertThat(owed).containsExactly(
                new Owed("telegram.partner-lead", "partner:17, 'b'", "17, 'b'", Json.MAPPER.valueToTree(body)),
                new Owed("telegram.partner-lead", "plain", "plain", Json.read("{\"body\":\"просто текст\"}")));
        assertThat(failure("outbox-owe?kind=Not-A-Kind&key=k", "{}")).isInstanceOf(Refused.class);
        assertThat(failure("outbox-owe?kind=telegram.partner-lead&key=${body[id]}", Map.of())).isInstanceOf(Refused.class);
    }

    @Test
    void everyConnectorIsDrivenAgainstTheSandbox() throws IOException {
        String driven = Files.readString(Path.of("src/test/java/dev/amorelay/road/KameletsIT.java"));
        assertThat(RouteFiles.below(Path.of("routes/kamelets"))).isNotEmpty()
                .allMatch(file -> driven.contains(file.name().replace(".kamelet.yaml", "")));
    }
}
