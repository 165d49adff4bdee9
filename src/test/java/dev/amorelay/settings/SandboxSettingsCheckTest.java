package dev.amorelay.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.mock.env.MockEnvironment;

/** Sandbox and production never mix. */
class SandboxSettingsCheckTest {

    private static MockEnvironment sandbox(String name, String value) {
        MockEnvironment environment = new MockEnvironment().withProperty(name, value);
        environment.setActiveProfiles("sandbox");
        return environment;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            AMOCRM_SUBDOMAIN     | example
            AMOCRM_ACCESS_TOKEN  | eyJ0eXAi
            AMOCRM_BASE_URL      | https://example.amocrm.ru
            AMOCRM_CLIENT_ID     | 3f0e
            AMOCRM_CLIENT_SECRET | s3cret
            AMOCRM_REDIRECT_URI  | https://relay.example.com/webhook/amocrm
            TELEGRAM_BOT_TOKEN   | 123456789:AAEhBOweik6ad9r_QXMENQjcrGbqCr4K-bc
            TELEGRAM_BASE_URI    | https://api.telegram.org
            TELEGRAM_PROXY       | socks5://proxy.example.com:1080
            SMTP_HOST            | mail.example.com
            SMTP_PASSWORD        | secret
            RELAY_WEBHOOK_KEY    | a-real-webhook-key
            RELAY_PUBLIC_URL     | https://relay.example.com
            DATABASE_URL         | jdbc:postgresql://db:5432/relay
            SERVER_ADDRESS       | 0.0.0.0
            relay.amocrm.base-url    | https://example.amocrm.ru
            relay.telegram.base-uri  | https://api.telegram.org
            relay.smtp.host          | mail.example.com
            server.address           | 0.0.0.0
            """)
    void besideARealSettingItDoesNotStart(String name, String value) {
        assertThat(SettingsCheck.problems(sandbox(name, value))).isNotEmpty().first().asString().startsWith(name).doesNotContain(value);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            AMOCRM_ACCESS_TOKEN  | sandbox
            AMOCRM_CLIENT_ID     | 00000000-0000-4000-8000-000000000001
            AMOCRM_CLIENT_SECRET | sandbox-secret
            AMOCRM_REDIRECT_URI  | http://127.0.0.1:8080/webhook/amocrm
            TELEGRAM_BOT_TOKEN   | 1:sandbox
            SMTP_HOST            | localhost
            RELAY_WEBHOOK_KEY    | sandbox-key
            RELAY_PUBLIC_URL     | http://localhost:8080
            DATABASE_URL         | jdbc:postgresql://localhost:5432/sandbox
            SERVER_ADDRESS       | ::1
            RELAY_ADMIN_PASSWORD | sandbox
            RELAY_ACCOUNTS_B_ACCESS_TOKEN | sandbox
            relay.accounts.b.base-url     | http://127.0.0.1:8080/sandbox/amocrm-b
            """)
    void itsOwnValuesStart(String name, String value) {
        assertThat(SandboxSettingsCheck.problems(sandbox(name, value))).isEmpty();
    }

    @Test
    void aFurtherAccountIsOneOfTheStandIns() {
        assertThat(SandboxSettingsCheck.problems(sandbox("relay.accounts.b.subdomain", "example-two"))).singleElement().asString().contains("the account b");
        assertThat(SandboxSettingsCheck.problems(sandbox("relay.accounts.b.base-url", "https://example-two.amocrm.ru"))).hasSize(1);
    }

    @Test
    void itIsChosenByNameOrByItself() {
        assertThat(profiles(new MockEnvironment())).containsExactly("sandbox");
        assertThat(profiles(new MockEnvironment().withProperty("RELAY_PROFILE", "sandbox"))).containsExactly("sandbox");
        assertThat(profiles(new MockEnvironment().withProperty("AMOCRM_SUBDOMAIN", "example"))).isEmpty();
        assertThat(profiles(new MockEnvironment().withProperty("RELAY_PROFILE", "sandbox").withProperty("AMOCRM_SUBDOMAIN", "example")))
                .as("named, and refused beside the account").containsExactly("sandbox");
    }

    @Test
    void aNameOtherThanItsOwnRulesItOut() {
        MockEnvironment live = new MockEnvironment().withProperty("RELAY_PROFILE", "live").withProperty("relay.allow-root", "true");
        assertThat(profiles(live)).isEmpty();
        assertThat(SettingsCheck.problems(live)).anyMatch(problem -> problem.startsWith("AMOCRM_SUBDOMAIN is missing"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST", "a.localhost", "127.0.0.1", "127.255.255.254", "::1", "[::1]"})
    void thisMachine(String host) {
        assertThat(Loopback.isHost(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost.example.com", "127.0.0.1.example.com", "127.0.0.256", "127.1", "0.0.0.0", "10.0.0.1", "example.com", "", "::2"})
    void noneOfThese(String host) {
        assertThat(Loopback.isHost(host)).isFalse();
    }

    private static String[] profiles(MockEnvironment environment) {
        new SandboxProfile().postProcessEnvironment(environment, new SpringApplication());
        return environment.getActiveProfiles();
    }
}
