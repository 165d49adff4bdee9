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
    void sameLastTenDigitsInAnotherCountryIsAnotherNumber() {
        assertThat(Phones.same("+7 916 123 45 67", "+1 916 123 45 67")).isFalse();
        assertThat(Phones.same("N/A", "N/A")).isFalse();
        assertThat(Phones.same(null, "+79991234567")).isFalse();
    }
}
