package dev.amorelay.amocrm.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amorelay.amocrm.Account;
import dev.amorelay.amocrm.Accounts;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsentStateTest {

    private static final Instant NOW = Instant.parse("2026-11-20T09:00:00Z");

    private final Accounts accounts = Samples.accounts("https://example.amocrm.ru",
            "relay.accounts.second.subdomain", "second", "relay.accounts.second.client-id", Samples.CLIENT,
            "relay.accounts.second.client-secret", Samples.SECRET, "relay.accounts.second.redirect-uri", Samples.REDIRECT);
    private final ConsentState states = new ConsentState(accounts);
    private final String state = states.issue(accounts.named("second"), NOW);

    @Test
    void namesItsAccount() {
        assertThat(states.accountOf(state, NOW.plusSeconds(60))).map(Account::name).contains("second");
        assertThat(state).matches("[A-Za-z0-9._-]+");
    }

    @Test
    void endsAfterHalfAnHour() {
        assertThat(states.accountOf(state, NOW.plus(ConsentState.LIFE).minusSeconds(1))).isPresent();
        assertThat(states.accountOf(state, NOW.plus(ConsentState.LIFE))).isEmpty();
    }

    @Test
    void cannotBeProlonged() {
        String[] parts = state.split("\\.");
        String longer = parts[0] + "." + (Long.parseLong(parts[1]) + Duration.ofDays(1).toSeconds()) + "." + parts[2] + "." + parts[3];

        assertThat(states.accountOf(longer, NOW)).isEmpty();
    }

    /** It counts once: two people who are given one in the same second do not use up each other's. */
    @Test
    void noTwoAreTheSame() {
        assertThat(states.issue(accounts.named("second"), NOW)).isNotEqualTo(state);
    }

    @Test
    void cannotBeMovedToAnotherAccount() {
        String[] parts = state.split("\\.");
        String moved = Base64.getUrlEncoder().withoutPadding().encodeToString("default".getBytes()) + "." + parts[1] + "." + parts[2] + "." + parts[3];

        assertThat(states.accountOf(moved, NOW)).isEmpty();
    }

    @Test
    void isOfOneSecret() {
        Accounts others = Samples.accounts("https://example.amocrm.ru", "relay.amocrm.client-secret", "another");

        assertThat(new ConsentState(others).accountOf(new ConsentState(accounts).issue(accounts.named(null), NOW), NOW)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a.b.c", "ZGVmYXVsdA.9999999999.", "ZGVmYXVsdA.99999999999999999999.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "ZGVmYXVsdA.9999999999.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "ZGVmYXVsdA.9999999999.AAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void takesNothingElse(String text) {
        assertThat(states.accountOf(text, NOW)).isEmpty();
    }
}
