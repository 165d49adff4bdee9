package dev.amorelay.leads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amorelay.json.Json;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What known callers send, and what unknown ones may. */
class LeadReaderTest {

    private final LeadReader reader = new LeadReader();

    @Test
    void site() {
        Lead lead = Samples.lead("site.json");
        assertThat(lead.id()).isNotNull().isNotEqualTo(Samples.lead("site.json").id());
        assertThat(lead.source()).isEqualTo("site");
        assertThat(lead.name()).isEqualTo("Анна Пример");
        assertThat(lead.phone()).isEqualTo("+7 (999) 123-45-67");
        assertThat(lead.phoneE164()).isEqualTo("+79991234567");
        assertThat(lead.email()).isNull();
        assertThat(lead.message()).isEqualTo("Перезвоните, пожалуйста 🙏");
        assertThat(lead.telegramId()).isNull();
        assertThat(lead.price()).isZero();
        assertThat(lead.meta()).isEqualTo(Json.read("{\"userAgent\":\"Mozilla/5.0 (X11; Linux x86_64)\"}"));
        assertThat(lead.remarks()).isEmpty();
    }

    @Test
    void cartWithFractionalTotalAndTelegramUser() {
        Lead lead = Samples.lead("cart_order.json");
        assertThat(lead.phoneE164()).isEqualTo("+79991234568");
        assertThat(lead.email()).isEqualTo("petr@example.com");
        assertThat(lead.telegramId()).isEqualTo(555000111L);
        assertThat(lead.price()).isEqualTo(25901);
        assertThat(lead.meta().get("items")).hasSize(2);
        assertThat(lead.meta().get("total").decimalValue()).isEqualByComparingTo("25901.75");
        assertThat(lead.remarks()).isEmpty();
    }

    @Test
    void widgetWhoseNameIsThePhone() {
        Lead lead = Samples.lead("diagnostics_widget_null.json");
        assertThat(lead.name()).isEqualTo("+7 999 123-45-69");
        assertThat(lead.phone()).isEqualTo("+7 999 123-45-69");
        assertThat(lead.phoneE164()).isEqualTo("+79991234569");
        assertThat(lead.meta().get("analysis_result").isNull()).isTrue();
        assertThat(lead.remarks()).isEmpty();
    }

    @Test
    void widgetOfAnUnknownUser() {
        Lead lead = Samples.lead("diagnostics_widget_full.json");
        assertThat(lead.name()).isEqualTo("Unknown User");
        assertThat(lead.phone()).isNull();
        assertThat(lead.phoneE164()).isNull();
        assertThat(lead.telegramId()).isEqualTo(555000112L);
        assertThat(lead.remarks()).isEmpty();
    }

    @Test
    void serviceRequest() {
        Lead lead = Samples.lead("diagnostics.json");
        assertThat(lead.phoneE164()).isEqualTo("+79991234570");
        assertThat(lead.telegramId()).isEqualTo(555000113L);
        assertThat(lead.meta().get("serial_number").asText()).isEqualTo("SN-2024-001");
    }

    @Test
    void botOrderWithoutAPhone() {
        Lead lead = Samples.lead("bot_order.json");
        assertThat(lead.phone()).isEqualTo("N/A");
        assertThat(lead.phoneE164()).isNull();
        assertThat(lead.telegramId()).isEqualTo(555000114L);
        assertThat(lead.price()).isEqualTo(3000);
        assertThat(lead.remarks()).containsExactly("Телефон не распознан: «N/A»");
    }

    @Test
    void botInvoiceAndDirectAndUnknownSourceAreTaken() {
        assertThat(Samples.lead("bot_invoice.json").telegramId()).isEqualTo(555000115L);
        assertThat(Samples.lead("bot_invoice.json").remarks()).isEmpty();
        assertThat(Samples.lead("direct_api.json").phoneE164()).isEqualTo("+79991234571");
        Lead unknown = Samples.lead("unknown_source.json");
        assertThat(unknown.source()).isEqualTo("landing_2027");
        assertThat(unknown.meta()).isEqualTo(Json.read("{\"page\":\"/stanki/cnc-500\",\"utm_source\":\"yandex\"}"));
    }

