package dev.amorelay.amocrm.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amorelay.amocrm.Account;
import dev.amorelay.amocrm.CrmUnavailable;
import dev.amorelay.amocrm.CrmUnavailable.Trouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Status and hint tell what is wrong (facts §1.5); the title never does. */
class OAuthTroublesTest {

    private final Account account = Samples.accounts("https://example.amocrm.ru").named(null);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            401 | Token has been revoked            | AUTH_REQUIRED | доступ отозван     | ссылку выдаёт https://relay.example.com/api/admin/oauth/link
            401 | Cannot decrypt the refresh token  | AUTH_REQUIRED | доступ отозван     | ссылку выдаёт
            400 | Token has expired                 | AUTH_REQUIRED | доступ отозван     | ссылку выдаёт
            401 | ''                                | AUTH_REQUIRED | AMOCRM_CLIENT_ID   | Ключи и доступы
            401 | Token is not linked to client     | AUTH_REQUIRED | AMOCRM_CLIENT_ID   | Ключи и доступы
            400 | ''                                | AUTH_REQUIRED | адрес перенаправления | AMOCRM_REDIRECT_URI
            400 | Invalid redirect URI              | AUTH_REQUIRED | адрес перенаправления | AMOCRM_REDIRECT_URI
            402 | ''                                | UNPAID        | не оплачен         | оплатите
            403 | ''                                | BLOCKED       | заблокировала      | поддержку
            404 | ''                                | UNEXPECTED    | нет аккаунта       | AMOCRM_SUBDOMAIN
            429 | ''                                | TOO_FAST      | реже               | релей подождёт
            302 | ''                                | UNEXPECTED    | не API             | AMOCRM_BASE_URL
            """)
    void tellsCauseAndRemedy(int status, String hint, Trouble trouble, String cause, String remedy) {
        CrmUnavailable told = OAuthTroubles.of(account, new OAuthRefusal(status, hint, null), false);

        assertThat(told.trouble()).isEqualTo(trouble);
        assertThat(told.cause()).contains(cause);
        assertThat(told.remedy()).contains(remedy);
        assertThat(told.getMessage()).contains("→ " + status);
    }

    @Test
    void aSpentCodeIsNotARevokedConsent() {
        assertThat(OAuthTroubles.of(account, new OAuthRefusal(400, "Authorization code has been revoked", null), true).cause())
                .contains("код доступа");
    }

    @ParameterizedTest
    @CsvSource({"404,'',true", "401,'',true", "401,Something else,true", "401,Token has been revoked,false",
        "401,Cannot decrypt the refresh token,false", "400,'',false", "403,'',false"})
    void whenToLookForANewAddress(int status, String hint, boolean mayBe) {
        assertThat(new OAuthRefusal(status, hint, null).mayBeRenamed()).isEqualTo(mayBe);
    }

    @Test
    void furtherAccountsHaveSettingsOfTheirOwn() {
        Account second = Samples.accounts("https://example.amocrm.ru", "relay.accounts.second.subdomain", "second").named("second");

        assertThat(OAuthTroubles.notConfigured(second).remedy()).contains("relay.accounts.second.access-token");
        assertThat(OAuthTroubles.noPair(second).remedy()).contains("/api/admin/oauth/link?account=second");
    }
}
