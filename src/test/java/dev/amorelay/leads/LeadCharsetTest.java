package dev.amorelay.leads;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Old forms, in whatever charset: read as typed, and with a word where that had to be found out. */
class LeadCharsetTest {

    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String MULTIPART = "multipart/form-data; boundary=x";

    private final LeadReader reader = new LeadReader();

    private static byte[] form(String charset, String... pairs) {
        return Stream.of(pairs).map(pair -> pair.split("=", 2)).map(pair -> escaped(pair[0], charset) + "=" + escaped(pair[1], charset))
                .collect(Collectors.joining("&")).getBytes(StandardCharsets.US_ASCII);
    }

    private static String escaped(String text, String charset) {
        StringBuilder escaped = new StringBuilder();
        for (byte b : text.getBytes(Charset.forName(charset))) {
            escaped.append(String.format("%%%02X", b));
        }
        return escaped.toString();
    }

    private static RawField field(String name, String value, String charset, String own) {
        return new RawField(name.getBytes(Charset.forName(charset)), value.getBytes(Charset.forName(charset)), own == null ? null : Charset.forName(own));
    }

    private static void isAsTyped(Lead lead, boolean remarked) {
        assertThat(lead.name()).isEqualTo("Оператор Жуков");
        assertThat(lead.message()).isEqualTo("Операция отменена");
        assertThat(lead.remarks()).isEqualTo(remarked ? List.of(BodyText.REMARK) : List.of());
    }

    @ParameterizedTest
    @CsvSource({"windows-1251,windows-1251", "windows-1251,cp1251", "windows-1251,'\"Windows-1251\"'", "windows-1251,win-1251", "KOI8-R,koi8-r", "KOI8-R,KOI8R",
        "ISO-8859-5,iso-8859-5", "UTF-8,utf8"})
    void aFormInItsDeclaredCharset(String charset, String declared) {
        isAsTyped(reader.read(form(charset, "name=Оператор Жуков", "message=Операция отменена"), FORM + "; charset=" + declared), false);
    }

    @Test
    void aFormThatAScriptEscapedTheOldWay() {
        String body = "name=%u041E%u043F%u0435%u0440%u0430%u0442%u043E%u0440%20%u0416%u0443%u043A%u043E%u0432&message=%u041E%u043F%u0435%u0440%u0430%u0446%u0438%u044F"
                + "+%u043E%u0442%u043C%u0435%u043D%u0435%u043D%u0430";
        isAsTyped(reader.read(body.getBytes(StandardCharsets.US_ASCII), FORM), false);
        assertThat(reader.read("message=%uD83D%uDE9C+100%u+%25u0412".getBytes(StandardCharsets.US_ASCII), FORM).message()).isEqualTo("🚜 100%u %u0412");
    }

    @ParameterizedTest
    @ValueSource(strings = {"windows-1251", "KOI8-R", "IBM866", "ISO-8859-5"})
    void aFormThatDeclaresNothing(String charset) {
        isAsTyped(reader.read(form(charset, "name=Оператор Жуков", "message=Операция отменена"), FORM), true);
    }

    @ParameterizedTest
    @CsvSource({"windows-1251", "KOI8-R"})
    void aFormThatSaysItsCharsetInAField(String charset) {
        isAsTyped(reader.read(form(charset, "name=Оператор Жуков", "_charset_=" + charset, "message=Операция отменена"), FORM), false);
        isAsTyped(reader.read(PostedForm.of(List.of(field("_charset_", charset, charset, null), field("name", "Оператор Жуков", charset, null),
                field("message", "Операция отменена", charset, null)), MULTIPART)), false);
    }

    @ParameterizedTest
    @CsvSource({"windows-1251", "KOI8-R"})
    void partsInADeclaredCharset(String charset) {
        List<RawField> plain = List.of(field("name", "Оператор Жуков", charset, null), field("message", "Операция отменена", charset, null));
        isAsTyped(reader.read(PostedForm.of(plain, "multipart/form-data; charset=" + charset + "; boundary=x")), false);
        isAsTyped(reader.read(PostedForm.of(plain, MULTIPART)), true);
        isAsTyped(reader.read(PostedForm.of(List.of(field("name", "Оператор Жуков", charset, charset),
                field("message", "Операция отменена", "UTF-8", null)), MULTIPART)), false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"windows-1251", "KOI8-R"})
    void jsonInAnOldCharset(String charset) {
        byte[] body = "{\"name\":\"Оператор Жуков\",\"message\":\"Операция отменена\"}".getBytes(Charset.forName(charset));
        isAsTyped(reader.read(body, "application/json; charset=" + charset), false);
        isAsTyped(reader.read(body, "application/json"), true);
    }

    @Test
    void theNamesOfFieldsToo() {
        Lead lead = reader.read(form("windows-1251", "Ваше имя=Анна", "Телефон=8 912 555-01-27", "Размер=Большой"), FORM);
        assertThat(lead.name()).isEqualTo("Анна");
        assertThat(lead.phoneE164()).isEqualTo("+79125550127");
        assertThat(lead.meta().path("Размер").asText()).isEqualTo("Большой");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Анна", "ИВАН ПЕТРОВ", "анна", "Ёлкина Алёна", "ООО «СЁМГА»", "Щукин", "звонить после 18:00", "Яна"})
    void shortTextsToo(String name) {
        for (String charset : new String[] {"windows-1251", "KOI8-R"}) {
            if (Charset.forName(charset).newEncoder().canEncode(name)) {
                assertThat(reader.read(form(charset, "name=" + name, "phone=89125550127"), FORM).name()).as(charset).isEqualTo(name);
            }
        }
    }

    @Test
    void aScriptThatSendsUtf8OnAPageOfAnotherCharset() {
        isAsTyped(reader.read(form("UTF-8", "name=Оператор Жуков", "message=Операция отменена"), FORM + "; charset=windows-1251"), true);
    }

    @Test
    void aPageOfAnotherCharsetThatSaysItIsUtf8() {
        isAsTyped(reader.read(form("windows-1251", "name=Оператор Жуков", "message=Операция отменена"), FORM + "; charset=UTF-8"), true);
    }

    @Test
    void aTextThatWasCutInACharacterStaysUtf8() {
        byte[] body = "message=%D0%9F%D1%80%D0%B8%D0%B2%D0".getBytes(StandardCharsets.US_ASCII);
        assertThat(reader.read(body, FORM).message()).isEqualTo("Прив\ufffd");
    }
}
