package dev.amorelay.reconciliation;

import dev.amorelay.amocrm.Account;
import dev.amorelay.amocrm.Accounts;
import dev.amorelay.amocrm.CrmRejected;
import dev.amorelay.amocrm.CrmWebhooks;
import dev.amorelay.amocrm.CrmWebhooks.Subscription;
import dev.amorelay.delivery.Effect;
import dev.amorelay.delivery.FlowEvents;
import dev.amorelay.delivery.Outbox;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Looks whether amoCRM still sends its webhooks here: after more than 100 bad answers in two hours it stops, and keeps
 * nothing for later (facts §6.6). A subscription that was switched off is subscribed again with its own settings.
 */
@Component
public class HookWatch {

    /** The effect that looks at one account's subscription. */
    static final String LOOK = "crm.hook-watch";

    private static final Logger LOG = LoggerFactory.getLogger(HookWatch.class);

    private final Accounts accounts;
    private final CrmWebhooks crm;
    private final OwnAddress address;
    private final HookStates states;
    private final Outbox outbox;
    private final FlowEvents events;

    HookWatch(Accounts accounts, CrmWebhooks crm, OwnAddress address, HookStates states, Outbox outbox, FlowEvents events) {
        this.events = events;
        this.accounts = accounts;
        this.crm = crm;
        this.address = address;
        this.states = states;
        this.outbox = outbox;
    }

    /**
     * The looks of this hour: one an account, however many nodes ask.
     *
     * @return a plain map each: {@code account} the configured name, {@code occasion} the hour, one look an occasion
     */
    public List<Map<String, Object>> hourly() {
        String hour = Instant.now().truncatedTo(ChronoUnit.HOURS).toString();
        return accounts.names().stream().sorted().map(account -> Map.<String, Object>of("account", account, "occasion", hour)).toList();
    }

    /**
     * Tells the flow that an account is to be looked at.
     *
     * @param account the configured name
     * @param occasion one look an occasion
     */
    void due(String account, String occasion) {
        events.tell("reconciliation.hooks.due", Map.of("account", account, "occasion", occasion));
    }

    /**
     * Looks, and mends.
     *
     * @param effect {@code crm.hook-watch}
     */
    public void look(@Body Effect effect) {
        Account account = accounts.named(effect.account());
        if (!address.isKnown(account)) {
            outbox.skip(effect, "адрес релея неизвестен: задайте RELAY_PUBLIC_URL");
            return;
        }
        try {
            look(account);
        } catch (CrmRejected refused) {
            LOG.warn("amoCRM account {}: the webhooks cannot be watched: {}", account.name(), refused.getMessage());
            outbox.skip(effect, "amoCRM не показывает вебхуки: нужен токен администратора и подходящий тариф");
        }
    }

    private void look(Account account) {
        Instant now = Instant.now();
        List<Subscription> ours = ours(account);
        List<Subscription> off = ours.stream().filter(Subscription::disabled).toList();
        if (ours.isEmpty()) {
            states.missing(account.name());
        } else if (off.isEmpty()) {
            states.fine(account.name(), now, lastSaved(ours), false);
        } else {
            states.disabled(account.name());
            off.forEach(one -> crm.subscribe(account.name(), one.destination(), one.settings()));
            // no document says that this switches it on again, so it is looked at once more
            List<Subscription> mended = ours(account);
            if (mended.stream().noneMatch(Subscription::disabled)) {
                states.fine(account.name(), now, lastSaved(mended), true);
            } else {
                LOG.error("amoCRM account {}: the webhooks stay switched off; an administrator has to save them anew in amoCRM", account.name());
            }
        }
    }

    /**
     * Subscribes an address of ours to everything; that it was switched off or missing before is noted first.
     *
     * @param account whose
     * @param destination the address
     * @return what amoCRM says is subscribed now
     */
    Subscription subscribe(Account account, String destination) {
        Instant now = Instant.now();
        List<Subscription> before = ours(account);
        if (before.isEmpty()) {
            states.missing(account.name());
        } else if (before.stream().anyMatch(Subscription::disabled)) {
            states.disabled(account.name());
        }
        Subscription made = crm.subscribeToAll(account.name(), destination);
        List<Subscription> after = ours(account);
        if (after.stream().noneMatch(Subscription::disabled)) {
            states.fine(account.name(), now, lastSaved(after), true);
        }
        return made;
    }

    private static long lastSaved(List<Subscription> ours) {
        return ours.stream().mapToLong(Subscription::changedAt).max().orElse(0);
    }

    private List<Subscription> ours(Account account) {
        return crm.all(account.name()).stream().filter(one -> address.isOurs(account, one.destination())).toList();
    }
}
