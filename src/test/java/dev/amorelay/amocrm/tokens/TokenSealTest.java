package dev.amorelay.amocrm.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenSealTest {

    private static final String TOKEN = "def502".repeat(200) + "é";

    private final TokenSeal seal = new TokenSeal(Samples.SECRET);

    @Test
    void opensWhatItSealed() {
        assertThat(seal.open(seal.seal(TOKEN, "default/access"), "default/access")).contains(TOKEN);
    }

    @Test
    void neverSealsTheSameWayTwiceAndShowsNothing() {
        String first = seal.seal(TOKEN, "default/access");

        assertThat(first).doesNotContain("def502").isNotEqualTo(seal.seal(TOKEN, "default/access"));
    }

    @Test
    void staysClosedToAnotherSecret() {
        assertThat(new TokenSeal(Samples.SECRET + "x").open(seal.seal(TOKEN, "default/access"), "default/access")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"default/refresh", "second/access", ""})
    void staysClosedInAnotherPlace(String place) {
        assertThat(seal.open(seal.seal(TOKEN, "default/access"), place)).isEmpty();
    }

    @Test
    void noticesAChange() {
        String sealed = seal.seal(TOKEN, "default/access");
        char last = sealed.charAt(40) == 'A' ? 'B' : 'A';

        assertThat(seal.open(sealed.substring(0, 40) + last + sealed.substring(41), "default/access")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "v1:", "v1:AAAA", "v1:not base64!", "v2:AAAA", "plain"})
    void takesNothingElse(String text) {
        assertThat(seal.open(text, "default/access")).isEmpty();
    }

    /** As {@code openssl kdf -keylen 32 -kdfopt digest:SHA256 -kdfopt key:s -kdfopt salt:dev.amorelay -kdfopt info:a HKDF} says. */
    @Test
    void theKeyIsThatOfTheStandard() {
        assertThat(HexFormat.of().formatHex(SecretKeys.derive("s", "a")))
                .isEqualTo("5301d6b8357057fd87d8dbbeca74af150e60d3ac00b342cab8cc81c185d3fc68");
        assertThat(SecretKeys.derive("s", "b")).hasSize(32).isNotEqualTo(SecretKeys.derive("s", "a"));
    }

    @Test
    void recordsShowNoTokens() {
        assertThat(new TokenPair("acc", "ref", Duration.ofDays(1)).toString()).doesNotContain("acc").doesNotContain("ref");
        assertThat(new StoredPair("default", "https://example.amocrm.ru", "secret1", "secret2", "secret3", Duration.ZERO, Duration.ZERO,
                Optional.empty()).toString()).doesNotContain("secret");
        assertThat(new OAuthHttp.Answer(200, "secret").toString()).doesNotContain("secret");
        assertThat(Samples.accounts("https://example.amocrm.ru").named(null).toString()).doesNotContain(Samples.SECRET);
    }
}
