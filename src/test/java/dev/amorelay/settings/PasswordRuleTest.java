package dev.amorelay.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordRuleTest {

    @ParameterizedTest
    @ValueSource(strings = {"sandbox", "sandbox1", "sandbox123", "Sandbox2026", "sandboxsandbox", "s@ndb0x!!", "admin123", "administrator", "amo-relay", "amorelay1",
            "password", "Passw0rd!", "12345678", "1234567890", "qwerty123", "йцукенгш", "aaaaaaaaaaaa", "abcdefghij", "changeme", "changeme1",
            "letmein1", "iloveyou", "11111111", "20261127", "admin:admin", "relayrelay", "annaanna", "anna2026"})
    void refusesWhatAGuesserTriesFirst(String password) {
        assertThat(PasswordRule.weakness(password, "anna")).isPresent().get().asString().doesNotContain(password);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x7Kq2mPz", "gentle-lathe-orbit", "kT7-invented-word", "Мой дядя самых честных правил", "v8!nQ2rL@5", "long enough"})
    void takesWhatIsNotGuessed(String password) {
        assertThat(PasswordRule.weakness(password, "anna")).isEmpty();
    }
}
