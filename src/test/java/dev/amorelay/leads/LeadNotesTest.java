package dev.amorelay.leads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amorelay.json.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The notes as managers read them. */
class LeadNotesTest {

    private List<String> of(String file) {
        return Texts.notes(Samples.lead(file));
    }

    @Test
    void site() {
        assertThat(of("site.json")).containsExactly("💬 СООБЩЕНИЕ ПОЛЬЗОВАТЕЛЯ:\nПерезвоните, пожалуйста 🙏");
    }

    @Test
    void cart() {
        assertThat(of("cart_order.json")).containsExactly(
                "💬 СООБЩЕНИЕ ПОЛЬЗОВАТЕЛЯ:\nДоставка до терминала",
                """
                🛒 СОСТАВ ЗАКАЗА (ЗАПЧАСТИ):
                - Подшипник шпинделя (x2) — 12500.5 ₽
                - Ремень приводной (x1) — 900 ₽
                ИТОГО: 25901.75 ₽""",
                "📎 ДАННЫЕ ФОРМЫ:\nTelegram: @petr_example, Пётр, ID 555000111");
    }

    @Test
    void diagnosisWithoutAResult() {
        assertThat(of("diagnostics_widget_null.json")).containsExactly(
                "💬 СООБЩЕНИЕ ПОЛЬЗОВАТЕЛЯ:\nДиагностика станка",
                """
                🔬 РЕЗУЛЬТАТ ДИАГНОСТИКИ:
                Выявленные проблемы: Вибрация, Посторонний шум
                Тип оборудования: Токарный
                Возраст оборудования: 5-10 лет""");
    }

    @Test
    void diagnosisWithAResult() {
        assertThat(of("diagnostics_widget_full.json")).containsExactly(
                "💬 СООБЩЕНИЕ ПОЛЬЗОВАТЕЛЯ:\nДиагностика станка",
                """
                🔬 РЕЗУЛЬТАТ ДИАГНОСТИКИ:
                Уровень риска: Высокий
                Вероятность отказа: 85%
                Рекомендация: Вызвать инженера
                Выявленные проблемы: Люфт
                Подробный анализ: Износ направляющих
                Следующие шаги: Остановить станок, Заказать осмотр
                Тип оборудования: Фрезерный
                Возраст оборудования: 12""",
                "📎 ДАННЫЕ ФОРМЫ:\nTelegram: Ольга, ID 555000112");
    }

    @Test
    void serviceRequest() {
        assertThat(of("diagnostics.json")).containsExactly(
                "💬 СООБЩЕНИЕ ПОЛЬЗОВАТЕЛЯ:\nНе включается шпиндель",
                """
                📎 ДАННЫЕ ФОРМЫ:
                Telegram: ID 555000113
                Модель: CNC-500
                Серийный номер: SN-2024-001""");
    }

    @Test
    void botOrder() {
        assertThat(of("bot_order.json")).containsExactly(
                "💬 СООБЩЕНИЕ ПОЛЬЗОВАТЕЛЯ:\n🛒 Новый заказ\n\nМасло — 2 шт.\nИтого: 3000 ₽",
                "🛒 СОСТАВ ЗАКАЗА (ЗАПЧАСТИ):\n- Масло (x2) — 1500 ₽\nИТОГО: 3000 ₽",
                "⚠️ НЕ РАСПОЗНАНО:\nТелефон не распознан: «N/A»",
                "📎 ДАННЫЕ ФОРМЫ:\nTelegram: ID 555000114");
    }

    @Test
    void botInvoiceKeepsItsFile() {
        assertThat(of("bot_invoice.json")).containsExactly(
                "💬 СООБЩЕНИЕ ПОЛЬЗОВАТЕЛЯ:\nСчёт во вложении",
                "📎 ДАННЫЕ ФОРМЫ:\nTelegram: ID 555000115\nfile_id: BQACAgIAAxkBAAIB_example");
    }

    @Test
    void directAndUnknown() {
        assertThat(of("direct_api.json")).isEmpty();
        assertThat(of("unknown_source.json"))
                .containsExactly("📎 ДАННЫЕ ФОРМЫ:\npage: /stanki/cnc-500\nutm_source: yandex");
    }

    @Test
    void form() {
        assertThat(of("form.txt")).containsExactly(
                "💬 СООБЩЕНИЕ ПОЛЬЗОВАТЕЛЯ:\nПривет 😀",
                "🛒 СОСТАВ ЗАКАЗА (ЗАПЧАСТИ):\n- Болт (x3) — 10 ₽\nИТОГО: 1500.75 ₽",
                "📎 ДАННЫЕ ФОРМЫ:\npage: /cart\nutm_source: yandex");
    }

