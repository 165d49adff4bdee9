package dev.amorelay.leads;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.amorelay.json.Json;
import dev.amorelay.json.StoredJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is posted to the leads' doors is a lead that can be stored, noted and mailed, or is refused in words. */
class LeadFuzzTest {

    private static final LeadReader READER = new LeadReader();

    static Stream<byte[]> forms() {
        return Stream.of("name=%D0%98%D0%B2%D0%B0%D0%BD&phone=%2B79125550102&email=a%40b.ru&message=hi",
                "Phone=89125550102&tranid=1:2&formid=form1&payment[orderid]=5&payment[products][0][name]=x", "meta.total=5&meta[items][0][name]=a&meta[items][0][price]=1",
                "form_fields[name]=x&form_fields[email]=a@b.ru&_charset_=windows-1251", "your-name=%C8%E2%E0%ED&your-tel=8 912", "a[b]=1&a=2&a[]=3&meta={\"a\":1}",
                "phone=89125550102&_charset_=windows-1", "phone=89125550102&_charset_=%00", "phone=89125550102&_charset_=")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    static Stream<byte[]> json() {
        return Stream.of("{\"source\":\"site\",\"name\":\"Иван\",\"phone\":\"+7 912 555-01-02\",\"meta\":{\"total\":1500.75,\"items\":[{\"name\":\"a\",\"price\":1}]}}",
                "{\"data\":{\"fields\":[{\"label\":\"Телефон\",\"value\":\"89125550102\"}]}}", "{\"telegram_id\":5,\"meta\":\"{\\\"x\\\":1}\",\"next_maintenance\":1e9}",
                "{\"answers\":[{\"q\":\"x\",\"a\":[1,2]}],\"contacts\":{\"name\":{\"first_name\":\"a\"},\"phone\":[\"1\",\"2\"]}}",
                "{\"analysis_result\":{\"risk_level\":\"высокий\",\"probability\":1e400},\"message\":5}").map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    private static void read(byte[] body, String type) {
        Lead lead;
        try {
            lead = READER.read(body, type);
        } catch (LeadRejected rejected) {
            assertThat(rejected.problems()).isNotEmpty().allSatisfy(problem -> assertThat(problem.message()).isNotBlank());
            return;
        }
        String stored = StoredJson.write(lead.meta());
        assertThat(StoredJson.write(Json.read(stored))).isEqualTo(stored);
        assertThat(lead.source()).isNotBlank().doesNotContain("\n").hasSizeLessThanOrEqualTo(64);
        assertThat(lead.price()).isBetween(0L, Price.LARGEST);
        assertThat(lead.phoneE164() == null || lead.phoneE164().matches("\\+[1-9]\\d{5,14}")).isTrue();
        assertThat(Texts.notes(lead)).hasSizeLessThan(40).allSatisfy(note -> assertThat(note.length()).isLessThanOrEqualTo(LeadNotes.LONGEST));
        assertThat(Texts.subject(lead)).doesNotContain("\n").doesNotContain("\r");
        assertThat(Texts.mail(lead)).contains(lead.id().toString());
    }

    @MethodSource("forms")
    @FuzzTest
    void aForm(byte[] body) {
        read(body, "application/x-www-form-urlencoded");
    }

    @MethodSource("json")
    @FuzzTest
    void jsonOfAnyShape(byte[] body) {
        read(body, "application/json");
        read(body, null);
    }

    static Stream<byte[]> prices() {
        return Stream.of("1500.75", "\"1500,75 ₽\"", "1e9", "-0.0", "1e999999999", "[1]").map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("prices")
    @FuzzTest
    void aPrice(byte[] total) {
        String text = new String(total, StandardCharsets.UTF_8);
        assertThat(Price.of(TextNode.valueOf(text)).roubles()).isBetween(0L, Price.LARGEST);
        try {
            assertThat(Price.of(Json.MAPPER.readTree(total)).roubles()).isBetween(0L, Price.LARGEST);
        } catch (IOException | NumberFormatException | ArithmeticException e) {
            // no JSON
        }
    }

    static Stream<byte[]> tables() throws IOException {
        return Stream.of(Files.readAllBytes(Path.of("routes/lead/names.yaml")), "fields:\n  phone: [tel, 'мой телефон']\n".getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("tables")
    @FuzzTest
    void anEditOfTheTableOfNames(byte[] yaml) {
        LeadNames names = LeadNamesReader.read("lead/names.yaml", new String(yaml, StandardCharsets.UTF_8), finding ->
                assertThat(finding.line()).isPositive());
        assertThat(names.field("phone")).isNotNull();
    }
}
