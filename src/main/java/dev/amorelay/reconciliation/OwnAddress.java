package dev.amorelay.reconciliation;

import dev.amorelay.amocrm.Account;
import dev.amorelay.settings.RelaySettings;
import dev.amorelay.webhooks.WebhookKey;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** The address at which amoCRM reaches this relay's webhook door. */
@Component
public class OwnAddress {

    private static final String DOOR = WebhookKey.DOORS.get(0);

    private final String site;
    private final String commonKey;

    /**
     * @param settings with the common webhook key
     * @param publicUrl how the world calls this relay, like {@code https://relay.example.com}; empty = unknown, then the
     *                  redirect address of OAuth, which is ours, tells it
     */
    public OwnAddress(RelaySettings settings, @Value("${relay.public-url:}") String publicUrl) {
        this.site = !publicUrl.isBlank() ? publicUrl.strip() : siteOf(settings.amocrm().redirectUri());
        this.commonKey = settings.webhookKey() == null ? "" : settings.webhookKey().strip();
    }

    private static String siteOf(String redirect) {
        return redirect != null && redirect.endsWith(DOOR) ? redirect.substring(0, redirect.length() - DOOR.length()) : "";
    }

    /**
     * The address that an account's webhooks are to be posted to.
     *
     * @param account whose
     * @return with the account's own key, else the common one; empty where the relay does not know its own site
     */
    public Optional<String> of(Account account) {
        return site.isEmpty() ? Optional.empty() : Optional.of(site + DOOR + keyPart(account));
    }

    /**
     * Whether a subscription leads here.
     *
     * @param account whose subscription it is
     * @param destination its address
     * @return true for a door of ours under our site; also under another name, where it ends with our secret key
     */
    public boolean isOurs(Account account, String destination) {
        String key = keyPart(account);
        return WebhookKey.DOORS.stream().map(door -> door + key).anyMatch(door ->
                !site.isEmpty() && destination.equals(site + door) || !key.isEmpty() && destination.endsWith(door));
    }

    /**
     * Whether a subscription of ours could be told from others.
     *
     * @param account whose
     * @return false where neither the site is known nor a key set
     */
    public boolean isKnown(Account account) {
        return !site.isEmpty() || !keyPart(account).isEmpty();
    }

    private String keyPart(Account account) {
        String own = account.settings().webhookKey();
        String key = own == null || own.isBlank() ? commonKey : own.strip();
        return key.isEmpty() ? "" : "/" + key;
    }
}
