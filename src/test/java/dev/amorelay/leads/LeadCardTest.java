package dev.amorelay.leads;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.amocrm.Account;
import dev.amorelay.json.Json;
import dev.amorelay.settings.AccountSettings;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The create bodies, written out. */
class LeadCardTest {

    private static final AccountSettings ACCOUNT = new AccountSettings("example", null, "t", null, null, null, 10226282L,
            80953554L, 12380450L, null, 10245926L,
            new AccountSettings.Fields(712629L, 712631L, 712633L, 712635L, 712637L, null, 712639L), null, null, null, null, null);
    private static final AccountSettings BARE =
            new AccountSettings("example", null, "t", null, null, null, null, null, null, null, null, null, null, null, null, null, null);

    private final LeadCard cards = Texts.cards(account -> ZoneId.of(account));

    private static Account in(AccountSettings settings) {
        return new Account("Europe/Moscow", settings);
    }

    private JsonNode card(String file, AccountSettings account, Long contactId) {
        return Json.read(Json.write(cards.card(Samples.named(file), in(account), contactId)));
    }

    @Test
    void serviceRequest() {
        assertThat(card("diagnostics.json", ACCOUNT, 2001L)).isEqualTo(Json.read("""
                {"name":"Сервисная заявка: Олег Тестов","price":0,"pipeline_id":10226282,"status_id":80953554,
                 "responsible_user_id":12380450,
                 "custom_fields_values":[
                  {"field_id":712629,"values":[{"value":"SN-2024-001"}]},
                  {"field_id":712631,"values":[{"value":"CNC-500"}]},
                  {"field_id":712633,"values":[{"value":"555000113"}]},
                  {"field_id":712639,"values":[{"value":"11111111-2222-4333-8444-555555555555"}]}],
                 "_embedded":{"contacts":[{"id":2001,"is_main":true}]},
                 "request_id":"11111111-2222-4333-8444-555555555555"}"""));
    }

    @Test
    void cartGoesToThePartsPipelineWithoutAStage() {
        assertThat(card("cart_order.json", ACCOUNT, null)).isEqualTo(Json.read("""
                {"name":"Заказ запчастей: Пётр Примеров","price":25901,"pipeline_id":10245926,
                 "responsible_user_id":12380450,
                 "custom_fields_values":[
                  {"field_id":712631,"values":[{"value":"Запчасти (Корзина)"}]},
                  {"field_id":712633,"values":[{"value":"555000111"}]},
                  {"field_id":712639,"values":[{"value":"11111111-2222-4333-8444-555555555555"}]}],
                 "request_id":"11111111-2222-4333-8444-555555555555"}"""));
    }

    @Test
    void botOrderStaysInTheMainPipeline() {
        JsonNode card = card("bot_order.json", ACCOUNT, null);
        assertThat(card.get("name").asText()).isEqualTo("Заказ запчастей: Ирина");
        assertThat(card.get("pipeline_id").asLong()).isEqualTo(10226282);
        assertThat(card.get("status_id").asLong()).isEqualTo(80953554);
    }

