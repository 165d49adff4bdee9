package dev.amorelay.settings;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * All settings of the relay. The environment variables people already have are mapped to them in application.yaml.
 *
 * @param amocrm the default amoCRM account
 * @param accounts further amoCRM accounts by name, {@code relay.accounts.<name>.*}
 * @param webhookKey secret last part of the webhook address; empty = the plain address works
 * @param adminPassword password of the user {@code admin}
 * @param dataDir folder of the embedded database
 * @param routesDir folder of the YAML routes; empty = {@code ./routes} when it exists, else the copy in the jar
 * @param mail where the copy of each lead goes
 * @param telegram the bot
 */
@Validated
@ConfigurationProperties("relay")
public record RelaySettings(
        @Valid @DefaultValue AccountSettings amocrm,
        Map<String, @Valid AccountSettings> accounts,
        String webhookKey,
        String adminPassword,
        @DefaultValue("./.data") String dataDir,
        String routesDir,
        @Valid @DefaultValue Mail mail,
        @Valid @DefaultValue Telegram telegram) {

    /** Fills what was left out. */
    public RelaySettings {
        // in the order in which they are written: the first that lists a source gets its leads
        accounts = accounts == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(accounts));
    }

    /**
     * Mail.
     *
     * @param ordersTo mailbox that gets a copy of each lead
     * @param from sender
     */
    public record Mail(
            @Email(message = "MAIL_ORDERS_TO must be a mail address") @DefaultValue("") String ordersTo,
            @DefaultValue("amo-relay@localhost") String from) {
    }

    /**
     * The bot that writes to clients.
     *
     * @param botToken the token BotFather gave
     * @param baseUri the Bot API's address
     * @param proxy the way there, {@code http://} or {@code socks5://} with user and password; empty = the direct one
     */
    public record Telegram(String botToken, @DefaultValue("https://api.telegram.org") String baseUri, String proxy) {

        /** @return the address only: token and proxy are secrets */
        @Override
        public String toString() {
            return "Telegram[" + baseUri + "]";
        }
    }
}