    @Test
    void formWithCyrillicAndEmoji() {
        Lead lead = reader.read(Samples.bytes("form.txt"), "application/x-www-form-urlencoded");
        assertThat(lead.name()).isEqualTo("Анна Пример");
        assertThat(lead.phone()).isEqualTo("+7 (999) 123-45-67");
        assertThat(lead.message()).isEqualTo("Привет 😀");
        assertThat(lead.price()).isEqualTo(1500);
        assertThat(lead.meta()).isEqualTo(Json.read("""
                {"utm_source":"yandex","total":"1500.75","page":"/cart",
                 "items":[{"name":"Болт","price":"10","quantity":"3"}]}"""));
        assertThat(lead.remarks()).isEmpty();
    }

    /** A program that sends lists reads no answer: what it says of others is for a person to read. */
    @Test
    void ofSeveralLeadsTheFirstWithTheOthersInItsNote() {
        Lead lead = reader.read("""
                [{"source":"site","name":"Анна","phone":"+79991234567"},{"source":"site","name":"Пётр","phone":"+79991234568"}]"""
                .getBytes(StandardCharsets.UTF_8), "application/json");
        assertThat(lead.name()).isEqualTo("Анна");
        assertThat(lead.phoneE164()).isEqualTo("+79991234567");
        assertThat(FormNote.of(lead).toString()).contains("Пётр", "+79991234568").doesNotContain("Анна");
        Lead words = reader.read("[\"Анна\", \"позвоните\"]".getBytes(StandardCharsets.UTF_8), "application/json");
        assertThat(FormNote.of(words).toString()).contains("Анна", "позвоните");
        assertThat(reader.read("\"Перезвоните Анне\"".getBytes(StandardCharsets.UTF_8), "application/json").message()).isEqualTo("Перезвоните Анне");
    }

    @Test
    void formInItsDeclaredCharset() {
        byte[] body = "name=Анна&message=Привет".getBytes(Charset.forName("windows-1251"));
        Lead lead = reader.read(body, "application/x-www-form-urlencoded; charset=windows-1251");
        assertThat(lead.name()).isEqualTo("Анна");
        assertThat(lead.message()).isEqualTo("Привет");
        assertThat(lead.remarks()).isEmpty();
    }

    @Test
    void oldCharsetThatNobodyDeclared() {
        byte[] json = "{\"name\":\"Анна\",\"phone\":\"89991234567\"}".getBytes(Charset.forName("windows-1251"));
        Lead lead = reader.read(json, "application/json");
        assertThat(lead.name()).isEqualTo("Анна");
        assertThat(lead.remarks())
                .containsExactly("Текст пришёл не в UTF-8, часть символов может быть прочитана неверно");
    }

