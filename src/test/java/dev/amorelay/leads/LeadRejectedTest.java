package dev.amorelay.leads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no lead, and what the form is told. */
class LeadRejectedTest {

    private static final FieldProblem NOTHING =
            new FieldProblem("phone", "Укажите телефон, email или Telegram либо напишите сообщение");

    private static LeadRejected rejected(String body, String contentType) {
        return catchThrowableOfType(LeadRejected.class,
                () -> new LeadReader().read(body.getBytes(StandardCharsets.UTF_8), contentType));
    }

    private static List<FieldProblem> json(String body) {
        return rejected(body, "application/json").problems();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"message\":\" \\n\\u00a0\\u0000\",\"phone\":null,\"meta\":{}}",
        "{\"source\":\"site\",\"meta\":{\"total\":500}}", "{\"phone\":\"\",\"email\":\"\"}", "{\"telegram_id\":0}",
        "{\"name\":\"-\",\"phone\":\"+7 (___) ___-__-__\",\"page\":\"/a\"}"})
    void emptyLead(String body) {
        assertThat(json(body)).containsExactly(NOTHING);
    }

    @Test
    void emptyForm() {
        assertThat(rejected("name=&phone=&message=&source=site&tranid=1", "application/x-www-form-urlencoded").problems())
                .containsExactly(NOTHING);
    }

    @Test
    void brokenJsonTellsWhereAndNotWhat() {
        LeadRejected rejected = rejected("{\"name\":\"Иван\",\n \"phone\": 8 999 }", "application/json");
        assertThat(rejected.problems()).containsExactly(
                new FieldProblem("body", "Тело запроса не является корректным JSON (строка 2, столбец 13)"));
        assertThat(rejected).hasMessage("lead rejected: body").hasNoCause();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"message\":\"a\"} x", "{\"message\":\"a\"}{}", "{\"message\":\"a", "{\"message\":NaN}",
        "{'message':'a'}", "{\"message\":\"a\",}", "{\"message\":\"a\",\"meta\":{\"total\":1e99999999999}}"})
    void malformedJson(String body) {
        assertThat(json(body)).singleElement().satisfies(problem -> {
            assertThat(problem.field()).isEqualTo("body");
            assertThat(problem.message()).startsWith("Тело запроса не является корректным JSON");
        });
    }

    @Test
    void otherThanAnObject() {
        for (String body : List.of("[]", "\"  \"", "5", "true", "null")) {
            assertThat(json(body)).as(body).containsExactly(new FieldProblem("body", "Тело запроса должно быть объектом JSON"));
        }
    }

    @Test
    void deepNestingAndLongNumbers() {
        String deep = "{\"message\":\"a\",\"meta\":{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}}";
        String number = "{\"message\":\"a\",\"meta\":{\"total\":" + "9".repeat(501) + "}}";
        FieldProblem problem = new FieldProblem("body",
                "JSON слишком сложный: вложенность больше 100 или число длиннее 500 знаков");
        assertThat(json(deep)).containsExactly(problem);
        assertThat(json(number)).containsExactly(problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  \r\n", "\ufeff"})
    void emptyBody(String body) {
        assertThat(rejected(body, null).problems())
                .containsExactly(new FieldProblem("body", "Пустой запрос: в нём нет заявки"));
    }

    @Test
    void neitherJsonNorForm() {
        FieldProblem problem =
                new FieldProblem("body", "Тело запроса не распознано: отправьте JSON или поля формы");
        assertThat(rejected("<lead/>", "text/xml").problems()).containsExactly(problem);
        assertThat(rejected("--x\r\nContent-Disposition: form-data; name=\"phone\"\r\n\r\n89991234567\r\n--x--",
                "multipart/form-data; boundary=x").problems()).containsExactly(problem);
    }
}
