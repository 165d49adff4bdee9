package dev.amorelay.park;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class InitDataCheckTest {

    /** The vector of docs.telegram-mini-apps.com (init-data-node and others); its bot's token is public. */
    private static final String OLD_TOKEN = "5768337691:AAH5YkoiEuPk8-FZa32hStHTqXiLPtAEhx8";
    private static final String OLD = "query_id=AAHdF6IQAAAAAN0XohDhrOrc"
            + "&user=%7B%22id%22%3A279058397%2C%22first_name%22%3A%22Vladislav%22%2C%22last_name%22%3A%22Kibenko%22%2C%22username%22%3A%22vdkfrost%22"
            + "%2C%22language_code%22%3A%22ru%22%2C%22is_premium%22%3Atrue%7D"
            + "&auth_date=1662771648&hash=c501b71e775f74ce10e377dea85a7ea24ecd640b223ea86dfe453e0eaed2e2b2";

    /** The same project's newer one: as Telegram sends it today, with {@code signature}. */
    private static final String TOKEN = "7342037359:AAFZehRPBRs8Seg40oDjTMIW8uTGPuW1zfQ";
    private static final String SIGNED = "user=%7B%22id%22%3A279058397%2C%22first_name%22%3A%22Vladislav%20%2B%20-%20%3F%20%5C%2F%22"
            + "%2C%22last_name%22%3A%22Kibenko%22%2C%22username%22%3A%22vdkfrost%22%2C%22language_code%22%3A%22ru%22%2C%22is_premium%22%3Atrue"
            + "%2C%22allows_write_to_pm%22%3Atrue%2C%22photo_url%22%3A%22https%3A%5C%2F%5C%2Ft.me%5C%2Fi%5C%2Fuserpic%5C%2F320%5C%2F"
            + "4FPEE4tmP3ATHa57u6MqTDih13LTOiMoKoLDRG4PnSA.svg%22%7D&chat_instance=8134722200314281151&chat_type=private&auth_date=1733584787"
            + "&signature=zL-ucjNyREiHDE8aihFwpfR9aggP2xiAo3NSpfe-p7IbCisNlDKlo7Kb6G4D0Ao2mBrSgEk4maLSdv6MLIlADQ"
            + "&hash=2174df5b000556d044f3f020384e879c8efcab55ddea2ced4eb752e93e7080d6";
    private static final Instant SIGNED_AT = Instant.ofEpochSecond(1_733_584_787);
    private static final Duration DAY = Duration.ofHours(24);

    private static InitDataCheck at(Instant now, String token) {
        return new InitDataCheck(token, Clock.fixed(now, ZoneOffset.UTC));
    }

    private static InitData check(String raw) {
        return at(SIGNED_AT.plusSeconds(60), TOKEN).check(raw, DAY);
    }

    private static void refused(String raw, String why) {
        assertThatThrownBy(() -> check(raw)).isInstanceOf(NotSignedIn.class).hasMessageContaining(why);
    }

    @Test
    void publishedVectorPasses() {
        InitData data = at(Instant.ofEpochSecond(1_662_771_648 + 60), OLD_TOKEN).check(OLD, DAY);
        assertThat(data.user().path("id").asLong()).isEqualTo(279058397);
        assertThat(data.user().path("first_name").asText()).isEqualTo("Vladislav");
    }

    @Test
    void publishedVectorWithSignaturePasses() {
        assertThat(check(SIGNED).user().path("first_name").asText()).isEqualTo("Vladislav + - ? /");
    }

    @Test
    void orderOfFieldsDoesNotMatter() {
        List<String> fields = Arrays.asList(SIGNED.split("&"));
        java.util.Collections.reverse(fields);
        assertThat(check(String.join("&", fields)).fields()).hasSize(6);
    }

    static Stream<String> alterations() {
        String[] fields = SIGNED.split("&");
        // each field with another last character, left out, emptied, and renamed
        return Stream.of(fields).flatMap(field -> {
            char last = field.charAt(field.length() - 1);
            String name = field.substring(0, field.indexOf('='));
            return Stream.of(SIGNED.replace(field, field.substring(0, field.length() - 1) + (last == '0' ? '1' : '0')),
                    Stream.of(fields).filter(other -> !other.equals(field)).collect(Collectors.joining("&")),
                    SIGNED.replace(field, name + "="), SIGNED.replace(field, "x" + field));
        });
    }

    @ParameterizedTest
    @MethodSource("alterations")
    void eachAlteredFieldFails(String altered) {
        assertThat(altered).isNotEqualTo(SIGNED);
        refused(altered, "");
    }

    @Test
    void anAddedFieldFails() {
        refused(SIGNED + "&start_param=inv_x", "not signed by Telegram");
    }

    @Test
    void otherBotsTokenFails() {
        assertThatThrownBy(() -> at(SIGNED_AT, OLD_TOKEN).check(SIGNED, DAY)).isInstanceOf(NotSignedIn.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"user=%7B%22id%22%3A1%7D", "hash=2174df5b000556d044f3f020384e879c8efcab55ddea2ced4eb752e93e7080d6", "auth_date=1733584787", "%75ser=1"})
    void duplicatesAreRefused(String more) {
        refused(SIGNED + "&" + more, "twice");
        refused(more + "&" + SIGNED, "twice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "hash", "=x", "a=b&&c=d", "user=%7", "user=%ZZ&hash=1"})
    void whatIsNoQueryStringIsRefused(String raw) {
        refused(raw, "");
    }

    @Test
    void farTooMuchIsRefused() {
        refused(SIGNED + "&x=" + "y".repeat(20_000), "too much");
    }

    @Test
    void aLineBreakCannotFakeAField() {
        // in what is signed, start_param=a + line break + user=… would read like two fields
        assertThat(check(signed(Map.of("auth_date", "1733584787", "start_param", "a"))).fields()).containsKey("start_param");
        refused(signed(Map.of("auth_date", "1733584787", "start_param", "a\nuser={\"id\":1}")), "line break");
    }

    @Test
    void withoutATokenNothingIsBelieved() {
        for (String none : new String[] {null, "", " "}) {
            assertThatThrownBy(() -> at(SIGNED_AT, none).check(SIGNED, DAY)).isInstanceOf(NotSignedIn.class).hasMessageContaining("not set");
        }
    }

    @Test
    void oldOnesAreRefusedByTheSecond() {
        assertThat(at(SIGNED_AT.plus(DAY), TOKEN).check(SIGNED, DAY)).isNotNull();
        assertThatThrownBy(() -> at(SIGNED_AT.plus(DAY).plusSeconds(1), TOKEN).check(SIGNED, DAY)).isInstanceOf(NotSignedIn.class)
                .hasMessage("signed too long ago");
        assertThat(at(SIGNED_AT.plusSeconds(3600), TOKEN).check(SIGNED, Duration.ofHours(1))).isNotNull();
        assertThatThrownBy(() -> at(SIGNED_AT.plusSeconds(3601), TOKEN).check(SIGNED, Duration.ofHours(1))).isInstanceOf(NotSignedIn.class);
    }

    @Test
    void futureIsRefusedButForTheClocks() {
        assertThat(at(SIGNED_AT.minus(InitDataCheck.CLOCKS), TOKEN).check(SIGNED, DAY)).isNotNull();
        assertThatThrownBy(() -> at(SIGNED_AT.minus(InitDataCheck.CLOCKS).minusSeconds(1), TOKEN).check(SIGNED, DAY))
                .isInstanceOf(NotSignedIn.class).hasMessageContaining("future");
    }

    @Test
    void aDateThatIsNoneIsRefused() {
        for (String date : List.of("", "-1", "1733584787.5", "x", "999999999999999")) {
            refused(signed(Map.of("auth_date", date, "user", "{\"id\":1}")), "");
        }
        refused(signed(Map.of("user", "{\"id\":1}")), "without a date");
    }

    @Test
    void aUserThatIsNoneIsRefused() {
        for (String user : List.of("", "1", "[]", "{", "null")) {
            InitData data = check(signed(Map.of("auth_date", "1733584787", "user", user)));
            assertThatThrownBy(data::user).isInstanceOf(NotSignedIn.class).hasMessageContaining("without user");
        }
    }

    /** As Telegram would sign it. */
    static String signed(Map<String, String> told) {
        return signed(told, TOKEN);
    }

    static String signed(Map<String, String> told, String token) {
        Map<String, String> fields = new TreeMap<>(told);
        String text = fields.entrySet().stream().map(field -> field.getKey() + "=" + field.getValue()).collect(Collectors.joining("\n"));
        fields.put("hash", HexFormat.of().formatHex(hmac(hmac("WebAppData".getBytes(StandardCharsets.UTF_8), token), text)));
        return fields.entrySet().stream().map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
