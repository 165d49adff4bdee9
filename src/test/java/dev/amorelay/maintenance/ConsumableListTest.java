package dev.amorelay.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.amorelay.json.Json;
import dev.amorelay.maintenance.ConsumablesRefused.Mistake;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConsumableListTest {

    private static final String HEAD = "Модель;Расходный материал;Артикул;Количество\r\n";
    private static final String TABLE = HEAD + "16К20;Масло И-20А;;5 л\r\n16К20;\"Ремень; клиновой \"\"А\"\"\";А-1250;2 шт.\r\n;;;\r\n";
    private static final List<Consumable> TOLD = List.of(new Consumable("16К20", "Масло И-20А", null, "5 л"),
            new Consumable("16К20", "Ремень; клиновой \"А\"", "А-1250", "2 шт."));

    private static List<Consumable> read(String table) {
        return ConsumableList.ofTable(table.getBytes(StandardCharsets.UTF_8));
    }

    private static List<Mistake> mistakes(String table) {
        return catchThrowableOfType(ConsumablesRefused.class, () -> read(table)).mistakes();
    }

    @Test
    void asExcelWritesIt() {
        assertThat(read("\ufeff" + TABLE)).isEqualTo(TOLD);
        assertThat(read(TABLE.replace("\r\n", "\n").strip())).isEqualTo(TOLD);
        assertThat(ConsumableList.ofTable(TABLE.getBytes(Charset.forName("windows-1251")))).isEqualTo(TOLD);
    }

    @Test
    void theLineThatTellsExcelTheSeparatorIsNoHeading() {
        for (String line : List.of("sep=;\r\n", "SEP=;\n", "\"sep=\";\r\n", "sep=;;;\r\n")) {
            assertThat(read(line + TABLE)).as(line).isEqualTo(TOLD);
            assertThat(read("\ufeff" + line + TABLE)).as(line).isEqualTo(TOLD);
            assertThat(ConsumableList.ofTable((line + TABLE).getBytes(Charset.forName("windows-1251")))).as(line).isEqualTo(TOLD);
        }
        assertThat(mistakes("sep=,\r\n" + TABLE.replace(';', ','))).extracting(Mistake::line).containsExactly(1);
        assertThat(mistakes("sep=;\r\n16К20;Масло\r\n")).extracting(Mistake::line).containsExactly(2);
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        List<List<String>> rows = List.of(ConsumableList.HEAD, Arrays.asList("16К20", "Масло; \"И-20А\"\nв канистре", null, "5 л"));
        String file = SemicolonText.write(rows);
        assertThat(file).startsWith("\ufeffМодель;").endsWith("\r\n");
        assertThat(read(file)).containsExactly(new Consumable("16К20", "Масло; \"И-20А\" в канистре", null, "5 л"));
    }

    @Test
    void theLastColumnsMayBeLeftOut() {
        assertThat(read("модель;расходный материал\n16К20;Масло\n")).containsExactly(new Consumable("16К20", "Масло", null, null));
    }

    @Test
    void eachMistakeIsToldWithItsLine() {
        assertThat(mistakes(HEAD + "16К20;Масло\n;Ремень\n16К20;\n16 к20; МАСЛО\n16К20;Масло;1;2;3\n16К20;\"" + "а".repeat(201) + "\"\n"))
                .containsExactly(new Mistake(3, "Пусто: «Модель»"), new Mistake(4, "Пусто: «Расходный материал»"),
                        new Mistake(5, "Повтор строки 2"),
                        new Mistake(6, "Больше 4 столбцов: текст с точкой с запятой возьмите в кавычки"),
                        new Mistake(7, "«Расходный материал» длиннее 200 знаков"));
    }

    @Test
    void aLineIsCountedAsTheEditorCountsIt() {
        assertThat(mistakes(HEAD + "16К20;\"Масло\nв канистре\"\n\n16К20;\n")).containsExactly(new Mistake(5, "Пусто: «Расходный материал»"));
        assertThat(mistakes(HEAD + "16К20;\"Масло\n16К20;Ремень\n")).containsExactly(new Mistake(2, "Кавычка открыта и не закрыта"));
    }

    @Test
    void withoutItsHeadATableIsNone() {
        assertThat(mistakes("16К20;Масло\n")).extracting(Mistake::line).containsExactly(1);
        assertThat(mistakes("")).extracting(Mistake::text).allMatch(text -> text.contains("Модель;Расходный материал"));
        assertThat(mistakes("Модель,Расходный материал\n16К20,Масло")).hasSize(1);
    }

    @Test
    void asJson() {
        assertThat(ConsumableList.ofJson(Json.read("""
                {"models":[{"model":" 16К20 ","consumables":[{"name":"Масло И-20А","quantity":"5 л"},
                 {"name":"Ремень; клиновой \\"А\\"","article":"А-1250","quantity":"2 шт."}]}]}"""))).isEqualTo(TOLD);
        assertThat(catchThrowableOfType(ConsumablesRefused.class, () -> ConsumableList.ofJson(Json.read("{\"models\":[{\"model\":\"A\",\"consumables\":[{}]}]}")))
                .mistakes()).containsExactly(new Mistake(1, "Пусто: «Расходный материал»"));
        assertThat(catchThrowableOfType(ConsumablesRefused.class, () -> ConsumableList.ofJson(Json.read("[]"))).mistakes()).hasSize(1);
    }
}
