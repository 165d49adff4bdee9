package dev.amorelay.flowtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallPatternTest {

    private static final Call CALL = new Call("amocrm", "GET", "/api/v4/leads/501/notes", "page=2&filter%5Bid%5D%5B%5D=7", MissingNode.getInstance(), "");

    @ParameterizedTest
    @CsvSource({"GET,/api/v4/leads/501/notes,true", "GET,/api/v4/leads/*/notes,true", "GET,/api/v4/*,true", "POST,/api/v4/*,false",
        "GET,/api/v4/leads,false", "GET,/api/v4/leads/50./notes,false"})
    void methodAndPath(String method, String path, boolean fits) {
        assertThat(new CallPattern("amocrm", method, path, Map.of()).fits(CALL)).isEqualTo(fits);
    }

    @Test
    void parametersThatAreNamedMustBeThere() {
        assertThat(new CallPattern("amocrm", null, "*", Map.of("page", "2")).fits(CALL)).isTrue();
        assertThat(new CallPattern("amocrm", null, "*", Map.of("filter[id][]", "7")).fits(CALL)).isTrue();
        assertThat(new CallPattern("amocrm", null, "*", Map.of("page", "1")).fits(CALL)).isFalse();
        assertThat(new CallPattern("amocrm", null, "*", Map.of("limit", "")).fits(CALL)).isFalse();
    }

    @Test
    void anotherSystemIsAnother() {
        assertThat(new CallPattern("telegram", null, "*", Map.of()).fits(CALL)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"${today},2026-11-20", "до ${today+20 days},до 2026-12-10", "${now-2 hours},2026-11-20T20:30:00Z", "${unix+1 second},1795213801",
        "${unknown},${unknown}", "${today+},${today+}"})
    void momentsAreRelativeToTheRun(String text, String filled) {
        // half past one of the 20th in Moscow is half past ten of the 19th in Greenwich
        Moments moments = new Moments(Instant.parse(text.contains("today") ? "2026-11-19T22:30:00Z" : "2026-11-20T22:30:00Z"), ZoneId.of("Europe/Moscow"));
        assertThat(moments.fill(text)).isEqualTo(filled);
    }

    @Test
    void aLoneUnixTimeIsANumber() {
        Moments moments = new Moments(Instant.ofEpochSecond(1000));
        assertThat(moments.value("${unix-1 minute}").isNumber()).isTrue();
        assertThat(moments.value("${unix-1 minute}").asLong()).isEqualTo(940);
        assertThat(moments.value("at ${unix}").isTextual()).isTrue();
    }
}
