package dev.amorelay.amocrm.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amorelay.amocrm.Account;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.env.MockEnvironment;

/** Who gets to see the client secret. */
class CrmHostsTest {

    private final CrmHosts hosts = new CrmHosts(new MockEnvironment());
    private final Account account = Samples.accounts("https://example.amocrm.ru").named(null);

    private static CrmHosts inSandbox() {
        MockEnvironment environment = new MockEnvironment();
        environment.setActiveProfiles("sandbox");
        return new CrmHosts(environment);
    }

    @ParameterizedTest
    @ValueSource(strings = {"example.amocrm.ru", "my-shop2.amocrm.com", "example.kommo.com"})
    void amocrmsOwn(String referer) {
        assertThat(hosts.addressOf(account, referer)).contains("https://" + referer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil-amocrm.ru", "amocrm.ru", ".amocrm.ru", "amocrm.ru.evil.com", "example.amocrm.ru.evil.com", "evil.com",
        "user@example.amocrm.ru", "example.amocrm.ru@evil.com", "example.amocrm.ru:8443", "example.amocrm.ru/", "example.amocrm.ru#",
        "https://example.amocrm.ru", "evil.com/.amocrm.ru", "evil.com?.amocrm.ru", "evil.com#.amocrm.ru", "evil.com\\.amocrm.ru",
        "a.b.amocrm.ru", "example.amocrm.ru\n", "exam ple.amocrm.ru", "exаmple.amocrm.ru", "example.amocrm.ru.", "127.0.0.1", "", "%2e.amocrm.ru"})
    void nobodyElse(String referer) {
        assertThat(hosts.addressOf(account, referer)).isEmpty();
        assertThat(inSandbox().addressOf(account, referer)).isEmpty();
    }

    @Test
    void theSandboxsOwnInTheSandboxOnly() {
        Account own = Samples.accounts("http://127.0.0.1:8080/sandbox/amocrm").named(null);

        assertThat(inSandbox().addressOf(own, "127.0.0.1:8080")).contains("http://127.0.0.1:8080/sandbox/amocrm");
        assertThat(inSandbox().addressOf(own, "127.0.0.1:8081")).isEmpty();
        assertThat(hosts.addressOf(own, "127.0.0.1:8080")).isEmpty();
    }

    @Test
    void aConfiguredProxyCarriesTheCodeToo() {
        Account proxied = Samples.accounts("https://crm-proxy.example.com").named(null);

        assertThat(hosts.addressOf(proxied, "example.amocrm.ru")).contains("https://crm-proxy.example.com");
        assertThat(hosts.addressOf(proxied, "crm-proxy.example.com")).isEmpty();
    }

    @Test
    void anotherAccountsHostIsNotThisAccounts() {
        assertThat(hosts.isHostOf(account, "example.amocrm.ru")).isTrue();
        assertThat(hosts.isHostOf(account, "another.amocrm.ru")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.com", "api-b.amocrm.ru.evil.com", "evil-amocrm.ru", "user@api-b.amocrm.ru", "api-b.amocrm.ru:81",
        "API-B.amocrm.ru", "api-b.amocrm.ru/x", "", "127.0.0.1:8080/sandbox/api-domain"})
    void aClaimLeadsToAmocrmOnly(String domain) {
        assertThat(hosts.moved(account, domain)).isEmpty();
        assertThat(hosts.moved(account, "api-b.amocrm.ru")).contains("https://api-b.amocrm.ru");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:8081/sandbox/api-domain", "127.0.0.1:8080@evil.com", "127.0.0.1:8080/../x", "evil.com/127.0.0.1:8080", "api-b.amocrm.ru"})
    void theSandboxStaysAtHome(String domain) {
        Account own = Samples.accounts("http://127.0.0.1:8080/sandbox/amocrm").named(null);

        assertThat(inSandbox().moved(own, domain)).isEmpty();
        assertThat(hosts.moved(own, "127.0.0.1:8080/sandbox/renamed")).isEmpty();
        assertThat(inSandbox().moved(own, "127.0.0.1:8080/sandbox/renamed")).contains("http://127.0.0.1:8080/sandbox/renamed");
    }
}
