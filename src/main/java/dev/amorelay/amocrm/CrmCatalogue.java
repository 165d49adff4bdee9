package dev.amorelay.amocrm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.json.Json;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** What an account is set up with: fields of leads, pipelines, users. It seldom changes, so an hour's old copy is good enough. */
@Component
public class CrmCatalogue {

    private static final Duration KEEP = Duration.ofHours(1);
    private static final int MOST_PAGES = 20;

    private final Gate gate;
    private final Clock clock;
    private final Map<String, Copy> copies = new ConcurrentHashMap<>();

    private record Copy(Instant readAt, List<JsonNode> items) {
    }

    @Autowired
    CrmCatalogue(Gate gate) {
        this(gate, Clock.systemUTC());
    }

    CrmCatalogue(Gate gate, Clock clock) {
        this.gate = gate;
        this.clock = clock;
    }

    /**
     * Custom fields of leads.
     *
     * @param account the configured name of the account; null = the default one
     * @return {@code {id, name, type, …}} each
     */
    public List<JsonNode> leadFields(@Nullable String account) {
        return kept(account, "/api/v4/leads/custom_fields", "custom_fields");
    }

    /**
     * Users.
     *
     * @param account the configured name of the account; null = the default one
     * @return {@code {id, name, rights, …}} each
     */
    public List<JsonNode> users(@Nullable String account) {
        return kept(account, "/api/v4/users", "users");
    }

    /**
     * Pipelines with their stages in {@code _embedded.statuses}.
     *
     * @param account the configured name of the account; null = the default one
     * @return {@code {id, name, _embedded, …}} each
     */
    public List<JsonNode> pipelines(@Nullable String account) {
        return kept(account, "/api/v4/leads/pipelines", "pipelines");
    }

    /**
     * Names of the stages of all pipelines. Won and lost bear the same id in each.
     *
     * @param account the configured name of the account; null = the default one
     * @return name by stage id
     */
    public Map<Long, String> stageNames(@Nullable String account) {
        Map<Long, String> stages = new HashMap<>();
        pipelines(account).forEach(pipeline -> pipeline.path("_embedded").path("statuses")
                .forEach(stage -> stages.putIfAbsent(stage.path("id").asLong(), stage.path("name").asText())));
        return Map.copyOf(stages);
    }

    /**
     * Makes a text field of leads.
     *
     * @param account the configured name of the account; null = the default one
     * @param name what users see
     * @return amoCRM's id of the field
     */
    public long makeTextField(@Nullable String account, String name) {
        String path = "/api/v4/leads/custom_fields";
        copies.remove(Accounts.orDefault(account) + path);
        return gate.call(CrmCall.post(Accounts.orDefault(account), path,
                Json.array().add(Json.object().put("name", name).put("type", "text")))).createdId("custom_fields");
    }

    /**
     * Forgets what was read of an account: the next question asks the CRM.
     *
     * @param account the configured name of the account; null = the default one
     */
    public void forget(@Nullable String account) {
        copies.keySet().removeIf(key -> key.startsWith(Accounts.orDefault(account) + "/"));
    }

    private List<JsonNode> kept(String account, String path, String name) {
        String key = Accounts.orDefault(account) + path;
        Copy copy = copies.get(key);
        if (copy == null || copy.readAt().isBefore(clock.instant().minus(KEEP))) {
            copy = new Copy(clock.instant(), read(Accounts.orDefault(account), path, name));
            copies.put(key, copy);
        }
        return copy.items();
    }

    private List<JsonNode> read(String account, String path, String name) {
        List<JsonNode> items = new ArrayList<>();
        for (int page = 1; page <= MOST_PAGES; page++) {
            CrmAnswer answer = gate.call(CrmCall.get(account, path, "limit=250&page=" + page));
            answer.embedded(name).forEach(items::add);
            if (!answer.body().path("_links").has("next")) {
                break;
            }
        }
        return List.copyOf(items);
    }
}