    @Test
    void multipartFields() {
        Lead lead = reader.read(Map.of("name", List.of("Иван"), "phone", List.of("", "8 999 123 45 67"),
                "meta", List.of("{\"total\":700,\"items\":[]}"), "color", List.of("red", "blue")));
        assertThat(lead.phoneE164()).isEqualTo("+79991234567");
        assertThat(lead.price()).isEqualTo(700);
        assertThat(lead.meta()).isEqualTo(Json.read("{\"total\":700,\"items\":[],\"color\":[\"red\",\"blue\"]}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/x-www-form-urlencoded", "text/plain;charset=UTF-8",
        "nonsense", "application/json; charset=no-such", "application/vnd.api+json"})
    void jsonUnderAnyType(String contentType) {
        byte[] body = "\ufeff {\"phone\":\"89991234567\"}".getBytes(StandardCharsets.UTF_8);
        assertThat(reader.read(body, contentType).phoneE164()).isEqualTo("+79991234567");
    }

    @Test
    void formWithoutAType() {
        assertThat(reader.read("phone=89991234567".getBytes(StandardCharsets.UTF_8), null).phoneE164())
                .isEqualTo("+79991234567");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"meta\":{\"tg_user_id\":5}}", "{\"meta\":{\"telegram_id\":\"5\"}}", "{\"meta\":{\"telegram_user_id\":5.0}}",
        "{\"meta\":{\"telegram_user\":{\"id\":5}}}", "{\"meta\":{\"telegram_user\":{\"id\":\"5\"}}}", "{\"tg_user_id\":5}",
        "{\"telegram_id\":\"5\"}", "{\"telegram_user_id\":5}", "{\"telegram_user\":{\"id\":5}}",
        "{\"meta\":{\"tg_user_id\":null,\"telegram_id\":\"нет\"},\"telegram_user_id\":5}"})
    void telegramUnderEachOfItsNames(String json) {
        Lead lead = Samples.json(json);
        assertThat(lead.telegramId()).isEqualTo(5L);
        assertThat(lead.remarks()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-5", "0", "\"нет\"", "1.5", "99999999999999999999", "[5]"})
    void telegramIdThatIsNone(String id) {
        Lead lead = Samples.json("{\"message\":\"Привет\",\"meta\":{\"telegram_id\":" + id + "}}");
        assertThat(lead.telegramId()).isNull();
        assertThat(lead.remarks()).containsExactly("Telegram ID не распознан: «" + id.replace("\"", "") + "»");
    }

    @Test
    void telegramNameAloneIsAWayToReachThePerson() {
        assertThat(Samples.json("{\"telegram_user\":{\"username\":\"ivan_example\"}}").telegramId()).isNull();
    }

    @Test
    void wrongTypes() {
        Lead lead = Samples.json("""
                {"source": 7, "name": 12345, "phone": 89991234567, "email": false, "message": {"text": "Привет"},
                 "meta": [1, "два"], "items": 5}""");
        assertThat(lead.source()).isEqualTo("7");
        assertThat(lead.name()).isEqualTo("12345");
        assertThat(lead.phoneE164()).isEqualTo("+79991234567");
        assertThat(lead.email()).isEqualTo("false");
        assertThat(lead.message()).isEqualTo("{\"text\":\"Привет\"}");
        assertThat(lead.meta()).isEqualTo(Json.read("{\"value\":[1,\"два\"],\"items\":5}"));
        assertThat(lead.remarks()).containsExactly("Поле meta пришло не объектом, сохранено как есть",
                "Email не распознан: «false»");
    }

    @Test
    void unknownKeysNeverOverwriteMeta() {
        Lead lead = Samples.json("""
                {"message":"Привет","total":5,"page":"/a","city":"Пермь","meta":{"total":7,"page":"/a","city":null}}""");
        assertThat(lead.meta())
                .isEqualTo(Json.read("{\"total\":7,\"page\":\"/a\",\"city\":\"Пермь\",\"total_2\":5}"));
        assertThat(lead.price()).isEqualTo(7);
    }

