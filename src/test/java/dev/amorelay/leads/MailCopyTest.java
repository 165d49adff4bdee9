package dev.amorelay.leads;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MailCopyTest {

    @Test
    void subject() {
        assertThat(Texts.subject(Samples.lead("site.json"))).isEqualTo("Новая заявка: Анна Пример");
        assertThat(Texts.subject(Samples.json("{\"message\":\"a\"}"))).isEqualTo("Новая заявка: Без имени");
        assertThat(Texts.subject(Samples.json("{\"message\":\"a\",\"name\":\"Иван\\r\\nBcc: eve@example.com\"}")))
                .isEqualTo("Новая заявка: Иван Bcc: eve@example.com");
    }

    @Test
    void fullBody() {
        assertThat(Texts.mail(Samples.named("cart_order.json"))).isEqualTo("""
                Имя: Пётр Примеров
                Телефон: 8 999 123 45 68
                Email: petr@example.com
                Telegram: @petr_example, Пётр, ID 555000111
                Источник: Заказ запчастей
                Сумма: 25901 ₽
                Сообщение: Доставка до терминала

                🛒 СОСТАВ ЗАКАЗА (ЗАПЧАСТИ):
                - Подшипник шпинделя (x2) — 12500.5 ₽
                - Ремень приводной (x1) — 900 ₽
                ИТОГО: 25901.75 ₽

                Заявка 11111111-2222-4333-8444-555555555555""");
    }

    @Test
    void bodyWithGapsAndRemarks() {
        Lead lead = Samples.json("{\"phone\":\"N/A\",\"message\":\"Привет\\nещё строка\"}");
        assertThat(Texts.mail(lead)).isEqualTo("""
                Имя: —
                Телефон: N/A
                Email: —
                Источник: Форма сайта
                Сообщение: Привет
                ещё строка

                ⚠️ НЕ РАСПОЗНАНО:
                Телефон не распознан: «N/A»

                Заявка\s""" + lead.id());
    }

    /** What the CRM gets in notes the mailbox gets as well. */
    @Test
    void everythingThatWasSaid() {
        Lead lead = Samples.json("""
                {"source":"site","name":"Ольга","phone":"+7 (495) 555-01-07 доб. 214, 8 912 555-01-11","email":"a@example.com; b@example.com",
                 "phone2":"8 913 555-01-12","meta":{"tg_user_id":5,"issues":["Люфт"],"serial_number":"SN-1"}}""");
        assertThat(Texts.mail(lead)).isEqualTo("""
                Имя: Ольга
                Телефон: +7 (495) 555-01-07 доб. 214, 8 912 555-01-11
                Email: a@example.com; b@example.com
                Telegram: ID 5
                Источник: Сайт (Обратная связь)
                Сообщение: —

                🔬 РЕЗУЛЬТАТ ДИАГНОСТИКИ:
                Выявленные проблемы: Люфт

                📎 ДАННЫЕ ФОРМЫ:
                Серийный номер: SN-1
                phone_2: 8 913 555-01-12

                Заявка\s""" + lead.id());
    }

    @Test
    void bodyWithoutAMessage() {
        assertThat(Texts.mail(Samples.named("direct_api.json"))).isEqualTo("""
                Имя: Прямой Клиент
                Телефон: 9991234571
                Email: —
                Источник: direct_api
                Сообщение: —

                Заявка 11111111-2222-4333-8444-555555555555""");
    }
}
