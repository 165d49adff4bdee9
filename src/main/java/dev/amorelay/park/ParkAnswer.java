package dev.amorelay.park;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.clients.TelegramUser;
import dev.amorelay.json.Json;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What the Mini App is told about its user. */
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
}
