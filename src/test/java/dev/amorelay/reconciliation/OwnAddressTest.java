package dev.amorelay.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amorelay.amocrm.Account;
import dev.amorelay.settings.AccountSettings;
import dev.amorelay.settings.RelaySettings;
import org.junit.jupiter.api.Test;

class OwnAddressTest {

    private static AccountSettings settings(String redirect, String key) {
        return new AccountSettings(null, "https://crm.example.com", "t", null, null, redirect, 1L, 2L, null, null, null, null, null, null, key, null, null);
    }

    private static OwnAddress address(String publicUrl, String redirect, String key) {
        return new OwnAddress(new RelaySettings(settings(redirect, null), null, key, null, null, null, null, null), publicUrl);
    }

    private static final Account PLAIN = new Account("default", settings(null, null));
    private static final Account KEYED = new Account("b", settings(null, "key-of-b"));

    @Test
    void theKeyIsTheLastPart() {
        assertThat(address("https://relay.example.com", null, null).of(PLAIN)).contains("https://relay.example.com/webhook/amocrm");
        assertThat(address("https://relay.example.com", null, "common-key").of(PLAIN)).contains("https://relay.example.com/webhook/amocrm/common-key");
        assertThat(address("https://relay.example.com", null, "common-key").of(KEYED)).contains("https://relay.example.com/webhook/amocrm/key-of-b");
    }

    @Test
    void theRedirectAddressTellsTheSiteWhereNothingElseDoes() {
        assertThat(address("", "https://relay.example.com/webhook/amocrm", null).of(PLAIN)).contains("https://relay.example.com/webhook/amocrm");
        assertThat(address("", "https://elsewhere.example.com/oauth", null).of(PLAIN)).isEmpty();
        assertThat(address("", null, null).isKnown(PLAIN)).isFalse();
        assertThat(address("", null, null).isKnown(KEYED)).isTrue();
    }

    @Test
    void oursIsEachDoorAndAnotherNameOnlyWithTheKey() {
        OwnAddress keyed = address("https://relay.example.com", null, "common-key");
        assertThat(keyed.isOurs(PLAIN, "https://relay.example.com/amocrm/common-key")).isTrue();
        assertThat(keyed.isOurs(PLAIN, "https://other.example.com/api/amocrm/webhook/common-key")).isTrue();
        assertThat(keyed.isOurs(PLAIN, "https://relay.example.com/webhook/amocrm")).as("does not work with a key").isFalse();
        assertThat(keyed.isOurs(PLAIN, "https://relay.example.com/webhook/amocrm/old-key")).isFalse();
        OwnAddress open = address("https://relay.example.com", null, null);
        assertThat(open.isOurs(PLAIN, "https://relay.example.com/api/amocrm/webhook")).isTrue();
        assertThat(open.isOurs(PLAIN, "https://other.example.com/webhook/amocrm")).isFalse();
    }
}
