package dev.amorelay.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** From environment variables to settings, through the real configuration files. */
class SettingsSourcesTest {

    @Test
    void startsTheSandboxWithoutAnAccount() {
        try (ConfigurableApplicationContext context = start(Map.of("SERVER_PORT", "8099"))) {
            RelaySettings settings = context.getBean(RelaySettings.class);
            assertThat(context.getEnvironment().getActiveProfiles()).containsExactly("sandbox");
            assertThat(settings.amocrm().address()).isEqualTo("http://127.0.0.1:8099/sandbox/amocrm");
            assertThat(settings.amocrm().pipelineId()).isEqualTo(10226282);
            assertThat(settings.amocrm().field().leadUuidId()).isEqualTo(712641);
            assertThat(settings.telegram().botToken()).isEqualTo("1:sandbox");
            assertThat(context.getBean(SmtpSettings.class).port()).isEqualTo(3025);
            assertThat(context.getBean(RouteSettings.class).live()).isTrue();
            assertThat(context.getEnvironment().getProperty("server.address")).isEqualTo("127.0.0.1");
        }
    }

    @Test
    void takesEmptyVariablesForAbsentOnes() {
        Map<String, String> empty = new TreeMap<>();
        Stream.of("AMOCRM_SUBDOMAIN", "AMOCRM_BASE_URL", "SERVER_PORT", "MANAGEMENT_PORT", "MANAGEMENT_ADDRESS", "DATABASE_URL",
                "AMOCRM_FIELD_INN_ID", "SMTP_PORT", "RELAY_DATA_DIR", "MAIL_ORDERS_TO", "RELAY_ROUTES_LIVE", "RELAY_CORS_ORIGINS",
                "TELEGRAM_BASE_URI", "AMOCRM_STATUS_SUCCESS").forEach(name -> empty.put(name, ""));
        try (ConfigurableApplicationContext context = start(empty)) {
            RelaySettings settings = context.getBean(RelaySettings.class);
            assertThat(context.getEnvironment().getActiveProfiles()).containsExactly("sandbox");
            assertThat(context.getEnvironment().getProperty("management.server.port")).isEqualTo("8081");
            assertThat(context.getEnvironment().getProperty("management.server.address")).isEqualTo("127.0.0.1");
            assertThat(settings.dataDir()).isEqualTo("./.data");
            assertThat(settings.amocrm().field().innId()).isEqualTo(712639);
            assertThat(settings.amocrm().statusSuccess()).isEqualTo(142);
            assertThat(settings.mail().ordersTo()).isEqualTo("zakaz@example.com");
            assertThat(context.getBean(IngestSettings.class).corsOrigins()).isEmpty();
        }
    }

    @Test
    void readsARealAccount() {
        try (ConfigurableApplicationContext context = start(account())) {
            RelaySettings settings = context.getBean(RelaySettings.class);
            assertThat(context.getEnvironment().getActiveProfiles()).isEmpty();
            assertThat(settings.amocrm().address()).isEqualTo("https://example.amocrm.ru");
            assertThat(settings.amocrm().field().serialId()).isEqualTo(712629);
            assertThat(settings.amocrm().field().modelId()).isNull();
            assertThat(context.getBean(IngestSettings.class).corsOrigins())
                    .containsExactly("https://example.com", "https://www.example.com");
            assertThat(context.getBean(IngestSettings.class).maxBody().toMegabytes()).isEqualTo(1);
            assertThat(context.getBean(WebhookSettings.class).allowedIps()).containsExactly("203.0.113.7");
            assertThat(context.getBean(SmtpSettings.class).host()).isEqualTo("mail.example.com");
            assertThat("172.31.255.1").matches(context.getEnvironment().getProperty("server.tomcat.remoteip.internal-proxies"));
            assertThat(context.getEnvironment().getProperty("server.address")).isNull();
        }
    }

    @Test
    void stopsBeforeSpringConvertsAnything() {
        Map<String, String> wrong = account();
        wrong.put("SERVER_PORT", "eighty");
        wrong.put("AMOCRM_PIPELINE_ID", "first");
        wrong.remove("RELAY_ADMIN_PASSWORD");
        assertThatThrownBy(() -> start(wrong)).isInstanceOfSatisfying(InvalidSettings.class,
                failure -> assertThat(failure.problems()).hasSize(3));
    }

