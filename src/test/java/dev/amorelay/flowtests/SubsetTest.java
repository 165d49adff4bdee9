package dev.amorelay.flowtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.MissingNode;
import dev.amorelay.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubsetTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{\"a\":1}|{\"a\":1,\"b\":2}", "{\"a\":1}|{\"a\":1.0}", "{\"a\":700}|{\"a\":\"700\"}", "{\"a\":null}|{}", "{\"a\":null}|{\"a\":null}",
        "{\"a\":\"*\"}|{\"a\":[1]}", "\"Новая*Мария\"|\"Новая заявка: Мария\"", "\"*заявка*\"|\"Новая заявка\\nот Марии\"",
        "[{\"a\":2}]|[{\"a\":1},{\"a\":2}]", "[1,1]|[1,2,1]", "[]|[1]", "{}|{\"a\":1}", "true|true", "\"a*\"|\"a*\""})
    void fits(String expected, String actual) {
        assertThat(Subset.differences(Json.read(expected), Json.read(actual))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{\"a\":1}|{\"b\":1}|a: expected 1, but it is not there", "{\"a\":1}|{\"a\":2}|a: expected 1, was 2",
        "{\"a\":{\"b\":[{\"c\":1}]}}|{\"a\":{\"b\":[{\"c\":2}]}}|a.b[0].c: expected 1, was 2",
        "{\"a\":null}|{\"a\":0}|a: expected null, was 0", "{\"a\":\"*\"}|{\"a\":null}|a: expected *, was null",
        "[1,1]|[1,2]|[1]: no element fits 1; there were [1,2]", "{\"a\":1}|[1]|expected {\"a\":1}, was [1]",
        "\"Новая*\"|\"Старая\"|expected Новая*, was Старая", "\"a.c\"|\"abc\"|expected a.c, was abc"})
    void differs(String expected, String actual, String told) {
        assertThat(Subset.differences(Json.read(expected), Json.read(actual))).containsExactly(told);
    }

    @Test
    void whatIsNotNamedMayBeAnything() {
        assertThat(Subset.fits(MissingNode.getInstance(), Json.read("{\"a\":1}"))).isTrue();
    }
}
