package dev.amorelay.texts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.amorelay.delivery.Effect;
import dev.amorelay.json.Json;
import dev.amorelay.workshop.DataFolder;
import dev.amorelay.workshop.Finding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Templates write what people read, and reach nothing but what they are given. */
class TextTemplatesTest {

    private static String write(String template, Map<String, ?> model) {
        return new TextTemplates(new DataFolder(Map.of("x/a.ftl", template, "x/b.ftl", "B ${name}\n"))).write("x/a.ftl", model);
    }

    @Test
    void writesWhatItIsGiven() {
        assertThat(write("Привет, ${name}!\n${n} ${big} ${list?join(\", \")}<#if no??>нет</#if>\n",
                Map.of("name", "Анна", "n", 1500, "big", 12_345_678_901L, "list", List.of(1, "b")))).isEqualTo("Привет, Анна!\n1500 12345678901 1, b");
        assertThat(write("<#include \"b.ftl\">, и ${name}\n", Map.of("name", "Анна"))).isEqualTo("B Анна, и Анна");
        assertThat(write("${line(name)}|${brief(name, 4)}|${day(\"2026-12-31\")}|${day(\"скоро\")}|${weekday(\"2026-12-31\")}|${roubles(\"15\")}|${roubles(\"по запросу\")}",
                Map.of("name", "А\nБВГДЕ"))).isEqualTo("А БВГДЕ|А\nБ…|31.12.2026|скоро|четверг|15 ₽|по запросу");
    }

    @Test
    void seesRecordsAndTreesAsPlainData() {
        Effect effect = new Effect(7, 1, "telegram.x", "b", "key", "subject", Map.of("chat", 5, "list", List.of(Map.of("a", "b"))), 1, 0, false);
        assertThat(write("${effect.kind} ${effect.payload.chat} ${effect.payload.list[0].a} ${tree.a[1]} ${tree.none!'нет'} ${effect.inDoubt?c}",
                Map.of("effect", effect, "tree", Json.read("{\"a\":[1,2.50],\"none\":null}")))).isEqualTo("telegram.x 5 b 2.5 нет false");
    }

    @Test
    void whatIsHtmlIsEscaped() {
        DataFolder folder = new DataFolder(Map.of("a.ftlh", "<b>${name}</b>\n", "a.ftl", "${name}"));
        Map<String, String> model = Map.of("name", "<script>alert('1')</script>");
        assertThat(new TextTemplates(folder).write("a.ftlh", model)).isEqualTo("<b>&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;</b>");
        assertThat(new TextTemplates(folder).write("a.ftl", model)).isEqualTo("<script>alert('1')</script>");
    }

