package dev.amorelay.amocrm.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.amorelay.amocrm.Access;
import dev.amorelay.amocrm.CrmUnavailable;
import dev.amorelay.amocrm.tokens.OAuthHttp.Answer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An account that answers at another host than before (facts §1.6). */
class RenamedAccountIT extends TokenDatabase {

    private static final String OLD = "https://old-name.amocrm.ru";
    private static final String NEW = "https://new-name.amocrm.ru";
    private static final String TOKENS = "/oauth2/access_token";
    private static final String WHERE = "https://api-b.amocrm.ru/oauth2/account/current/subdomain";
    private static final String ACCESS = Samples.jwt("{\"api_domain\":\"api-b.amocrm.ru\",\"account_id\":31415926}");

    private static Answer pair(String access, String refresh) {
        return new Answer(200, Samples.pairBody(access, refresh));
    }

    private Node node(FakeOAuth amocrm, String access) {
        Node node = new Node(jdbc, Samples.accounts(OLD), amocrm);
        node.store.put(node.account, OLD, new TokenPair(access, "r1", Duration.ofDays(1)));
        return node;
    }

    private static FakeOAuth renamed(int oldHostAnswers, String body, String domain) {
        return new FakeOAuth((address, token) -> {
            if (address.startsWith(OLD)) {
                return new Answer(oldHostAnswers, body);
            } else if (address.equals(WHERE)) {
                return new Answer(200, "{\"id\":1,\"subdomain\":\"new-name\",\"domain\":\"" + domain + "\",\"top_level_domain\":\"ru\"}");
            }
            return address.equals(NEW + TOKENS) ? pair("a2", "r2") : new Answer(404, "");
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            404 | <html>404</html>
            401 | {"title":"Некорректный клиент","status":401}
            """)
    void isFoundAndRemembered(int status, String body) {
        FakeOAuth amocrm = renamed(status, body, "new-name.amocrm.ru");
        Node node = node(amocrm, ACCESS);

        assertThat(node.renew(ACCESS)).isEqualTo(new Access(NEW, "a2"));
        assertThat(amocrm.asked).containsExactly(OLD + TOKENS + " r1", WHERE + " r1", NEW + TOKENS + " r1");
        assertThat(jdbc.queryForObject("SELECT address FROM oauth_tokens", String.class)).isEqualTo(NEW);
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.com", "amocrm.ru.evil.com", "evil-amocrm.ru", "x@new-name.amocrm.ru", "new-name.amocrm.ru/x", "", "old-name.amocrm.ru"})
    void anAnswerThatIsNoOtherHostOfAmocrmIsNotFollowed(String domain) {
        FakeOAuth amocrm = renamed(404, "", domain);
        Node node = node(amocrm, ACCESS);

        assertThat(catchThrowableOfType(CrmUnavailable.class, () -> node.renew(ACCESS)).cause()).contains("нет аккаунта");
        assertThat(amocrm.asked).containsExactly(OLD + TOKENS + " r1", WHERE + " r1");
    }

    @Test
    void aTokenWithoutTheClaimAsksNobody() {
        FakeOAuth amocrm = renamed(404, "", "new-name.amocrm.ru");
        String evil = Samples.jwt("{\"api_domain\":\"evil.com\"}");
        Node node = node(amocrm, evil);

        assertThatThrownBy(() -> node.renew(evil)).isInstanceOf(CrmUnavailable.class);
        assertThat(amocrm.asked).containsExactly(OLD + TOKENS + " r1");
    }

    @Test
    void aRevokedTokenIsRevokedEverywhere() {
        FakeOAuth amocrm = renamed(401, "{\"hint\":\"Token has been revoked\"}", "new-name.amocrm.ru");
        Node node = node(amocrm, ACCESS);

        assertThat(catchThrowableOfType(CrmUnavailable.class, () -> node.renew(ACCESS)).cause()).contains("доступ отозван");
        assertThat(amocrm.asked).containsExactly(OLD + TOKENS + " r1");
    }

    @Test
    void consentAtAnotherHostCountsOnlyForTheSameAccount() {
        FakeOAuth amocrm = new FakeOAuth((address, token) -> pair(Samples.jwt("{\"account_id\":31415926}"), "r7"));
        Node node = new Node(jdbc, Samples.accounts(OLD), amocrm);
        Node knowing = new Node(jdbc, Samples.accounts(OLD, "relay.amocrm.id", "31415926"), amocrm);
        Node other = new Node(jdbc, Samples.accounts(OLD, "relay.amocrm.id", "27182818"), amocrm);

        assertThatThrownBy(() -> node.exchange.exchange(node.account, NEW, "c1", false)).isInstanceOf(ConsentFailed.class);
        assertThat(amocrm.asked).as("without its number the secret is not shown to another account's host").isEmpty();
        assertThatThrownBy(() -> other.exchange.exchange(other.account, OLD, "c1", false)).isInstanceOf(ConsentFailed.class);
        assertThat(jdbc.queryForObject("SELECT count(*) FROM oauth_tokens", Long.class)).isZero();

        assertThat(knowing.exchange.exchange(knowing.account, NEW, "c2", false)).isEqualTo(NEW);
        assertThat(knowing.access().address()).isEqualTo(NEW);
    }
}
