package dev.amorelay.park;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.clients.TelegramUser;
import dev.amorelay.delivery.Effect;
import dev.amorelay.delivery.Outbox;
import dev.amorelay.json.Json;
import dev.amorelay.settings.RelaySettings;
import java.io.IOException;
import java.time.Clock;
import java.util.UUID;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.springframework.stereotype.Component;

/** Takes proofs of who is at the Mini App's door, where Telegram's own word is old; and tells codes to who is to have them. */
@Component
public class ParkConfirm {

    private final InitDataCheck check;
    private final Confirmations confirmations;
    private final Outbox outbox;

    /**
     * @param relay with the bot's token
     * @param confirmations what is proved
     * @param outbox where codes are settled
     */
    public ParkConfirm(RelaySettings relay, Confirmations confirmations, Outbox outbox) {
        this.check = new InitDataCheck(relay.telegram().botToken(), Clock.systemUTC());
        this.confirmations = confirmations;
        this.outbox = outbox;
    }

    /**
     * Confirms.
     *
     * @param user of the request
     * @param body {@code {"ticket": "<32 to 64 letters and digits of the page's own>", "code": "123456"}}, or {@code "contact"} with the
     *     response of {@code WebApp.requestContact} in place of the code
     * @return {@code {confirmed: true}}
     * @throws NotConfirmed when it proves nothing
     * @throws NotSignedIn when Telegram has not signed the contact
     */
    public String confirm(@Variable("user") TelegramUser user, @Body byte[] body) {
        JsonNode wish = parsed(body);
        String ticket = wish.path("ticket").asText("");
        if (!ticket.matches("[A-Za-z0-9]{32,64}")) {
            throw NotConfirmed.unreadable();
        }
        if (wish.path("code").isTextual()) {
            if (!confirmations.byCode(user.telegramId(), wish.path("code").asText().replaceAll("\\D", ""), ticket)) {
                // where none can be used any more, the next one is on its way
                confirmations.ask(user.telegramId());
                throw NotConfirmed.wrongCode();
            }
        } else if (wish.path("contact").isTextual()) {
            InitData contact = check.check(wish.path("contact").asText(), ParkLogin.WRITING);
            if (contact.object("contact").path("user_id").asLong(0) != user.telegramId()) {
                throw LinkRefused.notOwn();
            }
            if (!confirmations.byContact(user.telegramId(), contact, contact.signedAt(), ticket)) {
                throw NotConfirmed.wrongCode();
            }
        } else {
            throw NotConfirmed.unreadable();
        }
        return Json.write(Json.object().put("confirmed", true));
    }

    /**
     * The code to be sent.
     *
     * @param effect {@code telegram.park-code} with {@code {chat, confirmation}}
     * @return six digits; empty where it is too late for it, and the effect is settled
     */
    public String code(@Variable("effect") Effect effect) {
        UUID id = UUID.fromString((String) effect.payload().get("confirmation"));
        if (confirmations.begin(id)) {
            return confirmations.code(id);
        }
        outbox.skip(effect, "код уже не нужен");
        return "";
    }

    private static JsonNode parsed(byte[] body) {
        try {
            JsonNode wish = body == null ? Json.object() : Json.MAPPER.readTree(body);
            return wish == null ? Json.object() : wish;
        } catch (IOException e) {
            throw NotConfirmed.unreadable();
        }
    }
}
