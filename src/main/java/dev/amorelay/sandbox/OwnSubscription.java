package dev.amorelay.sandbox;

import dev.amorelay.sandbox.hooks.HookSender;
import dev.amorelay.sandbox.hooks.Subscriptions;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.Environment;

/** Once the relay's doors are open, subscribes them to every webhook and begins to send. */
final class OwnSubscription implements ApplicationListener<ApplicationReadyEvent> {

    private final Subscriptions subscriptions;
    private final HookSender sender;
    private final Environment environment;

    OwnSubscription(Subscriptions subscriptions, HookSender sender, Environment environment) {
        this.subscriptions = subscriptions;
        this.sender = sender;
        this.environment = environment;
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent ready) {
        String port = environment.getProperty("local.server.port", environment.getProperty("server.port", "8080"));
        String key = environment.getProperty("relay.webhook-key", "");
        subscriptions.subscribeOwn("http://127.0.0.1:" + port + "/webhook/amocrm" + (key.isBlank() ? "" : "/" + key));
        sender.start();
    }
}