    @Test
    void whatIsNotConfiguredIsLeftOut() {
        assertThat(card("cart_order.json", BARE, null)).isEqualTo(Json.read("""
                {"name":"Заказ запчастей: Пётр Примеров","price":25901,
                 "request_id":"11111111-2222-4333-8444-555555555555"}"""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "site.json|Сайт (Обратная связь): Анна Пример", "diagnostics_widget_full.json|Диагностика: Unknown User",
        "bot_invoice.json|bot_invoice: Глеб", "direct_api.json|direct_api: Прямой Клиент",
        "unknown_source.json|landing_2027: Вера"})
    void names(String file, String name) {
        assertThat(card(file, BARE, null).get("name").asText()).isEqualTo(name);
    }

    @Test
    void nameIsOneLineOf255CharactersAtMost() {
        assertThat(cards.card(Samples.json("{\"source\":\"bot\",\"message\":\"a\"}"), in(BARE), null).get("name").asText())
                .isEqualTo("Telegram Бот: Без имени");
        Lead lead = Samples.json("{\"source\":\"bot\",\"message\":\"a\",\"name\":\"И\\n" + "я".repeat(400) + "\"}");
        assertThat(cards.card(lead, in(BARE), null).get("name").asText())
                .hasSize(255).startsWith("Telegram Бот: И яя");
    }

    @Test
    void configurationAndNextMaintenance() {
        Lead lead = Samples.withMeta("site", """
                {"configuration":{"axes":5},"next_maintenance":"01.03.2027","serial_number":["A1","A2"]}""");
        assertThat(cards.card(lead, in(ACCOUNT), null).get("custom_fields_values").toString()).isEqualTo(
                "[{\"field_id\":712629,\"values\":[{\"value\":\"A1, A2\"}]},"
                + "{\"field_id\":712635,\"values\":[{\"value\":\"{\\\"axes\\\":5}\"}]},"
                + "{\"field_id\":712637,\"values\":[{\"value\":1803848400}]},"
                + "{\"field_id\":712639,\"values\":[{\"value\":\"11111111-2222-4333-8444-555555555555\"}]}]");
    }

    @Test
    void blankAndUnreadableFieldsAreLeftOut() {
        Lead lead = Samples.withMeta("site", "{\"serial_number\":\" \",\"machine_type\":\"" + "м".repeat(256)
                + "\",\"configuration\":{},\"next_maintenance\":\"скоро\"}");
        JsonNode fields = cards.card(lead, in(ACCOUNT), null).get("custom_fields_values");
        assertThat(List.of(fields.get(0).get("field_id").asLong(), fields.get(1).get("field_id").asLong()))
                .containsExactly(712631L, 712639L);
        assertThat(fields.get(0).get("values").get(0).get("value").asText()).isEqualTo("м".repeat(256));
        assertThat(fields).hasSize(2);
    }

    @Test
    void aTextThatDoesNotFitWholeIsInTheNoteAndNotCut() {
        String model = "16К20 " + "м".repeat(251);
        String configuration = "стол 1600 × 400, " + "ось ".repeat(70) + "конец";
        Lead lead = Samples.withMeta("site", "{\"machine_type\":\"" + model + "\",\"configuration\":\"" + configuration + "\"}");
        assertThat(cards.card(lead, in(ACCOUNT), null).get("custom_fields_values").toString()).isEqualTo(
                "[{\"field_id\":712639,\"values\":[{\"value\":\"11111111-2222-4333-8444-555555555555\"}]}]");
        assertThat(String.join("\n", Texts.notes(lead))).contains("Модель: " + model, "Конфигурация: " + configuration);
    }

    /** The account counts its days by its own clock, west of Moscow, far east of it, or where summer begins on that day. */
    @ParameterizedTest
    @CsvSource({"Europe/Kaliningrad, 2027-03-01", "Asia/Kamchatka, 2027-03-01", "America/New_York, 2027-03-14", "Asia/Calcutta, 2027-03-01",
        "Etc/GMT-3, 2027-03-01", "Africa/Cairo, 2027-04-30"})
    void theDayIsTheAccounts(String zone, LocalDate day) {
        for (String typed : List.of(day.toString(), day + "T00:00:00Z", day + "T00:00:00+03:00", day + " 10:00")) {
            Lead lead = Samples.withMeta("site", "{\"next_maintenance\":\"" + typed + "\"}");
            long told = cards.card(lead, new Account(zone, ACCOUNT), null).at("/custom_fields_values/0/values/0/value").asLong();
            assertThat(told).as(typed).isEqualTo(day.atStartOfDay(ZoneId.of(zone)).toEpochSecond());
        }
    }

    @Test
    void serialNumbersAreNeverCutWithinOne() {
        List<String> serials = IntStream.rangeClosed(1, 40).mapToObj(i -> "SN-2027-" + (1000 + i)).toList();
        for (String separator : List.of(", ", "; ", "\\n")) {
            Lead lead = Samples.withMeta("site", "{\"serial_number\":\"" + String.join(separator, serials) + "\"}");
            String told = cards.card(lead, in(ACCOUNT), null).at("/custom_fields_values/0/values/0/value").asText();
            assertThat(told).hasSizeLessThanOrEqualTo(256).isEqualTo(String.join(", ", serials.subList(0, 18)));
            String notes = String.join("\n", Texts.notes(lead));
            assertThat(serials).as("the rest is in the note").allSatisfy(serial -> assertThat(notes).contains(serial));
        }
        Lead lead = Samples.withMeta("site", "{\"serial_number\":[\"" + "9".repeat(257) + "\",\"SN-1\"]}");
        assertThat(cards.card(lead, in(ACCOUNT), null).at("/custom_fields_values/0/values/0/value").asText()).isEqualTo("SN-1");
        Lead endless = Samples.withMeta("site", "{\"serial_number\":\"" + "9".repeat(257) + "\"}");
        assertThat(cards.card(endless, in(ACCOUNT), null).at("/custom_fields_values/0/field_id").asLong()).isEqualTo(712639);
        assertThat(Texts.notes(endless)).anyMatch(note -> note.contains("9".repeat(257)));
    }

    @Test
    void contact() {
        assertThat(new ContactCard().card(Samples.named("cart_order.json"))).isEqualTo(Json.read("""
                {"name":"Пётр Примеров","custom_fields_values":[
                  {"field_code":"PHONE","values":[{"value":"+79991234568","enum_code":"WORK"}]},
                  {"field_code":"EMAIL","values":[{"value":"petr@example.com","enum_code":"WORK"}]}],
                 "request_id":"11111111-2222-4333-8444-555555555555"}"""));
    }

    @Test
    void contactOfWhomNothingIsKnown() {
        Lead lead = Samples.json("{\"message\":\"a\",\"phone\":\"N/A\",\"email\":\"нет\"}");
        assertThat(new ContactCard().card(lead))
                .isEqualTo(Json.object().put("name", "Новый клиент").put("request_id", lead.id().toString()));
    }

    @Test
    void aNumberThatNoPlanHasStandsInTheContactAsTyped() {
        JsonNode card = new ContactCard().card(Samples.json("{\"phone\":\"тел. +7 555 123-45-67 доб. 3\",\"email\":\"a@example.com, b@example.com\"}"));
        assertThat(card.path("custom_fields_values")).isEqualTo(Json.read("""
                [{"field_code":"PHONE","values":[{"value":"+7 555 123-45-67","enum_code":"WORK"}]},
                 {"field_code":"EMAIL","values":[{"value":"a@example.com","enum_code":"WORK"}]}]"""));
    }
}
