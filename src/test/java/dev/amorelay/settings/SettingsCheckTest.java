package dev.amorelay.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.mock.env.MockEnvironment;

/** What stops a start. */
class SettingsCheckTest {

    @Test
    void acceptsACompleteSetOfSettings() {
        assertThat(SettingsCheck.problems(complete())).isEmpty();
    }

    @Test
    void theSlimJarHasNoSandbox() {
        MockEnvironment sandbox = new MockEnvironment();
        sandbox.setActiveProfiles("sandbox");
        ClassLoader usual = Thread.currentThread().getContextClassLoader();
        try (FilteredClassLoader slim = new FilteredClassLoader("dev.amorelay.sandbox")) {
            Thread.currentThread().setContextClassLoader(slim);
            assertThat(SettingsCheck.problems(sandbox)).singleElement().asString().startsWith("AMOCRM_SUBDOMAIN is missing").contains("slim");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            Thread.currentThread().setContextClassLoader(usual);
        }
    }

    @Test
    void acceptsOAuthInPlaceOfTheToken() {
        MockEnvironment environment = complete()
                .withProperty("relay.amocrm.access-token", "")
                .withProperty("relay.amocrm.client-id", "3f0e")
                .withProperty("relay.amocrm.client-secret", "s3cret")
                .withProperty("relay.amocrm.redirect-uri", "https://relay.example.com/webhook/amocrm");
        assertThat(SettingsCheck.problems(environment)).isEmpty();
    }

