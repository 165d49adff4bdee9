package dev.amorelay.reconciliation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.amocrm.Account;
import dev.amorelay.amocrm.Accounts;
import dev.amorelay.amocrm.CrmRejected;
import dev.amorelay.amocrm.CrmUnavailable;
import dev.amorelay.amocrm.CrmWebhooks.Subscription;
import dev.amorelay.doors.AdminAnswer;
import dev.amorelay.json.Json;
import java.util.Collection;
import java.util.Optional;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.springframework.stereotype.Component;

/** Subscribes the relay's own address to every event that it understands. */
@Component
public class SubscribeDoor {

    private final Accounts accounts;
    private final OwnAddress address;
    private final HookWatch hooks;

    SubscribeDoor(Accounts accounts, OwnAddress address, HookWatch hooks) {
        this.accounts = accounts;
        this.address = address;
        this.hooks = hooks;
    }

    /**
     * Subscribes in the named account, or in all; once more changes nothing.
     *
     * @param body {@code {"account"}}, optional
     * @param contentType JSON
     * @return 200 with {@code {"status":"ok","accounts":[{account, destination, settings, disabled}]}}, the key in the address
     *     masked; 502 where one account failed, with its cause and remedy; 400, 404, 409 or 415
     */
    public AdminAnswer subscribe(@Body byte[] body, @Header(Exchange.CONTENT_TYPE) String contentType) {
        try {
            Collection<Account> wanted = Wish.of(body, contentType, accounts).accounts();
            ObjectNode answer = Json.object();
            ArrayNode list = answer.putArray("accounts");
            boolean all = true;
            for (Account account : wanted) {
                Optional<String> destination = address.of(account);
                if (destination.isEmpty()) {
                    return AdminAnswer.error(409, "адрес релея неизвестен", "задайте RELAY_PUBLIC_URL, например https://relay.example.com");
                }
                all &= subscribe(account, destination.get(), list.addObject().put("account", account.name()));
            }
            return AdminAnswer.of(all ? 200 : 502, answer.put("status", all ? "ok" : "error"));
        } catch (Wish.Wrong wrong) {
            return wrong.answer();
        }
    }

    private boolean subscribe(Account account, String destination, ObjectNode told) {
        try {
            Subscription made = hooks.subscribe(account, destination);
            told.put("destination", masked(destination)).put("disabled", made.disabled());
            ArrayNode settings = told.putArray("settings");
            made.settings().stream().sorted().forEach(settings::add);
            return true;
        } catch (CrmUnavailable unavailable) {
            told.put("cause", unavailable.cause()).put("remedy", unavailable.remedy());
        } catch (CrmRejected rejected) {
            told.put("cause", "amoCRM не принимает подписку")
                    .put("remedy", "подписывать может только администратор, адрес должен быть виден из интернета");
        }
        return false;
    }

    /** The key is a secret. */
    private static String masked(String destination) {
        return destination.replaceAll("(?<=/webhook/amocrm/).+", "…");
    }
}
