package dev.amorelay.phone;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhonesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "+7 (999) 123-45-67|+79991234567",
        "8 999 123 45 67|+79991234567",
        "79991234567|+79991234567",
        "9991234567|+79991234567",
        "8(999)1234567|+79991234567",
        "+8 999 123 45 67|+79991234567",
        "тел. 8 999 123-45-67, Иван|+79991234567",
        "+7 999 123-45-67 доб. 12|+79991234567",
        "8 495 123-45-67|+74951234567",
        "+375 29 123-45-67|+375291234567",
        "+77011234567|+77011234567",
        "+49 30 123456|+4930123456",
        "+7 999 123-45-67, 8 999 765-43-21|+79991234567"})
    void readsWhatPeopleType(String typed, String expected) {
        assertThat(Phones.e164(typed)).contains(expected);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"N/A", "", "  ", "Unknown User", "123", "+7 (___) ___-__-__", "нет", "+7 999 123",
        "99999999999999999999999999", "7", "+", "\u0000\ud800"})
    void refusesWhatIsNoPhone(String typed) {
        assertThat(Phones.e164(typed)).isEmpty();
    }

    /** What stands beside a number, and how else people write one. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "+7 (495) 555-01-07 доб. 214|+74955550107",
        "+7 495 555-01-07, 214|+74955550107",
        "8 (495) 555-01-07 вн. 5|+74955550107",
        "+74955550107#404812|+74955550107",
        "+7 495 555-01-07 ext. 12|+74955550107",
        "+7 495 5550107 x214|+74955550107",
        "tel:+7-495-555-01-07;ext=214|+74955550107",
        "8 495 555 01 07 214|+74955550107",
        "8 (495) 555-01-07/08|+74955550107",
        "8-912-555-01-11 или 8-913-555-01-12|+79125550111",
        "+79125550111 +79135550112|+79125550111",
        "8 912 555-01-11 8 913 555-01-12|+79125550111",
        "ватсап 9125550111|+79125550111",
        "звонить на номер 9125550111 после 18:00|+79125550111",
        "мой номер 9125550111|+79125550111",
        "с 9 до 18, 8 912 555-01-11|+79125550111",
        "8 912 555-01-11, ИНН 9102012345|+79125550111",
        "ИНН 9102012345, тел. 9125550111|+79125550111",
        "Ольга, отдел снабжения, 8 (912) 555-01-11|+79125550111",
        "00995 555 12 34 56|+995555123456",
        "810 995 555 12 34 56|+995555123456",
        "8~10 995 555 12 34 56|+995555123456",
        "+00 995 555 12 34 56|+995555123456",
        "+7 (8912) 555-01-11|+79125550111",
        "+7 +7 912 555-01-11|+79125550111",
        "+84 912 345 678|+84912345678",
        "\u202a+7\u00a0912\u00a0555\u201101\u201111\u202c|+79125550111",
        "\uff0b７９１２５５５０１１１|+79125550111"})
    void readsANumberWithWhatStandsBesideIt(String typed, String expected) {
        assertThat(Phones.e164(typed)).contains(expected);
    }

    /** A plus that was not escaped in a form's body arrives as a space. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false, value = {
        " 995 555 12 34 56|+995555123456",
        "995 555 12 34 56|+995555123456",
        "995555123456|+995555123456",
        " 375 29 123-45-67|+375291234567",
        " 998 90 123 45 67|+998901234567",
        " 86 138 0013 8000|+8613800138000",
        " 7 912 555-01-11|+79125550111",
        // as the default region's it exists: Sterlitamak, not Vietnam
        " 84 912 34 56 78|+74912345678"})
    void readsANumberWhosePlusIsGone(String typed, String expected) {
        assertThat(Phones.e164(typed)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ИНН 9102012345", "инн: 9102012345", "9102012345 (ИНН)", "ИНН/КПП 9102012345/910201001", "ИНН 9102012345, 9102012346",
        "ИНН организации 9102012345", "ОГРН 1027700132195", "1027700132195", "р/с 40702810910201234567", "40702810910201234567",
        "40702 810 9 1020 1234567", "счёт 89102012345", "Заказ № 9102012345", "№ 9102012345", "заказ номер 9102012345", "12.11.2026", "27.11.2026 15:30",
        "договор 9102012345 от 01.02.2026", "УНП 9102012345", "order 9102012345", "Крымстанок 9102012345", "12-9102012345", "9102012345-99",
        "СНИЛС 112-233-445 95", "+7 (912) 555-01-1", "+7 912 555 01 112", "+7 000 000-00-00", "10 000 000 000", "KPP 910201001"})
    void otherNumbersAreNoPhones(String typed) {
        assertThat(Phones.e164(typed)).isEmpty();
    }

    /** Plans grow faster than the library, and a number that exists must not be lost because of that. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "+7 555 123-45-67|+75551234567|+7 555 123-45-67",
        "8 (555) 123-45-67 доб. 3|+75551234567|8 (555) 123-45-67",
        "+999 12 345 678|+99912345678|+999 12 345 678",
        "00 999 12 345 678|+99912345678|00 999 12 345 678",
        "+995 111 23 45 67|+995111234567|+995 111 23 45 67"})
    void aNumberThatNoPlanHasIsKeptAsTyped(String typed, String digits, String number) {
        assertThat(Phones.first(typed)).contains(new TypedPhone(digits, number, false));
        assertThat(Phones.same(digits, typed)).isTrue();
    }

    @Test
    void anotherRegionReadsItsOwnNumbers() {
        Phones.readAs("KZ");
        try {
            assertThat(Phones.e164("8 701 123 45 67")).contains("+77011234567");
            Phones.readAs("GE");
            assertThat(Phones.e164("555 12 34 56")).contains("+995555123456");
            assertThat(Phones.e164(" 7 912 555-01-11")).contains("+79125550111");
        } finally {
            Phones.readAs("RU");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"+7 999 123-45-67|+79991234567", "8 999 123 45 67|+79991234567", "📞 +7 999 123-45-67|+79991234567",
        "9991234567|+79991234567", "+995 555 12 34 56|+995555123456"})
    void aNameMayBeAPhone(String name, String expected) {
        assertThat(Phones.whole(name)).contains(expected);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"Unknown User", "ООО «Крымстанок», ИНН 9102012345", "Иван 8 999 123-45-67", "1027700132195", "916012345678", "+7 555 123-45-67",
        "40702810910201234567", "2026-11-27"})
    void aNameThatIsMoreIsNoPhone(String name) {
        assertThat(Phones.whole(name)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"+7 (999) 123-45-67|+79991234567|false", "8 999 123 45 67|+79991234567|false", "9991234567|+79991234567|false",
        "+7 (8999) 123-45-67|+79991234567|false", "00995 555 12 34 56|+995555123456|false", "995 555 12 34 56|+995555123456|false",
        "810995555123456|+995555123456|false", "+7 999 123-45-67 доб. 1|+79991234567|true", "+79991234567#1|+79991234567|true",
        "+7 999 123-45-67, 8 999 123-45-68|+79991234567|true", "8 999 123-45-67 Иван|+79991234567|true"})
    void tellsWhetherMoreWasTyped(String typed, String e164, boolean more) {
        assertThat(Phones.saysMore(typed, e164)).isEqualTo(more);
    }

    @Test
    void survivesVeryLongText() {
        assertThat(Phones.e164("9".repeat(100_000))).isEmpty();
        assertThat(Phones.e164("+7 999 123-45-67 " + "и снова ".repeat(50_000))).contains("+79991234567");
    }

    @Test
    void lastTenDigitsAreTheSearchKey() {
        assertThat(Phones.lastTen("+79991234567")).isEqualTo("9991234567");
        assertThat(Phones.lastTen("+375291234567")).isEqualTo("5291234567");
        assertThat(Phones.lastTen("112")).isEqualTo("112");
        assertThat(Phones.lastTen(null)).isEmpty();
    }

    @Test
    void sameNumberInAnotherForm() {
        assertThat(Phones.same("+7 (999) 123-45-67", "89991234567")).isTrue();
        assertThat(Phones.same("8 495 111-22-33, 8 999 123-45-67", "+79991234567")).isTrue();
        assertThat(Phones.same("+79991234567", "+79991234568")).isFalse();
    }

    @Test
    void aContactWhosePhoneFieldHoldsATaxpayersNumberIsAnother() {
        assertThat(Phones.same("ИНН 9105557710", "+79105557710")).isFalse();
        assertThat(Phones.same("8 495 111-22-33, ИНН 9105557710", "+79105557710")).isFalse();
        assertThat(Phones.same("р/с 40702810910555771012", "+79105557710")).isFalse();
    }

    @Test
    void sameLastTenDigitsInAnotherCountryIsAnotherNumber() {
        assertThat(Phones.same("+7 916 123 45 67", "+1 916 123 45 67")).isFalse();
        assertThat(Phones.same("N/A", "N/A")).isFalse();
        assertThat(Phones.same(null, "+79991234567")).isFalse();
    }
}
