package dev.amorelay.amocrm;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** Pipelines and their stages. They seldom change, so an hour's old copy is good enough. */
@Component
public class CrmPipelines {

    private static final Duration KEEP = Duration.ofHours(1);

    private final Gate gate;
    private final Clock clock;
    private final Map<String, Copy> copies = new ConcurrentHashMap<>();

    private record Copy(Instant readAt, Map<Long, String> stages) {
    }

    @Autowired
    CrmPipelines(Gate gate) {
        this(gate, Clock.systemUTC());
    }

    CrmPipelines(Gate gate, Clock clock) {
        this.gate = gate;
        this.clock = clock;
    }

    /**
     * Names of the stages of all pipelines. Won and lost bear the same id in each.
     *
     * @param account the configured name of the account; null = the default one
     * @return name by stage id
     */
    public Map<Long, String> stageNames(String account) {
        String name = Accounts.orDefault(account);
        Copy copy = copies.get(name);
        if (copy == null || copy.readAt().isBefore(clock.instant().minus(KEEP))) {
            copy = new Copy(clock.instant(), read(name));
            copies.put(name, copy);
        }
        return copy.stages();
    }

    private Map<Long, String> read(String account) {
        Map<Long, String> stages = new HashMap<>();
        CrmAnswer answer = gate.call(CrmCall.get(account, "/api/v4/leads/pipelines", null));
        for (JsonNode pipeline : answer.embedded("pipelines")) {
            for (JsonNode stage : pipeline.path("_embedded").path("statuses")) {
                stages.putIfAbsent(stage.path("id").asLong(), stage.path("name").asText());
            }
        }
        return Map.copyOf(stages);
    }
}
