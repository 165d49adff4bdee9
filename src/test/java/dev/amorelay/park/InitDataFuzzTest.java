package dev.amorelay.park;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is brought as Telegram's proof is read or refused, and believed only with a signature. */
class InitDataFuzzTest {

    private final InitDataCheck check = new InitDataCheck("1:token", Clock.systemUTC());

    static Stream<byte[]> samples() {
        return Stream.of("query_id=AAH&user=%7B%22id%22%3A5%2C%22first_name%22%3A%22A%22%7D&auth_date=1662771648&hash=" + "a".repeat(64),
                "contact={\"user_id\":5,\"phone_number\":\"+79125550102\"}&auth_date=99999999999&hash=x", "a=1&a=2", "user=1e99999999999&auth_date=1", "conta\r=99acx")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("samples")
    @FuzzTest
    void aProof(byte[] body) {
        String raw = new String(body, StandardCharsets.UTF_8);
        assertThatThrownBy(() -> check.check(raw, Duration.ofDays(36_500))).isInstanceOf(NotSignedIn.class);
        try {
            InitData data = InitData.read(raw);
            // Telegram ends a field with LF and with nothing else
            assertThat(data.signed().chars().filter(sign -> sign == '\n').count()).isLessThan(Math.max(1, data.fields().size()));
            data.signedAt();
            assertThat(data.user().isObject()).isTrue();
        } catch (NotSignedIn refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
    }
}
