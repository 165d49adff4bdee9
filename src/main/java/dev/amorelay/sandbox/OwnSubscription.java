package dev.amorelay.sandbox;

import dev.amorelay.sandbox.crm.CrmAccount;
import dev.amorelay.sandbox.crm.CrmAccounts;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.Environment;

/**
 * Once the relay's doors are open, subscribes them to every webhook of the first account, unless that is switched off,
 * and begins to send those of all.
 */
final class OwnSubscription implements ApplicationListener<ApplicationReadyEvent> {

    private final CrmAccounts accounts;
    private final boolean isWanted;
    private final Environment environment;

    OwnSubscription(CrmAccounts accounts, boolean isWanted, Environment environment) {
        this.accounts = accounts;
        this.isWanted = isWanted;
        this.environment = environment;
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent ready) {
        if (isWanted) {
            String port = environment.getProperty("local.server.port", environment.getProperty("server.port", "8080"));
            String key = environment.getProperty("relay.webhook-key", "");
            accounts.first().subscriptions()
                    .subscribeOwn("http://127.0.0.1:" + port + "/webhook/amocrm" + (key.isBlank() ? "" : "/" + key));
        } else {
            accounts.first().subscriptions().removeOwn();
        }
        accounts.all().stream().map(CrmAccount::sender).forEach(sender -> sender.start());
    }
}