    @Test
    void aStrangersTextIsNoTemplate() {
        assertThat(write("${name}", Map.of("name", "${7*7} <#include 'b.ftl'>"))).isEqualTo("${7*7} <#include 'b.ftl'>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"${\"freemarker.template.utility.Execute\"?new()(\"id\")}", "${\"freemarker.template.utility.ObjectConstructor\"?new()}",
        "${name?api.class}", "${name.class}", "${effect.class}", "${effect.getClass().getName()}", "${effect.payload.getClass()}", "${thread}", "${thread.name}",
        "<#include \"../../etc/passwd\">", "<#include \"file:/etc/passwd\">", "<#include \"/application.yaml\">", "<#import \"classpath:a.ftl\" as a>",
        "<#include \"x/none.ftl\">"})
    void nothingElseIsInReach(String template) {
        Map<String, Object> model = new HashMap<>(Map.of("name", "n", "thread", Thread.currentThread()));
        model.put("effect", new Effect(7, 1, "telegram.x", "b", "key", "subject", Map.of(), 1, 0, false));
        assertThatThrownBy(() -> write(template, model)).isInstanceOf(TextFailed.class);
    }

    @Test
    void aFailureTellsThePlaceAndNoValue() {
        assertThatThrownBy(() -> write("a\n  ${secret?number}", Map.of("secret", "8 999 123-45-67"))).isInstanceOf(TextFailed.class)
                .hasMessageContaining("x/a.ftl:2:3").message().doesNotContain("999");
        assertThatThrownBy(() -> write("${lead.phone}", Map.of("lead", Map.of()))).hasMessageContaining("lead.phone");
    }

    @Test
    void anEditCountsAtOnce() {
        TextTemplates templates = new TextTemplates(new DataFolder(Map.of("a.ftl", "old <#include \"b.ftl\">", "b.ftl", "old")));
        assertThat(templates.write("a.ftl", Map.of())).isEqualTo("old old");
        templates.take(new DataFolder(Map.of("a.ftl", "old <#include \"b.ftl\">", "b.ftl", "new")));
        assertThat(templates.write("a.ftl", Map.of())).isEqualTo("old new");
    }

    @Test
    void whatTheFolderHasNotComesWithTheRelay() {
        assertThat(new TextTemplates(DataFolder.SHIPPED).write("task/no-serial.ftl", Map.of("task", Map.of())))
                .isEqualTo("Сделка выиграна без серийного номера: станок не зарегистрирован. Заполните поле «Серийный номер» — релей зарегистрирует его сам.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "lead/note-new.ftl|${lead.phnoe!}${lead.phnoe}|:1:17: lead.phnoe is not there, or not always",
        "lead/note-new.ftl|${lead.phone}|:1:3: lead.phone is not there, or not always: correct the name, or write what stands in its place",
        "lead/note-new.ftl|<#if lead.phone??>|: no template",
        "lead/note-new.ftl|${lead.phone|: no template",
        "lead/note-new.ftl|<#include \"note-none.ftl\">|it includes lead/note-none.ftl",
        "lead/mail-new.ftlh|${lead.phone!}|:1:3: lead is not there",
        "own/text.ftl|<#list a as b>|: no template",
        "task/maintenance.ftl|${task.client}|task.client is not there, or not always"})
    void whatIsWrongIsToldByLine(String name, String text, String told) {
        assertThat(found(name, text)).singleElement().asString().startsWith(name).contains(told);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"lead/note-new.ftl|${lead.phone!'—'} ${lead.meta.term!}", "lead/mail-new.ftlh|${body.lead.phone!}",
        "own/text.ftl|${body.any.thing}"})
    void whatIsRightIsTaken(String name, String text) {
        assertThat(found(name, text)).isEmpty();
    }

    private static List<String> found(String name, String text) {
        List<Finding> findings = new ArrayList<>();
        new TemplateFile().check(name, new DataFolder(Map.of(name, text)), null, findings::add);
        return findings.stream().map(Finding::toString).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"<#list 1..2000000000 as x><#list 1..2000000000 as y></#list></#list>", "<#list 1.. as x>a</#list>",
        "<#list 1..n as x>${name}</#list>", "<#macro a><@a/></#macro><@a/>", "<#function f x><#return f(x)></#function>${f(1)}"})
    void whatHasNoEndIsGivenUp(String template) {
        assertThatThrownBy(() -> write(template, Map.of("name", "Анна", "n", Integer.MAX_VALUE))).isInstanceOf(TextFailed.class)
                .hasMessageStartingWith("the text x/a.ftl");
        assertThat(Thread.interrupted()).isFalse();
        assertThat(write("${name}", Map.of("name", "Анна"))).isEqualTo("Анна");
    }

    @Test
    void anEditWithoutAnEndIsToldAsAFinding() {
        List<Finding> findings = new ArrayList<>();
        new TemplateFile().check("task/serial.ftl", new DataFolder(Map.of("task/serial.ftl", "<#list 1.. as x>a</#list>")), null, findings::add);
        assertThat(findings).singleElement().satisfies(finding -> assertThat(finding.message()).contains("has no end"));
    }
}