    @Test
    void priceAtTheTop() {
        assertThat(Samples.json("{\"message\":\"a\",\"price\":\"1500\"}").price()).isEqualTo(1500);
        assertThat(Samples.json("{\"message\":\"a\",\"total\":1500}").price()).isEqualTo(1500);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1 500,75 ₽", "1e9", "-5", "NaN"})
    void unreadablePriceDoesNotStopALead(String total) {
        Lead lead = Samples.json("{\"phone\":\"89991234567\",\"meta\":{\"total\":\"" + total + "\"}}");
        assertThat(lead.price()).isZero();
        assertThat(lead.remarks()).containsExactly("Сумма не распознана: «" + total + "»");
        assertThat(lead.meta().get("total").asText()).isEqualTo(total);
    }

    @Test
    void badEmailAndDateAreRemarked() {
        Lead lead = Samples.json("""
                {"phone":"89991234567","email":"ivan@@example","meta":{"next_maintenance":"скоро"}}""");
        assertThat(lead.email()).isEqualTo("ivan@@example");
        assertThat(lead.remarks()).containsExactly("Email не распознан: «ivan@@example»",
                "Дата следующего ТО не распознана: «скоро»");
    }

    @Test
    void phoneThatIsNoneWithANameThatIsOne() {
        Lead lead = Samples.json("{\"name\":\"8 999 123-45-67\",\"phone\":\"N/A\"}");
        assertThat(lead.phone()).isEqualTo("N/A");
        assertThat(lead.phoneE164()).isEqualTo("+79991234567");
        assertThat(lead.remarks()).containsExactly("Телефон не распознан: «N/A»");
    }

    @Test
    void anExtensionStaysWithThePhoneAsTyped() {
        Lead lead = Samples.json("{\"name\":\"Снабжение, Ольга\",\"phone\":\"+7 (495) 555-01-07 доб. 214\"}");
        assertThat(lead.phone()).isEqualTo("+7 (495) 555-01-07 доб. 214");
        assertThat(lead.phoneE164()).isEqualTo("+74955550107");
        assertThat(lead.remarks()).isEmpty();
    }

    @Test
    void ofSeveralPhonesAndAddressesTheFirstIsUnderstoodAndAllAreKept() {
        Lead lead = Samples.json("""
                {"phone":["8 912 555-01-11","8 913 555-01-12"],"email":["anna@example.com","olga@example.com"]}""");
        assertThat(lead.phone()).isEqualTo("8 912 555-01-11");
        assertThat(lead.phoneE164()).isEqualTo("+79125550111");
        assertThat(lead.email()).isEqualTo("anna@example.com");
        assertThat(lead.meta()).isEqualTo(Json.read("{\"phone_2\":\"8 913 555-01-12\",\"email_2\":\"olga@example.com\"}"));
        assertThat(lead.address()).isEqualTo("anna@example.com");
        assertThat(lead.remarks()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ООО «Крымстанок», ИНН 9102012345", "ИНН 9102012345", "9102012345", "Заказ 89102012345 от 01.02.2026",
        "ИП Иванов, ОГРНИП 304500116000157", "р/с 40702810910201234567", "Иван 8 910 201-23-45"})
    void noPhoneIsMadeOfAName(String name) {
        Lead lead = Samples.json("{\"name\":\"" + name + "\",\"email\":\"zakup@krymstanok.example\",\"message\":\"Тел. 8 910 201-23-45\"}");
        assertThat(lead.phone()).isNull();
        assertThat(lead.phoneE164()).isNull();
        assertThat(lead.name()).isEqualTo(name);
        assertThat(lead.remarks()).isEmpty();
    }

    /** The widget sends a phone as the name, and nothing else to reach the person by. */
    @Test
    void tenDigitsForANameAreAPhoneWhereNothingElseReachesThePerson() {
        assertThat(Samples.json("{\"name\":\"9991234567\",\"message\":\"Диагностика\"}").phoneE164()).isEqualTo("+79991234567");
    }

    @Test
    void aTaxpayersNumberForAPhoneIsRemarkedAndTaken() {
        Lead lead = Samples.json("{\"name\":\"Анна\",\"phone\":\"ИНН 9102012345\"}");
        assertThat(lead.phoneE164()).isNull();
        assertThat(lead.remarks()).containsExactly("Телефон не распознан: «ИНН 9102012345»");
    }

    @Test
    void aPlusThatBecameASpace() {
        Lead lead = reader.read("name=Nino&phone=+995 555 12 34 56&email=".getBytes(StandardCharsets.UTF_8), "application/x-www-form-urlencoded");
        assertThat(lead.phoneE164()).isEqualTo("+995555123456");
        assertThat(lead.remarks()).isEmpty();
    }

    /** Whoever cannot be understood is still somebody: a person may read what we cannot. */
    @ParameterizedTest
    @ValueSource(strings = {"995 55 12 34 56", "+7 (912) 555-01-1", "555-01-07", "99999999999999999999"})
    void aNumberThatCannotBeReadIsTakenWithARemark(String phone) {
        Lead lead = Samples.json("{\"name\":\"Nino\",\"phone\":\"" + phone + "\"}");
        assertThat(lead.phoneE164()).isNull();
        assertThat(lead.remarks()).containsExactly("Телефон не распознан: «" + phone + "»");
    }

    @ParameterizedTest
    @ValueSource(strings = {"+7 555 123-45-67", "+999 12 345 678", "+995 111 23 45 67 доб. 3"})
    void aNumberThatNoPlanHasIsTakenWithARemark(String phone) {
        Lead lead = Samples.json("{\"name\":\"Nino\",\"phone\":\"" + phone + "\"}");
        assertThat(lead.phoneE164()).startsWith("+");
        assertThat(lead.remarks()).containsExactly("Номер не найден в плане нумерации, записан как указан: «" + phone + "»");
    }

    @ParameterizedTest
    @ValueSource(longs = {5134861422L, 4503599627370495L, 999999999999999999L})
    void telegramIdOf64Bits(long id) {
        assertThat(Samples.json("{\"source\":\"bot_invoice\",\"name\":\"Новый id\",\"meta\":{\"telegram_user_id\":" + id + "}}").telegramId())
                .isEqualTo(id);
    }

    @Test
    void missingSourceIsUnknown() {
        assertThat(Samples.json("{\"message\":\"a\"}").source()).isEqualTo("unknown");
        assertThat(Samples.json("{\"message\":\"a\",\"source\":\" \\n \"}").source()).isEqualTo("unknown");
    }

    @Test
    void tooLongIsCutAndStandsWholeInARemark() {
        String name = "Я".repeat(499) + "😀😀";
        String source = "s".repeat(65);
        Lead lead = Samples.json("{\"message\":\"a\",\"name\":\"" + name + "\",\"source\":\"" + source + "\"}");
        assertThat(lead.name()).isEqualTo("Я".repeat(499));
        assertThat(lead.source()).isEqualTo("s".repeat(64));
        assertThat(lead.remarks()).containsExactly("Источник длиннее 64 знаков, полностью: «" + source + "»",
                "Имя длиннее 500 знаков, полностью: «" + name + "»");
    }

    @Test
    void messageHasNoLimit() {
        String message = "строка\\n".repeat(50_000);
        assertThat(Samples.json("{\"message\":\"" + message + "\"}").message()).hasSize(350_000);
    }

    @Test
    void onlyStorableTextComesOut() {
        Lead lead = Samples.json("""
                {"source":"s\\u0000","name":"a\\u0000b","message":"\\ud800x","meta":{"k\\u0000":["\\udc00", 1e999999]}}""");
        assertThat(lead.source()).isEqualTo("s");
        assertThat(lead.name()).isEqualTo("a\ufffdb");
        assertThat(lead.message()).isEqualTo("\ufffdx");
        assertThat(lead.meta()).isEqualTo(Json.read("{\"k\ufffd\":[\"\ufffd\",\"1E+999999\"]}"));
    }

    @Test
    void duplicateKeysLastWins() {
        assertThat(Samples.json("{\"message\":\"a\",\"message\":\"b\"}").message()).isEqualTo("b");
    }

    @Test
    void aLeadInALogLineShowsNobody() {
        Lead lead = Samples.named("cart_order.json");
        assertThat(lead.toString()).isEqualTo("Lead[11111111-2222-4333-8444-555555555555, cart_order]");
    }
}
