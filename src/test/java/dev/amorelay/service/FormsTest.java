package dev.amorelay.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mockito.Mockito.mock;

import dev.amorelay.amocrm.AccountZones;
import dev.amorelay.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients and engineers fill in. */
class FormsTest {

    private static final UUID MACHINE = UUID.fromString("5f0c1a52-0000-4000-8000-000000000017");

    private final RequestReader requests = new RequestReader();
    private final AccountZones zones = mock(AccountZones.class, call -> ZoneId.of("Europe/Moscow"));
    /** 23:30 on the 20th in UTC is the 21st in Moscow. */
    private final CompletionReader completions =
            new CompletionReader(mock(RequestBook.class), zones, Clock.fixed(Instant.parse("2026-11-20T23:30:00Z"), ZoneOffset.UTC));

    private RequestForm request(String json) {
        return requests.read(json.getBytes(StandardCharsets.UTF_8));
    }

    private List<String> wrong(String json) {
        RequestRejected rejected = catchThrowableOfType(RequestRejected.class, () -> request(json));
        assertThat(rejected).as(json).isNotNull();
        assertThat(rejected.status()).isEqualTo(422);
        assertThat(rejected.getMessage()).as("nothing of what was typed").doesNotContain("999");
        return fields(rejected);
    }

    private static List<String> fields(RequestRejected rejected) {
        return rejected.problem().path("errors").findValuesAsText("field");
    }

    @Test
    void aWholeFormIsRead() {
        assertThat(request("{\"machine_id\":\"" + MACHINE + "\",\"description\":\"  Шумит \\u0000\",\"phone\":\"8 999 765 43 21\","
                + "\"photos\":[\"AgACAgIAAxkBAAIB\",\"AgACAgIAAxkBAAIB\"]}"))
                .isEqualTo(new RequestForm(MACHINE, "Шумит \ufffd", "8 999 765 43 21", "+79997654321", List.of("AgACAgIAAxkBAAIB")));
    }

    @Test
    void phoneAndPhotosMayBeLeftOut() {
        assertThat(request("{\"machine_id\":\"" + MACHINE + "\",\"description\":\"Шумит\",\"phone\":\"\",\"photos\":null}"))
                .isEqualTo(new RequestForm(MACHINE, "Шумит", null, null, List.of()));
    }

    @Test
    void eachFieldIsLookedAt() {
        assertThat(wrong("{}")).containsExactly("machine_id", "description");
        assertThat(wrong("{\"machine_id\":17,\"description\":[\"Шумит\"]}")).containsExactly("machine_id", "description");
        assertThat(wrong("{\"machine_id\":\"1-1-1-1-1\",\"description\":\"Шумит\"}")).containsExactly("machine_id");
        assertThat(wrong("{\"machine_id\":\"" + MACHINE + "\",\"description\":\"" + "я".repeat(2001) + "\",\"phone\":\"8 999\"}"))
                .containsExactly("description", "phone");
        assertThat(wrong("{\"machine_id\":\"" + MACHINE + "\",\"description\":\"Шумит\",\"photos\":[1]}")).containsExactly("photos");
        assertThat(wrong("{\"machine_id\":\"" + MACHINE + "\",\"description\":\"Шумит\",\"photos\":\"AgACAgIAAxkBAAIB\"}")).containsExactly("photos");
        assertThat(wrong("{\"machine_id\":\"" + MACHINE + "\",\"description\":\"Шумит\",\"photos\":" + Json.write(Json.MAPPER.valueToTree(
                List.of("AgACAgIAAxkBAAI1", "AgACAgIAAxkBAAI2", "AgACAgIAAxkBAAI3", "AgACAgIAAxkBAAI4", "AgACAgIAAxkBAAI5", "AgACAgIAAxkBAAI6")))
                + "}")).containsExactly("photos");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{", "5", "\"x\"", "null"})
    void whatIsNoObjectIsRefused(String body) {
        assertThat(wrong(body)).containsExactly("body");
    }

    @ParameterizedTest
    @CsvSource({"2026-11-22,true", "2036-11-21,true", "2026-11-21,false", "2026-11-20,false", "2036-11-22,false", "2026-02-30,false",
        "22.11.2026,false"})
    void theNextMaintenanceIsADayToCome(String day, boolean fits) {
        byte[] body = ("{\"result\":\"Готово\",\"next_maintenance\":\"" + day + "\"}").getBytes(StandardCharsets.UTF_8);
        if (fits) {
            assertThat(completions.read("1", body)).isEqualTo(new Completion("Готово", LocalDate.parse(day)));
        } else {
            RequestRejected rejected = catchThrowableOfType(RequestRejected.class, () -> completions.read("1", body));
            assertThat(fields(rejected)).containsExactly("next_maintenance");
        }
    }

    @Test
    void aResultIsNeeded() {
        RequestRejected rejected = catchThrowableOfType(RequestRejected.class, () -> completions.read("1", new byte[0]));
        assertThat(fields(rejected)).containsExactly("result");
        assertThat(completions.read("1", "{\"result\":\"Готово\"}".getBytes(StandardCharsets.UTF_8)).nextMaintenance()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"ffd8ffe000,jpg", "89504e470d0a1a0a00,png", "524946460000000057454250,webp", "474946383961,", "3c737667,", "'',",
        "52494646000000005745424d,", "ffd8,"})
    void aPhotoIsKnownByItsFirstBytes(String hex, String type) {
        assertThat(PhotoType.of(HexFormat.of().parseHex(hex)).orElse(null)).isEqualTo(type);
    }
}
