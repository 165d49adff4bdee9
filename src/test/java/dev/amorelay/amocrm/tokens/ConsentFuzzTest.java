package dev.amorelay.amocrm.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.amorelay.amocrm.Accounts;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.mock.env.MockEnvironment;

/** Whatever a stranger calls the consent's address with is answered with a page, and no code of his is exchanged. */
class ConsentFuzzTest {

    private final Accounts accounts = Samples.accounts("https://example.amocrm.ru");
    private final ConsentState states = new ConsentState(accounts);
    /** Without an exchange: to get there would be a fall. */
    private final ConsentDoor door = new ConsentDoor(accounts, states, new CrmHosts(new MockEnvironment()), null, null, null);

    static Stream<byte[]> samples() {
        return Stream.of("code=x&referer=example.amocrm.ru&state=ZGVmYXVsdA.99999999999." + "a".repeat(43), "error=access_denied", "code=%zz&referer=&from_widget=1",
                "code=a&referer=evil.test&from_widget=1&client_id=x", "code=a&referer=b").map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("samples")
    @FuzzTest
    void aCall(byte[] query) {
        String text = new String(query, StandardCharsets.UTF_8);
        assertThat(door.receive(text).status()).isIn(200, 400);
        assertThat(states.accountOf(text, Instant.EPOCH)).isEmpty();
    }
}
