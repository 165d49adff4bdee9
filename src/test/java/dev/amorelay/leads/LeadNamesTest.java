package dev.amorelay.leads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.amorelay.settings.RouteSettings;
import dev.amorelay.workshop.DataFolder;
import dev.amorelay.workshop.Finding;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of the names that forms use. */
class LeadNamesTest {

    private static final String TABLE = """
            fields:
              phone: [phone, телефон]
              email: [e-mail]
            words:
              phone: [телефон]
            tests:
              - fields: {test: test}
            """;

    private static List<String> found(String text) {
        List<Finding> findings = new ArrayList<>();
        LeadNamesReader.read("lead/names.yaml", text, findings::add);
        return findings.stream().map(Finding::toString).toList();
    }

    @Test
    void nothingIsWrongWithTheShippedOne() throws IOException {
        assertThat(found(Files.readString(Path.of("routes/lead/names.yaml")))).isEmpty();
        assertThat(found(TABLE)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "[e-mail]|[e-mail, Телефон]|3:19: 'Телефон' is claimed by phone and email",
        "fields:|feilds:|1:1: 'feilds' is not a section",
        "[e-mail]|e-mail|3:10: a list of names is expected",
        "[e-mail]|['!']|3:11: a name needs a letter or a digit",
        "email:|E-mail:|3:3: 'E-mail' is no name of ours",
        "email:|phone:|3:3: 'phone' is there twice",
        "phone: [телефон]|name: [телефон]|5:3: 'name' is not a field whose values can be told by their look",
        "fields: {test: test}|field: {test: test}|7:5: 'field' is not a part of a connection test",
        "[e-mail]|[e-mail|4:6: no valid YAML"})
    void whatIsWrongIsToldWithItsPlace(String from, String to, String told) {
        assertThat(TABLE).contains(from);
        int at = TABLE.lastIndexOf(from);
        String changed = from.equals("fields:") ? TABLE.replaceFirst(from, to) : TABLE.substring(0, at) + to + TABLE.substring(at + from.length());
        assertThat(found(changed)).anyMatch(finding -> finding.startsWith("lead/names.yaml:" + told));
    }

    @Test
    void theFolderGoesBeforeTheJar(@TempDir Path folder) throws IOException {
        LeadNamesBook jar = new LeadNamesBook(new RouteSettings(false, folder.toString(), "", ""));
        assertThat(jar.now().field("Сотовый")).contains("phone");
        Files.createDirectories(folder.resolve("lead"));
        Files.writeString(folder.resolve("lead/names.yaml"), TABLE.replace("phone, ", "phone, вертушка, "));
        LeadNamesBook own = new LeadNamesBook(new RouteSettings(false, folder.toString(), "", ""));
        assertThat(own.now().field("Вертушка")).contains("phone");
        assertThat(own.now().field("Сотовый")).isEmpty();
        Files.writeString(folder.resolve("lead/names.yaml"), "fields: [");
        assertThatThrownBy(() -> new LeadNamesBook(new RouteSettings(false, folder.toString(), "", ""))).hasMessageContaining("lead/names.yaml:1:");
    }

    @Test
    void anEditCountsAtTheNextPost() {
        LeadNamesBook book = new LeadNamesBook();
        LeadReader reader = new LeadReader(book);
        byte[] body = "Вертушка=8 912 555-01-02".getBytes(StandardCharsets.UTF_8);
        assertThat(reader.read(body, "application/x-www-form-urlencoded").phone()).isNull();
        book.take(new DataFolder(Map.of("lead/names.yaml", TABLE.replace("телефон]\n  email", "вертушка]\n  email"))));
        assertThat(reader.read(body, "application/x-www-form-urlencoded").phoneE164()).isEqualTo("+79125550102");
        book.take(DataFolder.SHIPPED);
        assertThat(reader.read("Мобильный=8 912 555-01-02".getBytes(StandardCharsets.UTF_8), "application/x-www-form-urlencoded").phoneE164())
                .isEqualTo("+79125550102");
    }

    @ParameterizedTest
    @CsvSource({"Phone,phone", "PHONE_2,phone", "your-phone,phone", "form_fields[phone],phone", "Ваш телефон *,phone", "Телефон (обязательно),phone",
        "contactPhone,phone", "q5_phoneNumber,phone", "field:phone_5e2d,phone", "E-Mail,email", "user_email,email", "Фамилия,last_name", "ФИО,name",
        "Ваше имя:,name", "Имя 1,name", "Ёмейл,email", "form_name,", "company_name,", "phone_code,", "Номер,"})
    void namesAreComparedByTheirWords(String name, String field) {
        assertThat(new LeadNamesBook().now().field(name)).isEqualTo(Optional.ofNullable(field));
    }
}
