package dev.amorelay.amocrm.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenClaimsTest {

    @Test
    void tellsTheHostThatKnowsTheAccount() {
        TokenClaims claims = TokenClaims.of(Samples.jwt("{\"api_domain\":\"api-b.amocrm.ru\",\"account_id\":31415926}"));

        assertThat(claims.apiDomain()).contains("api-b.amocrm.ru");
        assertThat(claims.accountId()).contains(31415926L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sbx-access-1", "a.b", "a.b.c", "a.!!!.c", "a.e30.c", "a.bm8.c", "..", "a.W10.c"})
    void takesWhatIsNoJwt(String token) {
        TokenClaims claims = TokenClaims.of(token);

        assertThat(claims.apiDomain()).isEmpty();
        assertThat(claims.accountId()).isEmpty();
    }

    @Test
    void takesClaimsOfOtherKinds() {
        assertThat(TokenClaims.of(Samples.jwt("{\"api_domain\":5,\"account_id\":\"x\"}")).apiDomain()).isEmpty();
        assertThat(TokenClaims.of(Samples.jwt("{\"api_domain\":5,\"account_id\":\"x\"}")).accountId()).isEmpty();
    }
}
