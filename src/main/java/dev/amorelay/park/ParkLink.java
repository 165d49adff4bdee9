package dev.amorelay.park;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.clients.Invitations;
import dev.amorelay.clients.SharedPhones;
import dev.amorelay.clients.TelegramUser;
import dev.amorelay.clients.TelegramUsers;
import dev.amorelay.json.Json;
import dev.amorelay.phone.Phones;
import dev.amorelay.settings.RelaySettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.springframework.stereotype.Component;

/** Links who is signed in to a client: by the phone shared in Telegram, or by a one-time invitation. */
@Component
public class ParkLink {

    private final InitDataCheck check;
    private final SharedPhones phones;
    private final Invitations invitations;
    private final TelegramUsers users;

    /**
     * @param relay with the bot's token
     * @param phones links by phone
     * @param invitations links by invitation
     * @param users who is who
     */
    public ParkLink(RelaySettings relay, SharedPhones phones, Invitations invitations, TelegramUsers users) {
        this.check = new InitDataCheck(relay.telegram().botToken(), Clock.systemUTC());
        this.phones = phones;
        this.invitations = invitations;
        this.users = users;
    }

    /**
     * Links.
     *
     * @param user of the request
     * @param body {@code {"contact": "<response of WebApp.requestContact>"}} or {@code {"invitation": "<token>"}}
     * @return {@code {linked: true, client}}; client is null for one of the supplier's own engineers
     * @throws LinkRefused when it leads nowhere
     * @throws NotSignedIn when Telegram has not signed the contact
     */
    public String link(@Variable("user") TelegramUser user, @Body byte[] body) {
        JsonNode wish = parsed(body);
        if (wish.path("invitation").isTextual()) {
            byInvitation(user, wish.path("invitation").asText());
        } else if (wish.path("contact").isTextual()) {
            byPhone(user, wish.path("contact").asText());
        } else {
            throw LinkRefused.unreadable();
        }
        TelegramUser now = users.find(user.telegramId()).orElseThrow();
        return Json.write(Json.object().put("linked", true).put("client", now.clientName()));
    }

    private void byInvitation(TelegramUser user, String token) {
        switch (invitations.use(token, user.telegramId())) {
            case UNKNOWN -> throw LinkRefused.noSuchInvitation();
            case USED_UP -> throw LinkRefused.usedUp();
            case ACCEPTED -> { }
        }
    }

    private void byPhone(TelegramUser user, String signed) {
        JsonNode contact = check.check(signed, ParkLogin.WRITING).object("contact");
        if (contact.path("user_id").asLong(0) != user.telegramId()) {
            throw LinkRefused.notOwn();
        }
        // Telegram tells the number with its country, with or without a plus
        String phone = Phones.e164("+" + contact.path("phone_number").asText("").replaceAll("\\D", "")).orElseThrow(LinkRefused::phoneUnknown);
        switch (phones.share(user.telegramId(), phone)) {
            case NOBODY -> throw LinkRefused.phoneUnknown();
            case AMBIGUOUS -> throw LinkRefused.ambiguous();
            case LINKED -> { }
        }
    }

    private static JsonNode parsed(byte[] body) {
        try {
            return body == null ? Json.MAPPER.missingNode() : Json.MAPPER.readTree(body);
        } catch (JsonProcessingException e) {
            throw LinkRefused.unreadable();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