    @Test
    void unreadableTotalStandsInTheNotes() {
        Lead lead = Samples.json("""
                {"source":"cart_order","phone":"89991234567",
                 "meta":{"items":[{"name":"Болт"}],"total":"1 500,75 ₽"}}""");
        assertThat(Texts.notes(lead)).containsExactly(
                "🛒 СОСТАВ ЗАКАЗА (ЗАПЧАСТИ):\n- Болт (x1) — цена не указана\nИТОГО: 1 500,75 ₽",
                "⚠️ НЕ РАСПОЗНАНО:\nСумма не распознана: «1 500,75 ₽»");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "[{}]|- Без названия (x1) — цена не указана",
        "[{'id':7,'price':'по запросу'}]|- № 7 (x1) — по запросу",
        "[{'name':'A\\nB','quantity':'2','price':'100 ₽'}]|- A B (x2) — 100 ₽",
        "['Болт М8']|- Болт М8",
        "'Болт М8, 2 шт.'|- Болт М8, 2 шт.",
        "{'name':'Болт','price':5}|- Болт (x1) — 5 ₽",
        "{'x':{'name':'Болт','price':5}}|- Болт (x1) — 5 ₽",
        "[[1,2]]|- 1, 2",
        "[null,5]|- 5",
        "[{'name':{'ru':'Болт'},'price':[5],'quantity':null}]|- {\"ru\":\"Болт\"} (x1) — 5 ₽"})
    void itemsOfAnyShape(String items, String line) {
        Lead lead = Samples.withMeta("site", "{\"items\":" + items.replace('\'', '"') + "}");
        assertThat(Texts.notes(lead)).containsExactly("🛒 СОСТАВ ЗАКАЗА (ЗАПЧАСТИ):\n" + line + "\nИТОГО: не указано");
    }

    @Test
    void noItemsNoCart() {
        assertThat(Texts.notes(Samples.withMeta("cart_order", "{\"items\":[]}"))).isEmpty();
        assertThat(Texts.notes(Samples.withMeta("cart_order", "{\"items\":null,\"total\":5}")))
                .containsExactly("🛒 СОСТАВ ЗАКАЗА (ЗАПЧАСТИ):\nИТОГО: 5 ₽");
        assertThat(Texts.notes(Samples.withMeta("site", "{\"items\":[],\"total\":5}")))
                .containsExactly("📎 ДАННЫЕ ФОРМЫ:\ntotal: 5");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{'analysis_result':'Всё хорошо'}|Результат анализа: Всё хорошо",
        "{'analysis_result':{'probability':'85%'}}|Вероятность отказа: 85%",
        "{'analysis_result':{'probability':0.5,'issues':'Люфт'}}|Вероятность отказа: 0.5%#Выявленные проблемы: Люфт",
        "{'questionnaire':{'age':3,'hours':5000},'type':'ЧПУ'}|Тип оборудования: ЧПУ#Возраст оборудования: 3#hours: 5000",
        "{'issues':[{'id':1}]}|Выявленные проблемы: [{\"id\":1}]"})
    void diagnosisOfAnyShape(String meta, String lines) {
        assertThat(Texts.notes(Samples.withMeta("diagnostics_widget", meta.replace('\'', '"'))))
                .containsExactly("🔬 РЕЗУЛЬТАТ ДИАГНОСТИКИ:\n" + lines.replace('#', '\n'));
    }

    @Test
    void emptyDiagnosisHasNoNote() {
        assertThat(Texts.notes(Samples.withMeta("diagnostics_widget", "{\"analysis_result\":null,\"issues\":[]}"))).isEmpty();
    }

    @Test
    void formNoteHasTwoHundredLinesAtMost() {
        var meta = Json.object();
        for (int i = 1; i <= 205; i++) {
            meta.put("k" + (1000 + i), i);
        }
        List<String> lines = Texts.notes(Samples.withMeta("site", Json.write(meta))).get(0).lines().toList();
        assertThat(lines).hasSize(201).startsWith("📎 ДАННЫЕ ФОРМЫ:", "k1001: 1", "k1002: 2")
                .endsWith("k1199: 199", "… и ещё полей: 6");
    }

    @Test
    void whatTheFieldCutsTheNoteHasWhole() {
        String configuration = "ось ".repeat(1000).strip();
        assertThat(Texts.notes(Samples.withMeta("site", "{\"configuration\":\"" + configuration + "\"}")))
                .containsExactly("📎 ДАННЫЕ ФОРМЫ:\nКонфигурация: " + configuration);
    }

    @Test
    void longMessagesGoOnInTheNextNote() {
        Lead lead = Samples.json("{\"message\":\"" + "строка\\n".repeat(6000) + "\"}");
        List<String> parts = Texts.notes(lead);
        assertThat(parts).hasSize(3).allSatisfy(part -> assertThat(part).hasSizeLessThanOrEqualTo(20_000));
        assertThat(parts.get(1)).startsWith("строка\nстрока").endsWith("\nстрока");
        assertThat(String.join("\n", parts)).isEqualTo("💬 СООБЩЕНИЕ ПОЛЬЗОВАТЕЛЯ:\n" + lead.message());
    }

    @Test
    void exactlyTheLimitIsOneNote() {
        String title = "💬 СООБЩЕНИЕ ПОЛЬЗОВАТЕЛЯ:\n";
        int room = 20_000 - title.length();
        assertThat(Texts.notes(Samples.json("{\"message\":\"" + "я".repeat(room) + "\"}"))).hasSize(1);
        assertThat(Texts.notes(Samples.json("{\"message\":\"" + "я".repeat(room + 1) + "\"}"))).hasSize(2);
    }
}