    @Test
    void namesAllThatIsMissing() {
        MockEnvironment environment = new MockEnvironment().withProperty("relay.amocrm.subdomain", "example")
                .withProperty("relay.allow-root", "true");
        assertThat(variables(SettingsCheck.problems(environment))).containsExactly("RELAY_ADMIN_PASSWORD", "AMOCRM_ACCESS_TOKEN",
                "AMOCRM_PIPELINE_ID", "AMOCRM_STATUS_ID", "RELAY_WEBHOOK_KEY", "MAIL_ORDERS_TO", "SMTP_HOST");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                          | RELAY_WEBHOOK_KEY is missing
            0.0.0.0/0     | RELAY_WEBHOOK_ALLOWED_IPS lets the whole world post
            ::/0          | RELAY_WEBHOOK_ALLOWED_IPS lets the whole world post
            203.0.113.7, 0.0.0.0/1, 128.0.0.0/1 | RELAY_WEBHOOK_ALLOWED_IPS lets the whole world post
            """)
    void noProductionStartsWithAnOpenHookAddress(String senders, String complaint) {
        MockEnvironment open = complete().withProperty("relay.webhook-key", "")
                .withProperty("relay.webhooks.allowed-ips", senders == null ? "" : senders);
        assertThat(SettingsCheck.problems(open)).singleElement().asString().startsWith(complaint);
        assertThat(SettingsCheck.problems(open.withProperty("relay.webhook-key", "kT7-invented-key"))).isEmpty();
    }

    @Test
    void aListOfSendersWillDoInPlaceOfAKey() {
        assertThat(SettingsCheck.problems(complete().withProperty("relay.webhook-key", "")
                .withProperty("relay.webhooks.allowed-ips", "203.0.113.7,10.0.0.0/8"))).isEmpty();
        assertThat(SettingsCheck.problems(complete().withProperty("relay.webhook-key", "")
                .withProperty("relay.webhooks.allowed-ips[0]", "203.0.113.7"))).isEmpty();
    }

    @Test
    void aKeyOfAFurtherAccountIsNoKeyOfThePlainAddress() {
        assertThat(SettingsCheck.problems(withB().withProperty("relay.webhook-key", "")
                .withProperty("relay.accounts.b.webhook-key", "key-of-account-b"))).singleElement().asString().startsWith("RELAY_WEBHOOK_KEY is missing");
    }

    @Test
    void namesThePartOfOAuthThatIsMissing() {
        MockEnvironment environment = complete().withProperty("relay.amocrm.access-token", " ")
                .withProperty("relay.amocrm.client-id", "3f0e");
        assertThat(SettingsCheck.problems(environment)).singleElement().asString()
                .startsWith("AMOCRM_CLIENT_SECRET and AMOCRM_REDIRECT_URI are missing");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            AMOCRM_SUBDOMAIN               | relay.amocrm.subdomain                 | https://example.amocrm.ru
            AMOCRM_BASE_URL                | relay.amocrm.base-url                  | https://example.amocrm.ru/
            AMOCRM_BASE_URL                | relay.amocrm.base-url                  | example.amocrm.ru
            AMOCRM_ACCESS_TOKEN            | relay.amocrm.access-token              | two words
            AMOCRM_ACCESS_TOKEN            | relay.amocrm.access-token              | Bearer sandbox
            AMOCRM_ACCESS_TOKEN            | relay.amocrm.access-token              | "sandbox"
            AMOCRM_REDIRECT_URI            | relay.amocrm.redirect-uri              | http://relay.example.com/webhook/amocrm
            AMOCRM_REDIRECT_URI            | relay.amocrm.redirect-uri              | http://127.0.0.1.example.com/webhook/amocrm
            AMOCRM_REDIRECT_URI            | relay.amocrm.redirect-uri              | relay.example.com/webhook/amocrm
            AMOCRM_CLIENT_SECRET           | relay.amocrm.client-secret             | two words
            AMOCRM_PIPELINE_ID             | relay.amocrm.pipeline-id               | Заявки
            AMOCRM_STATUS_ID               | relay.amocrm.status-id                 | 0
            AMOCRM_STATUS_SUCCESS          | relay.amocrm.status-success            | -142
            AMOCRM_RESPONSIBLE_USER_ID     | relay.amocrm.responsible-user-id       | 12 380 450
            AMOCRM_PIPELINE_PARTS_ID       | relay.amocrm.pipeline-parts-id         | 99999999999999999999
            AMOCRM_FIELD_SERIAL_ID         | relay.amocrm.field.serial-id           | 712629a
            AMOCRM_FIELD_NEXT_MAINTENANCE_ID | relay.amocrm.field.next-maintenance-id | 1.5
            AMOCRM_FIELD_LEAD_UUID_ID      | relay.amocrm.field.lead-uuid-id        | 1e9
            AMOCRM_RATE_LIMITS             | relay.amocrm.rate-limits               | 7 per second
            AMOCRM_RATE_LIMITS             | relay.amocrm.rate-limits               | 0/1s
            DATABASE_URL                   | spring.datasource.url                  | postgres://u:p@db:5432/relay
            DATABASE_URL                   | spring.datasource.url                  | jdbc:mysql://db/relay
            DATABASE_URL                   | spring.datasource.url                  | jdbc:postgresql://db
            RELAY_DATA_DIR                 | relay.data-dir                         | pom.xml
            RELAY_ROUTES_DIR               | relay.routes-dir                       | no-such-folder
            RELAY_ROUTES_LIVE              | relay.routes.live                      | yes
            RELAY_ROUTES_TESTS             | relay.routes.tests                     | yes
            RELAY_ADMIN_PASSWORD           | relay.admin-password                   | short12
            RELAY_WEBHOOK_KEY              | relay.webhook-key                      | with/slash
            RELAY_TRUSTED_PROXIES          | relay.trusted-proxies                  | proxy.example.com
            RELAY_TRUSTED_PROXIES          | relay.trusted-proxies                  | 10.0.0.1,
            RELAY_WEBHOOK_ALLOWED_IPS      | relay.webhooks.allowed-ips             | 10.0.0.0/33
            RELAY_CORS_ORIGINS             | relay.ingest.cors-origins              | *
            RELAY_CORS_ORIGINS             | relay.ingest.cors-origins              | https://example.com/page
            MAIL_ORDERS_TO                 | relay.mail.orders-to                   | orders
            MAIL_FROM                      | relay.mail.from                        | a b@example.com
            SMTP_PORT                      | relay.smtp.port                        | 70000
            TELEGRAM_BOT_TOKEN             | relay.telegram.bot-token               | bot-token
            TELEGRAM_BASE_URI              | relay.telegram.base-uri                | api.telegram.org
            TELEGRAM_PROXY                 | relay.telegram.proxy                   | proxy.example.com:1080
            TELEGRAM_PROXY                 | relay.telegram.proxy                   | socks4://proxy.example.com:1080
            TELEGRAM_PROXY                 | relay.telegram.proxy                   | socks5://proxy.example.com
            TELEGRAM_PROXY                 | relay.telegram.proxy                   | http://user:p@ss@proxy.example.com:3128
            TELEGRAM_PROXY                 | relay.telegram.proxy                   | http://user:%zz@proxy.example.com:3128
            TELEGRAM_PROXY                 | relay.telegram.proxy                   | http://proxy.example.com:70000
            SERVER_PORT                    | server.port                            | http
            MANAGEMENT_PORT                | management.server.port                 | -1
            """)
    void namesTheVariableOfAnImpossibleValue(String variable, String property, String value) {
        assertThat(SettingsCheck.problems(complete().withProperty(property, value))).singleElement().asString()
                .startsWith(variable + " must be ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            spring.datasource.url       | jdbc:postgresql://db:5432/relay
            spring.datasource.url       | jdbc:postgresql://my_db/relay?sslmode=require
            spring.datasource.url       | jdbc:postgresql://a:5432,b:5432/relay?targetServerType=primary
            relay.amocrm.base-url       | http://127.0.0.1:8080/sandbox/amocrm
            relay.amocrm.base-url       | https://example.kommo.com
            relay.amocrm.rate-limits    | 7/1s,250/1m,7000/1h
            relay.ingest.cors-origins   | https://example.com, https://пример.рф, http://localhost:3000
            relay.webhooks.allowed-ips  | 203.0.113.7, 198.51.100.0/24, 2001:db8::/32
            relay.trusted-proxies       | 10.0.0.5, 172.16.0.0/12, ::1
            relay.telegram.bot-token    | 123456789:AAEhBOweik6ad9r_QXMENQjcrGbqCr4K-bc
            relay.telegram.proxy        | socks5://bot:p%40ss@proxy.example.com:1080
            relay.telegram.proxy        | http://10.0.0.5:3128
            relay.telegram.proxy        | socks5://[2001:db8::1]:1080
            relay.amocrm.redirect-uri   | https://relay.example.com/webhook/amocrm/?x=1
            relay.amocrm.redirect-uri   | http://127.0.0.1:8080/webhook/amocrm
            relay.amocrm.redirect-uri   | http://localhost:8080/webhook/amocrm
            relay.routes.live           | TRUE
            server.port                 | 0
            """)
    void acceptsPossibleValues(String property, String value) {
        assertThat(SettingsCheck.problems(complete().withProperty(property, value))).isEmpty();
    }

    @Test
    void findsSeveralMistakesAtOnce() {
        MockEnvironment environment = complete()
                .withProperty("server.port", "eighty")
                .withProperty("relay.amocrm.pipeline-id", "first")
                .withProperty("relay.admin-password", "");
        assertThat(variables(SettingsCheck.problems(environment)))
                .containsExactlyInAnyOrder("SERVER_PORT", "AMOCRM_PIPELINE_ID", "RELAY_ADMIN_PASSWORD");
    }

    @Test
    void acceptsAFurtherAccount() {
        assertThat(SettingsCheck.problems(withB())).isEmpty();
    }

    @Test
    void namesAllThatAFurtherAccountLacks() {
        assertThat(variables(SettingsCheck.problems(complete().withProperty("relay.accounts.b.sources[0]", "bot_order"))))
                .containsExactly("relay.accounts.b.subdomain", "relay.accounts.b.access-token", "relay.accounts.b.pipeline-id",
                        "relay.accounts.b.status-id");
    }

    @Test
    void aFurtherAccountsOAuthNeedsAllThree() {
        assertThat(SettingsCheck.problems(withB().withProperty("relay.accounts.b.access-token", "")
                .withProperty("relay.accounts.b.client-id", "3f0e"))).singleElement().asString()
                .startsWith("relay.accounts.b.client-secret and relay.accounts.b.redirect-uri are missing");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            subdomain           | https://example.amocrm.ru
            base-url            | example.amocrm.ru
            access-token        | two words
            redirect-uri        | http://relay.example.com/webhook/amocrm
            pipeline-id         | Заявки
            status-id           | 0
            responsible-user-id | 12 380 450
            field.serial-id     | 712629a
            rate-limits         | 7 per second
            webhook-key         | short
            id                  | example
            """)
    void namesTheImpossibleValuesOfAFurtherAccount(String setting, String value) {
        assertThat(SettingsCheck.problems(withB().withProperty("relay.accounts.b." + setting, value))).singleElement().asString()
                .startsWith("relay.accounts.b." + setting + " must be ");
    }

    @Test
    void theMistakesOfAllAccountsAreInOneList() {
        MockEnvironment environment = withB().withProperty("relay.amocrm.pipeline-id", "first")
                .withProperty("relay.accounts.b.pipeline-id", "second").withProperty("relay.accounts.c.subdomain", "c")
                .withProperty("relay.accounts.c.access-token", "t").withProperty("relay.accounts.c.pipeline-id", "1")
                .withProperty("relay.accounts.c.statusId", "third");
        assertThat(variables(SettingsCheck.problems(environment)))
                .containsExactlyInAnyOrder("AMOCRM_PIPELINE_ID", "relay.accounts.b.pipeline-id", "relay.accounts.c.statusId");
    }

    @Test
    void noTwoAccountsHaveOneKey() {
        MockEnvironment environment = withB().withProperty("relay.accounts.b.webhook-key", "one-for-both")
                .withProperty("relay.accounts.c.subdomain", "c").withProperty("relay.accounts.c.access-token", "t")
                .withProperty("relay.accounts.c.pipeline-id", "1").withProperty("relay.accounts.c.status-id", "2")
                .withProperty("relay.accounts.c.webhook-key", "one-for-both");
        assertThat(SettingsCheck.problems(environment)).singleElement().asString()
                .matches("relay.accounts.[bc].webhook-key must be another key than relay.accounts.[bc].webhook-key");
    }

    @Test
    void noFurtherAccountTakesTheDefaultOnesName() {
        assertThat(SettingsCheck.problems(complete().withProperty("relay.accounts.default.subdomain", "b"))).singleElement().asString()
                .startsWith("relay.accounts.default.… names the account that AMOCRM_… sets");
    }

    private static MockEnvironment withB() {
        return complete().withProperty("relay.accounts.b.subdomain", "example-two").withProperty("relay.accounts.b.access-token", "t")
                .withProperty("relay.accounts.b.pipeline-id", "5").withProperty("relay.accounts.b.status-id", "6");
    }

    @Test
    void refusesOnePortForBoth() {
        assertThat(SettingsCheck.problems(complete().withProperty("management.server.port", "8080"))).singleElement().asString()
                .startsWith("MANAGEMENT_PORT must be another port");
    }

    @Test
    void keepsSecretsOutOfTheMessage() {
        String secret = "jdbc:mysql://user:topsecret@db/relay";
        InvalidSettings failure = new InvalidSettings(SettingsCheck.problems(complete().withProperty("spring.datasource.url", secret)));
        String printed = new InvalidSettingsAnalyzer().analyze(failure, failure).getDescription() + failure.getMessage();
        assertThat(printed).contains("DATABASE_URL").doesNotContain("topsecret").doesNotContain(secret);
    }

    private static List<String> variables(List<String> problems) {
        return problems.stream().map(problem -> problem.split(" ", 2)[0]).toList();
    }

    private static MockEnvironment complete() {
        return new MockEnvironment()
                .withProperty("relay.amocrm.subdomain", "example")
                .withProperty("relay.amocrm.access-token", "eyJ0eXAi")
                .withProperty("relay.amocrm.pipeline-id", "10226282")
                .withProperty("relay.amocrm.status-id", "80953554")
                .withProperty("relay.admin-password", "long enough")
                .withProperty("relay.smtp.host", "localhost")
                .withProperty("relay.webhook-key", "kT7-invented-key")
                .withProperty("relay.mail.orders-to", "orders@example.com")
                .withProperty("relay.allow-root", "true")
                .withProperty("server.port", "8080")
                .withProperty("management.server.port", "8081");
    }

    @Test
    void theCaptchasKeyGoesOverTlsOrToThisMachine() {
        Setting url = KnownSettings.ALL.stream().filter(setting -> setting.variable().equals("RELAY_CAPTCHA_URL")).findFirst().orElseThrow();
        assertThat(url.possible()).rejects("http://captcha.example.com/validate", "http://127.0.0.1.example.com/x")
                .accepts("https://smartcaptcha.yandexcloud.net/validate", "http://127.0.0.1:8090/validate");
    }
}