    @Test
    void namesAFurtherAccountsSettingsAsTheVariablesThatSetThem() {
        Map<String, String> wrong = account();
        wrong.put("RELAY_ACCOUNTS_B_SUBDOMAIN", "example-two");
        wrong.put("RELAY_ACCOUNTS_B_PIPELINE_ID", "first");
        wrong.put("RELAY_ACCOUNTS_B_FIELD_SERIAL_ID", "x");
        wrong.put("RELAY_ACCOUNTS_B_WEBHOOK_KEY", "short");
        wrong.put("RELAY_ACCOUNTS_B_SOURCES", "bot_order,bot_invoice");
        assertThatThrownBy(() -> start(wrong)).isInstanceOfSatisfying(InvalidSettings.class, failure -> assertThat(failure.problems())
                .extracting(problem -> problem.split(" ", 2)[0]).containsExactlyInAnyOrder("RELAY_ACCOUNTS_B_ACCESS_TOKEN",
                        "RELAY_ACCOUNTS_B_STATUS_ID", "RELAY_ACCOUNTS_B_PIPELINE_ID", "RELAY_ACCOUNTS_B_FIELD_SERIAL_ID",
                        "RELAY_ACCOUNTS_B_WEBHOOK_KEY"));
    }

    /** As people paste it: with the scheme, with the quotes of an env file, with the line break of a secret's file. */
    @ParameterizedTest
    @ValueSource(strings = {"AMOCRM_ACCESS_TOKEN", "RELAY_ACCOUNTS_B_ACCESS_TOKEN"})
    void aTokenAsItWasPastedWorksOrIsNamed(String variable) {
        Map<String, String> pasted = account();
        pasted.put("RELAY_ACCOUNTS_B_SUBDOMAIN", "example-two");
        pasted.put("RELAY_ACCOUNTS_B_ACCESS_TOKEN", "token");
        pasted.put("RELAY_ACCOUNTS_B_PIPELINE_ID", "1");
        pasted.put("RELAY_ACCOUNTS_B_STATUS_ID", "2");
        pasted.put("RELAY_ACCOUNTS_B_SOURCES", "b_site");
        for (String wrong : List.of("Bearer sandbox", "\"sandbox\"", "'sandbox'", "«sandbox»", "sand\nbox")) {
            pasted.put(variable, wrong);
            assertThatThrownBy(() -> start(pasted)).isInstanceOfSatisfying(InvalidSettings.class, failure -> assertThat(failure.problems())
                    .singleElement().asString().startsWith(variable + " must be ").contains("Bearer").contains("quotes")
                    .doesNotContain("sandbox"));
        }
        for (String right : List.of("sandbox\n", " sandbox\r\n", "sandbox")) {
            pasted.put(variable, right);
            try (ConfigurableApplicationContext context = start(pasted)) {
                RelaySettings settings = context.getBean(RelaySettings.class);
                AccountSettings account = variable.startsWith("AMOCRM") ? settings.amocrm() : settings.accounts().get("b");
                assertThat(account.accessToken()).isEqualTo("sandbox");
            }
        }
    }

    @Test
    void trustsNoProxyUnlessTold() {
        try (ConfigurableApplicationContext context = start(Map.of())) {
            String pattern = context.getEnvironment().getProperty("server.tomcat.remoteip.internal-proxies");
            assertThat(List.of("127.0.0.1", "10.0.0.1", "")).noneMatch(address -> address.matches(pattern));
        }
    }

    private static Map<String, String> account() {
        Map<String, String> account = new TreeMap<>(Map.of("AMOCRM_SUBDOMAIN", "example", "AMOCRM_ACCESS_TOKEN", "token", "AMOCRM_PIPELINE_ID", "1",
                "AMOCRM_STATUS_ID", "2", "AMOCRM_FIELD_SERIAL_ID", "712629", "RELAY_ADMIN_PASSWORD", "long enough",
                "SMTP_HOST", "mail.example.com", "RELAY_CORS_ORIGINS", "https://example.com, https://www.example.com",
                "RELAY_WEBHOOK_ALLOWED_IPS", "203.0.113.7", "RELAY_TRUSTED_PROXIES", "172.16.0.0/12"));
        account.putAll(Map.of("MAIL_ORDERS_TO", "orders@example.com", "RELAY_ALLOW_ROOT", "true"));
        return account;
    }

    private static ConfigurableApplicationContext start(Map<String, String> variables) {
        return new SpringApplicationBuilder(SettingsConfiguration.class).web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF).logStartupInfo(false)
                .environment(new EnvironmentOf(variables)).run();
    }

    /** An environment of these variables and nothing else. */
    private static final class EnvironmentOf extends StandardEnvironment {

        EnvironmentOf(Map<String, String> variables) {
            List<String> sources = new ArrayList<>();
            getPropertySources().forEach(source -> sources.add(source.getName()));
            MutablePropertySources own = getPropertySources();
            sources.forEach(own::remove);
            own.addLast(new SystemEnvironmentPropertySource(SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, new TreeMap<>(variables)));
        }
    }
}
