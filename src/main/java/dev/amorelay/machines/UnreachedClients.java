package dev.amorelay.machines;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.database.SqlFile;
import dev.amorelay.delivery.Effect;
import dev.amorelay.delivery.Outbox;
import dev.amorelay.json.Json;
import dev.amorelay.json.StoredJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.camel.Variable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * A message that did not reach a person in Telegram: another person of the same client gets it, where there is one; else the manager finds
 * an invitation in a note of the deal, or a task that says to call.
 */
@Component("unreachedClients")
public class UnreachedClients {

    private static final String REGISTERED = "telegram.machine-registered";
    private static final String DUE = "telegram.maintenance-due";
    private final NamedParameterJdbcTemplate sql;
    private final Outbox outbox;
    private final OwnerInvitation invitation;
    private final String unreached = SqlFile.read("clients/unreached.sql");

    /**
     * @param jdbc the relay's database
     * @param outbox where the effects are settled
     * @param invitation for a client without an open chat
     */
    public UnreachedClients(JdbcTemplate jdbc, Outbox outbox, OwnerInvitation invitation) {
        this.sql = new NamedParameterJdbcTemplate(jdbc);
        this.outbox = outbox;
        this.invitation = invitation;
    }

    private record Message(String kind, JsonNode payload, UUID client, Long accountId, String deal, String account, Long responsible,
                           Long request, Long nextChat) {
    }

    /**
     * Settles it, and tells what follows, each once a message, and the invitation once a deal.
     *
     * @param effect {@code client.unreachable} with {@code {message, chat, why}}, the key of the message's effect
     * @return plain maps to be owed in the same commit: {@code registered} and {@code due} messages to the next person as
     *     {@code {key, subject, payload}}, {@code notes} as {@code {key, account, subject, payload}}, {@code tasks} as
     *     {@code {key, account, subject}} with what the text needs; all empty where there is nobody to be told
     */
    public Map<String, Object> follow(@Variable("effect") Effect effect) {
        String key = (String) effect.payload().get("message");
        String why = String.valueOf(effect.payload().getOrDefault("why", "unknown"));
        Map<String, Object> owed = new HashMap<>(Map.of("registered", List.of(), "due", List.of(),
                "notes", List.of(), "tasks", List.of()));
        Optional<Message> found = sql.query(unreached, Map.of("key", key, "chat", effect.payload().get("chat")), UnreachedClients::message)
                .stream().findFirst();
        if (found.isEmpty()) {
            outbox.skip(effect, "не о чем говорить менеджеру: ни сделки, ни клиента у этого чата");
            return owed;
        }
        outbox.done(effect);
        Message message = found.get();
        boolean isOfMachine = message.kind().equals(REGISTERED) || message.kind().equals(DUE);
        if (isOfMachine && message.nextChat() != null && message.payload().isObject()) {
            JsonNode payload = ((ObjectNode) message.payload()).put("chat", message.nextChat());
            owed.put(message.kind().equals(DUE) ? "due" : "registered", List.of(Map.of("key", key + ":" + message.nextChat(),
                    "subject", effect.subject(), "payload", payload)));
            return owed;
        }
        Optional<List<Map<String, Object>>> invited = message.client() == null || message.deal() == null ? Optional.empty()
                : invitation.offer(new OwnerInvitation.Owner(message.client(), message.accountId(), message.deal(), message.account()));
        invited.ifPresent(notes -> owed.put("notes", notes));
        if (invited.isEmpty() || !message.kind().equals(REGISTERED)) {
            owed.put("tasks", List.of(call(message, key, why)));
        }
        return owed;
    }

    private static Map<String, Object> call(Message message, String key, String why) {
        Map<String, Object> task = new HashMap<>(Map.of("why", why, "about", switch (message.kind()) {
            case REGISTERED -> "registered";
            case DUE -> "due";
            default -> "other";
        }));
        for (String told : List.of("machine", "serial", "date")) {
            if (message.payload().hasNonNull(told)) {
                task.put(told, message.payload().get(told).asText());
            }
        }
        task.put("request", message.request());
        task.put("lead", message.deal() == null ? null : Long.valueOf(message.deal()));
        task.put("responsible", message.responsible());
        task.put("key", key);
        task.put("account", message.account());
        task.put("subject", message.deal() == null ? key : message.deal());
        return task;
    }

    private static Message message(ResultSet row, int number) throws SQLException {
        return new Message(row.getString("kind"), StoredJson.orMissing(row.getString("payload"), "the payload of a message that did not arrive"), row.getObject("client_id", UUID.class),
                row.getObject("account_id", Long.class), row.getString("deal"), row.getString("account"), row.getObject("responsible", Long.class),
                row.getObject("request", Long.class), row.getObject("next_chat", Long.class));
    }
}
