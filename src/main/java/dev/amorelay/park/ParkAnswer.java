package dev.amorelay.park;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.clients.TelegramUser;
import dev.amorelay.json.Json;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What the Mini App is told about its user, and why something is refused. */
@Component
public class ParkAnswer {

    /**
     * The one who is signed in.
     *
     * @param user of the request
     * @return {@code {user: {id, name, role, staff}, client: {name} | null}}
     */
    public @Nullable String me(@Variable("user") TelegramUser user) {
        ObjectNode answer = Json.object();
        answer.putObject("user").put("id", user.telegramId()).put("name", user.name()).put("role", user.role()).put("staff", user.staff());
        if (user.client() == null) {
            answer.putNull("client");
        } else {
            answer.putObject("client").put("name", user.clientName());
        }
        return Json.write(answer);
    }

    /**
     * A refusal.
     *
     * @param refusal what was thrown
     * @return {@code application/problem+json} with {@code detail}
     */
    public String refusal(@ExchangeProperty(Exchange.EXCEPTION_CAUGHT) ParkRefusal refusal) {
        return Json.write(refusal.problem());
    }

    /**
     * How long to wait, in whole seconds, as Retry-After tells it.
     *
     * @param refusal what was thrown
     * @return seconds; null where waiting changes nothing
     */
    public @Nullable Long retryAfter(@ExchangeProperty(Exchange.EXCEPTION_CAUGHT) ParkRefusal refusal) {
        return refusal.retryAfter() == null ? null : refusal.retryAfter().plusMillis(999).toSeconds();
    }
}
