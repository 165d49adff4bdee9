package dev.amorelay.amocrm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.amorelay.json.Json;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.springframework.stereotype.Component;

/** Webhook subscriptions of an account (facts §5.1). */
@Component
public class CrmWebhooks {

    private static final String PATH = "/api/v4/webhooks";

    /** Known to every installation. */
    private static final List<String> COMMON = Stream.concat(
            Stream.of("status_lead", "add_talk", "add_message", "add_outgoing_message", "add_task", "delete_task", "responsible_task"),
            Stream.of("lead", "contact", "company").flatMap(entity ->
                    Stream.of("add", "update", "delete", "restore", "responsible", "note").map(word -> word + "_" + entity)))
            .sorted().toList();

    /** The international documentation lacks them. */
    private static final List<String> FURTHER = List.of("add_customer", "delete_customer", "note_customer",
            "responsible_customer", "update_customer", "update_talk", "update_task");

    private final Gate gate;

    CrmWebhooks(Gate gate) {
        this.gate = gate;
    }

    /**
     * A subscription.
     *
     * @param destination the address that is posted to
     * @param disabled whether amoCRM has switched it off: nothing is sent, and nothing is kept for later
     * @param settings event codes, like {@code status_lead}
     * @param changedAt when it was last saved, unix seconds; 0 where amoCRM does not tell
     */
    public record Subscription(String destination, boolean disabled, List<String> settings, long changedAt) {
    }

    /**
     * All subscriptions, read behind live work.
     *
     * @param account the configured name of the account
     * @return up to 100, other integrations' too
     */
    public List<Subscription> all(String account) {
        CrmAnswer answer = gate.call(CrmCall.get(Accounts.orDefault(account), PATH, null).afterLiveWork());
        return StreamSupport.stream(answer.embedded("webhooks").spliterator(), false).map(CrmWebhooks::subscription).toList();
    }

    /**
     * Subscribes an address; one that is subscribed already gets these settings and is switched on again.
     *
     * @param account the configured name of the account
     * @param destination the address
     * @param settings event codes
     * @return what amoCRM says is subscribed now
     * @throws CrmRejected when amoCRM does not know one of the codes
     */
    public Subscription subscribe(String account, String destination, List<String> settings) {
        ArrayNode codes = Json.array();
        settings.forEach(codes::add);
        JsonNode wish = Json.object().put("destination", destination).put("sort", 10).set("settings", codes);
        return subscription(gate.call(CrmCall.post(Accounts.orDefault(account), PATH, wish)).body());
    }

    /**
     * Subscribes an address to every event that the relay understands; where an installation does not know all of them,
     * to those that each knows.
     *
     * @param account the configured name of the account
     * @param destination the address
     * @return what amoCRM says is subscribed now
     */
    public Subscription subscribeToAll(String account, String destination) {
        try {
            return subscribe(account, destination, Stream.concat(COMMON.stream(), FURTHER.stream()).sorted().toList());
        } catch (CrmRejected unknownCode) {
            return subscribe(account, destination, COMMON);
        }
    }

    private static Subscription subscription(JsonNode told) {
        return new Subscription(told.path("destination").asText(), told.path("disabled").asBoolean(),
                StreamSupport.stream(told.path("settings").spliterator(), false).map(JsonNode::asText).toList(),
                told.path("updated_at").asLong());
    }
}
