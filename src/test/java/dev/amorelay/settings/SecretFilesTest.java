package dev.amorelay.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Secrets that come as files. */
class SecretFilesTest {

    @TempDir
    private Path folder;

    private static StandardEnvironment environment(Map<String, String> variables) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                new SystemEnvironmentPropertySource(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, new TreeMap<>(variables)));
        new SecretFiles().postProcessEnvironment(environment, new SpringApplication());
        return environment;
    }

    private String file(String text) throws IOException {
        return Files.writeString(folder.resolve("secret"), text).toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SMTP_PASSWORD", "RELAY_ADMIN_PASSWORD", "RELAY_WEBHOOK_KEY", "RELAY_TOKEN_KEYS", "AMOCRM_ACCESS_TOKEN", "AMOCRM_CLIENT_SECRET",
            "TELEGRAM_BOT_TOKEN", "TELEGRAM_PROXY", "DATABASE_URL", "DATABASE_PASSWORD", "RELAY_ACCOUNTS_B_ACCESS_TOKEN", "RELAY_ACCOUNTS_B_CLIENT_SECRET"})
    void aFileCountsAsItsVariable(String variable) throws IOException {
        assertThat(environment(Map.of(variable + "_FILE", file("пароль with a space\r\n"))).getProperty(variable)).isEqualTo("пароль with a space");
    }

    @Test
    void whatIsNoSecretIsNoFile() throws IOException {
        assertThat(environment(Map.of("RELAY_PHONE_REGION_FILE", file("KZ"), "PASSWORD_FILE", file("x"))).getProperty("RELAY_PHONE_REGION")).isNull();
    }

    @Test
    void whatCannotBeReadStopsTheStart() throws IOException {
        assertThatThrownBy(() -> environment(Map.of("SMTP_PASSWORD_FILE", folder.resolve("none").toString()))).isInstanceOf(InvalidSettings.class)
                .hasMessageStartingWith("SMTP_PASSWORD_FILE names a file that cannot be read");
        assertThatThrownBy(() -> environment(Map.of("SMTP_PASSWORD_FILE", folder.toString()))).isInstanceOf(InvalidSettings.class);
        String empty = file("\n");
        assertThatThrownBy(() -> environment(Map.of("SMTP_PASSWORD_FILE", empty))).hasMessageContaining("empty");
        String long1 = file("x".repeat(70_000));
        assertThatThrownBy(() -> environment(Map.of("SMTP_PASSWORD_FILE", long1))).hasMessageContaining("too long");
    }

    @Test
    void bothAreOneTooMany() throws IOException {
        String file = file("a");
        assertThatThrownBy(() -> environment(Map.of("SMTP_PASSWORD", "secret-one", "SMTP_PASSWORD_FILE", file)))
                .hasMessageContaining("SMTP_PASSWORD_FILE and SMTP_PASSWORD are both set").message().doesNotContain("secret-one");
    }
}
