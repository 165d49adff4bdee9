package dev.amorelay.amocrm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Reads many entities of one kind in few calls. */
@Component
class EntityReader {

    private final Gate gate;
    private final int batch;
    private final Map<String, Integer> learned = new ConcurrentHashMap<>();

    EntityReader(Gate gate, @Value("${relay.amocrm.read-batch:200}") int batch) {
        this.gate = gate;
        this.batch = Math.min(batch, 250);
    }

    /**
     * Reads entities by id.
     *
     * @param account the configured name of the account; null = the default one
     * @param entity {@code leads}, {@code contacts} or {@code companies}
     * @param ids which ones; repeated ids are read once
     * @param options further query parameters; null for none
     * @return those found
     */
    List<JsonNode> read(String account, String entity, Collection<Long> ids, String options) {
        return readIn(Accounts.orDefault(account), entity, ids.stream().distinct().toList(), options);
    }

    private List<JsonNode> readIn(String account, String entity, List<Long> ids, String options) {
        List<JsonNode> found = new ArrayList<>();
        int from = 0;
        while (from < ids.size()) {
            List<Long> some = ids.subList(from, Math.min(from + learned.getOrDefault(account, batch), ids.size()));
            try {
                found.addAll(readSome(account, entity, some, options));
                from += some.size();
            } catch (CrmTooMuch | CrmRejected tooMuch) {
                if (some.size() == 1) {
                    throw tooMuch;
                }
                // remembered, so that the next read is not too much again
                learned.put(account, some.size() / 2);
            }
        }
        return found;
    }

    private List<JsonNode> readSome(String account, String entity, List<Long> ids, String options) {
        String filter = ids.stream().map(id -> "filter[id][]=" + id).collect(Collectors.joining("&"));
        String query = filter + "&limit=250" + (options == null ? "" : "&" + options);
        CrmAnswer answer = gate.call(CrmCall.get(account, "/api/v4/" + entity, query));
        Set<Long> asked = new HashSet<>(ids);
        List<JsonNode> found = new ArrayList<>();
        for (JsonNode item : answer.embedded(entity)) {
            if (!asked.contains(item.path("id").asLong())) {
                // filters are not switched on for this account: it ignores them and lists strangers
                return readOneByOne(account, entity, ids, options);
            }
            found.add(item);
        }
        return found;
    }

    private List<JsonNode> readOneByOne(String account, String entity, List<Long> ids, String options) {
        List<JsonNode> found = new ArrayList<>();
        for (Long id : ids) {
            CrmAnswer answer = gate.call(CrmCall.get(account, "/api/v4/" + entity + "/" + id, options));
            if (!answer.notFound() && answer.body().has("id")) {
                found.add(answer.body());
            }
        }
        return found;
    }
}
