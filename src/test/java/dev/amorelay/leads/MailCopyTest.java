package dev.amorelay.leads;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MailCopyTest {

    private final MailCopy mail = new MailCopy();

    @Test
    void subject() {
        assertThat(mail.subject(Samples.lead("site.json"))).isEqualTo("Новая заявка: Анна Пример");
        assertThat(mail.subject(Samples.json("{\"message\":\"a\"}"))).isEqualTo("Новая заявка: Без имени");
        assertThat(mail.subject(Samples.json("{\"message\":\"a\",\"name\":\"Иван\\r\\nBcc: eve@example.com\"}")))
                .isEqualTo("Новая заявка: Иван Bcc: eve@example.com");
    }

    @Test
    void fullBody() {
        assertThat(mail.body(Samples.named("cart_order.json"))).isEqualTo("""
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
        assertThat(mail.body(lead)).isEqualTo("""
                Имя: —
                Телефон: N/A
                Email: —
                Источник: unknown
                Сообщение: Привет
                ещё строка

                ⚠️ НЕ РАСПОЗНАНО:
                Телефон не распознан: «N/A»

                Заявка\s""" + lead.id());
    }

    @Test
    void bodyWithoutAMessage() {
        assertThat(mail.body(Samples.named("direct_api.json"))).isEqualTo("""
                Имя: Прямой Клиент
                Телефон: 9991234571
                Email: —
                Источник: direct_api
                Сообщение: —

                Заявка 11111111-2222-4333-8444-555555555555""");
    }
}
