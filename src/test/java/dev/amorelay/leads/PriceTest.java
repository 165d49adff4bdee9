package dev.amorelay.leads;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.amorelay.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PriceTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "1500|1500", "1500.75|1500", "0.99|0", "0|0", "-0.0|0", "1e9|1000000000", "1.5E3|1500", "2147483647|2147483647",
        "2147483647.99|2147483647", "1e-2147483647|0",
        "\"1500\"|1500", "\"1500.75\"|1500", "\" 1500 \"|1500", "\"+1500\"|1500", "\".5\"|0", "\"1500.\"|1500",
        "\"0001500\"|1500", "\"2147483647.5\"|2147483647"})
    void readsPlainDecimals(String json, long roubles) {
        assertThat(Price.of(Json.read(json))).isEqualTo(new Price(roubles, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1 500,75 ₽", "1e9", "-5", "NaN", "1 500", "1500,75", "Infinity", "-0", "1_500", "0x10",
        "договорная", ".", "+", "١٥"})
    void textThatWouldHaveToBeGuessedIsZeroWithARemark(String text) {
        assertThat(Price.of(Json.object().textNode(text)))
                .isEqualTo(new Price(0, "Сумма не распознана: «" + text + "»"));
    }

    @Test
    void otherValuesAreZeroWithARemark() {
        assertThat(Price.of(Json.read("-5"))).isEqualTo(new Price(0, "Сумма не распознана: «-5»"));
        assertThat(Price.of(Json.read("-0.5"))).isEqualTo(new Price(0, "Сумма не распознана: «-0.5»"));
        assertThat(Price.of(Json.read("true"))).isEqualTo(new Price(0, "Сумма не распознана: «true»"));
        assertThat(Price.of(Json.read("[5]"))).isEqualTo(new Price(0, "Сумма не распознана: «[5]»"));
        assertThat(Price.of(Json.read("{\"rub\":5}"))).isEqualTo(new Price(0, "Сумма не распознана: «{\"rub\":5}»"));
        assertThat(Price.of(DoubleNode.valueOf(Double.NaN))).isEqualTo(new Price(0, "Сумма не распознана: «NaN»"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2147483648", "1e10", "99999999999999999999", "\"2147483648\"", "\"00099999999999999999999.5\""})
    void tooLargeIsClampedWithARemark(String json) {
        Price price = Price.of(Json.read(json));
        assertThat(price.roubles()).isEqualTo(2147483647L);
        assertThat(price.remark()).startsWith("Сумма больше допустимой в CRM, записана как 2147483647: «");
    }

    @Test
    void hugeNumbersCostNothing() {
        assertThat(Price.of(Json.read("1e2147483647")).roubles()).isEqualTo(2147483647L);
        Price digits = Price.of(Json.object().textNode("9".repeat(1_000_000)));
        assertThat(digits.roubles()).isEqualTo(2147483647L);
        assertThat(digits.remark()).hasSizeLessThan(300).endsWith("9…»");
    }

    @Test
    void nothingIsZeroWithoutARemark() {
        assertThat(Price.of(null)).isEqualTo(new Price(0, null));
        assertThat(Price.of(MissingNode.getInstance())).isEqualTo(new Price(0, null));
        assertThat(Price.of(Json.read("null"))).isEqualTo(new Price(0, null));
        assertThat(Price.of(Json.read("\" \\u00a0\""))).isEqualTo(new Price(0, null));
    }
}
