package dev.amorelay.leads;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {

    @Test
    void whatNobodySeesIsNoPartOfIt() {
        assertThat(EmailAddress.first("\u200banna@exam\u00adple.com\u00a0")).isEqualTo("anna@example.com");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "anna@example.com|anna@example.com",
        "anna@example.com, olga@example.com|anna@example.com",
        "anna@example.com; olga@example.com|anna@example.com",
        "anna@example.com olga@example.com|anna@example.com",
        "anna@example.com / olga@example.com|anna@example.com",
        "anna@example.com или olga@example.com|anna@example.com",
        "почта: anna@example.com (рабочая)|anna@example.com",
        "«anna@example.com», (olga@example.com)|anna@example.com",
        "Анна <anna@example.com>|anna@example.com",
        "Anna Example <anna@example.com>|anna@example.com",
        "mailto:anna@example.com|anna@example.com",
        "e-mail: anna@example.com.|anna@example.com"})
    void takesTheFirstOfSeveral(String typed, String address) {
        assertThat(EmailAddress.first(typed)).isEqualTo(address);
    }

    /** "ivan petrov@example.com" is not Petrov's. */
    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"ivan petrov@example.com", "ivan,petrov@example.com", "ivan @example.com", "ivan@@example.com", "нет", "a@b", "",
        "ivan@example.com petrov"})
    void makesNoAddressOfABrokenOne(String typed) {
        assertThat(EmailAddress.first(typed)).isNull();
    }
}
