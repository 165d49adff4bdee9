package dev.amorelay.park;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.ArgumentMatchers.isNull;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import dev.amorelay.clients.TelegramUser;
import dev.amorelay.clients.TelegramUsers;
import dev.amorelay.settings.ParkSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParkLoginTest {

    private static final String TOKEN = "1:token-of-the-bot";
    private static final Instant NOW = Instant.parse("2026-11-20T09:00:00Z");
    private static final TelegramUser IVAN = new TelegramUser(700100200, null, null, "director", false, "Иван Пример");

    private final TelegramUsers users = mock(TelegramUsers.class);
    private final Confirmations confirmations = mock(Confirmations.class);
    private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    private final ParkLogin login = new ParkLogin(new InitDataCheck(TOKEN, clock), new ParkSettings(5, 30, ""), users, confirmations, clock);

    @BeforeEach
    void known() {
        when(users.signedIn(anyLong(), any(), any())).thenReturn(IVAN);
    }

    private static String signed(String user, Duration age) {
        return "tma " + InitDataCheckTest.signed(Map.of("user", user, "auth_date", String.valueOf(NOW.minus(age).getEpochSecond())), TOKEN);
    }

    private static String ivan() {
        return signed("{\"id\":700100200,\"first_name\":\"Иван\",\"last_name\":\"Пример\",\"allows_write_to_pm\":true}", Duration.ZERO);
    }

    private TelegramUser enter(String authorization) {
        return login.signedIn(authorization, null, "203.0.113.7", ParkLogin.READING);
    }

    @Test
    void whoIsSignedInIsNotedWithTheName() {
        assertThat(enter(ivan())).isEqualTo(IVAN);
        assertThat(enter(ivan().replaceFirst("tma", "TMA"))).isEqualTo(IVAN);
        verify(users, org.mockito.Mockito.times(2)).signedIn(eq(700100200L), eq("Иван Пример"), argThat(may -> may.isThere()));
    }

    @Test
    void aUserWithoutANameHasNone() {
        enter(signed("{\"id\":700100200}", Duration.ZERO));
        verify(users).signedIn(eq(700100200L), isNull(), argThat(may -> !may.isThere()));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "tma", "tma ", "Basic YWRtaW46YQ==", "Bearer x", "tma user=%7B%22id%22%3A1%7D&auth_date=1&hash=0"})
    void anythingElseIsNobody(String authorization) {
        assertThatThrownBy(() -> enter(authorization)).isInstanceOf(NotSignedIn.class);
        verifyNoInteractions(users);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"id\":0}", "{\"id\":-5}", "{\"id\":\"7\"}", "{\"id\":1e30}", "{\"id\":null}"})
    void aUserWithoutAnIdIsNobody(String user) {
        assertThatThrownBy(() -> enter(signed(user, Duration.ZERO))).isInstanceOf(NotSignedIn.class);
        verifyNoInteractions(users);
    }

    @Test
    void writingNeedsAFresherWord() {
        String old = signed("{\"id\":700100200}", Duration.ofMinutes(61));
        assertThat(login.signedIn(old, null, "203.0.113.7", ParkLogin.READING)).isEqualTo(IVAN);
        assertThatThrownBy(() -> login.signedIn(old, "other", "203.0.113.7", ParkLogin.WRITING)).isInstanceOfSatisfying(ConfirmationRequired.class,
                refused -> assertThat(refused.problem().path("code").asText()).isEqualTo("confirmation-required"));
        verify(confirmations).ask(700100200);
        when(confirmations.isConfirmed(700100200, "ticket", ParkLogin.WRITING)).thenReturn(true);
        assertThat(login.signedIn(old, "ticket", "203.0.113.7", ParkLogin.WRITING)).isEqualTo(IVAN);
    }

    @Test
    void whatIsKeptForMonthsIsNoWordAnyMore() {
        assertThatThrownBy(() -> enter(signed("{\"id\":700100200}", Duration.ofDays(31)))).isInstanceOf(NotSignedIn.class);
        verifyNoInteractions(users, confirmations);
    }

    @Test
    void whoAsksTooOftenWaits() {
        for (int i = 0; i < 5; i++) {
            enter(ivan());
        }
        assertThatThrownBy(() -> enter(ivan())).isInstanceOfSatisfying(TooOften.class,
                refused -> assertThat(refused.retryAfter()).isEqualTo(Duration.ofSeconds(12)));
        assertThat(enter(signed("{\"id\":700100201}", Duration.ZERO))).isEqualTo(IVAN);
    }

    @Test
    void anAddressThatFailsTooOftenWaitsButARightOneIsLetIn() {
        for (int i = 0; i < ParkLogin.MOST_FAILURES; i++) {
            assertThatThrownBy(() -> enter("tma x")).isInstanceOf(NotSignedIn.class);
        }
        assertThatThrownBy(() -> enter("tma x")).isInstanceOf(TooOften.class);
        assertThat(enter(ivan())).isEqualTo(IVAN);
        assertThatThrownBy(() -> login.signedIn("tma x", null, "203.0.113.8", ParkLogin.READING)).isInstanceOf(NotSignedIn.class);
    }
}
