package dev.amorelay.park;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.amorelay.amocrm.KnownAccounts;
import dev.amorelay.clients.Invitations;
import dev.amorelay.clients.Invitations.Guest;
import dev.amorelay.clients.Invitations.Made;
import dev.amorelay.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;

class InvitationDoorTest {

    private final Invitations invitations = mock(Invitations.class);
    private final InvitationDoor door = new InvitationDoor(invitations, mock(KnownAccounts.class), mock(JdbcTemplate.class));

    @BeforeEach
    void possible() {
        when(invitations.arePossible()).thenReturn(true);
        when(invitations.invite(any())).thenReturn(new Made("https://t.me/bot/app?startapp=inv_x", Instant.EPOCH));
    }

    private String invite(String wish) {
        return door.invite(wish.getBytes(StandardCharsets.UTF_8), "application/json; charset=utf-8");
    }

    private void refused(int status, String wish, String type) {
        assertThatThrownBy(() -> door.invite(wish == null ? null : wish.getBytes(StandardCharsets.UTF_8), type))
                .isInstanceOfSatisfying(BadInvitation.class, refused -> assertThat(refused.status()).isEqualTo(status));
        verify(invitations, never()).invite(any());
    }

    @Test
    void anEngineerOfTheSuppliers() {
        assertThat(Json.read(invite("{\"staff\":true}"))).isEqualTo(
                Json.object().put("link", "https://t.me/bot/app?startapp=inv_x").put("expires_at", "1970-01-01T00:00:00Z"));
        verify(invitations).invite(new Guest(null, "engineer", true, null, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "1", "{}", "{\"staff\":false}", "{\"staff\":true,\"role\":\"admin\"}", "{\"staff\":true,\"deal\":5}",
            "{\"client\":\"a\",\"deal\":5}"})
    void whatIsNotUnderstood(String wish) {
        refused(400, wish, "application/json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"client\":\"x\"}", "{\"deal\":5}"})
    void whoIsNotThere(String wish) {
        refused(404, wish, "application/json");
    }

    @Test
    void onlyJson() {
        refused(415, "{\"staff\":true}", "text/plain");
        refused(415, "{\"staff\":true}", null);
        refused(400, null, "application/json");
    }

    @Test
    void withoutTheMiniAppsLinkNobodyIsInvited() {
        when(invitations.arePossible()).thenReturn(false);
        refused(409, "{\"staff\":true}", "application/json");
    }
}
