package dev.amorelay.leads;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What managers read before the person's name in a deal's title. */
class LeadSourceTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "source=site&name=Вера&phone=89125550102&formname=Заявка|Сайт (Обратная связь): Вера",
        "source=direct_api&name=Вера&phone=89125550102&formname=Заявка|direct_api: Вера",
        // site builders name no source
        "Name=Вера&Phone=89125550102&formname=Заявка со страницы станков|Заявка со страницы станков: Вера",
        "Name=Вера&Phone=89125550102&form_name=Форма на главной&form_id=a1|Форма на главной: Вера",
        "Name=Вера&Phone=89125550102&Form Title=Опрос|Опрос: Вера",
        "Name=Вера&Phone=89125550102|Форма сайта: Вера",
        "Name=Вера&Phone=89125550102&formname=|Форма сайта: Вера",
        "source=&phone=89125550102|Форма сайта: Без имени"})
    void titleOfADeal(String form, String title) {
        assertThat(Texts.title(Samples.form(form))).isEqualTo(title);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{'phone':'89125550102','name':'Вера'}|Форма сайта: Вера",
        "{'phone':'89125550102','name':'Вера','form_name':'Расчёт'}|Расчёт: Вера",
        "{'phone':'89125550102','name':'Вера','meta':{'formname':'Расчёт\\n2'}}|Расчёт 2: Вера",
        "{'phone':'89125550102','name':'Вера','formname':{'a':'b'}}|Форма сайта: Вера"})
    void titleOfADealFromJson(String json, String title) {
        assertThat(Texts.title(Samples.json(json.replace('\'', '"')))).isEqualTo(title);
    }

    @Test
    void aLongNameOfAFormLeavesRoomForThePerson() {
        assertThat(Texts.title(Samples.form("name=Вера&phone=89125550102&formname=" + "Ы".repeat(300)))).hasSize(106).endsWith("…: Вера");
        assertThat(Texts.mail(Samples.form("name=Вера&phone=89125550102&formname=Заявка"))).contains("Источник: Заявка");
    }
}
