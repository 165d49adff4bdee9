package dev.amorelay.amocrm;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Reads many entities of one kind in few calls. */
@Component
class EntityReader {

    /** Who takes fewer today may take a whole batch again tomorrow. */
    private static final Duration REMEMBERED = Duration.ofMinutes(15);
    /** A 504 may be a bad moment of amoCRM's: that a batch is too much is believed when it is so twice in a row. */
    private static final int PROOFS = 2;

    private final Gate gate;
    private final int batch;
    private final Clock clock;
    private final Map<String, Learned> learned = new ConcurrentHashMap<>();
    private final Map<String, Integer> proofs = new ConcurrentHashMap<>();

    /** How many ids an account takes in a call, and until when that is believed. */
    private record Learned(int size, Instant until) {
    }

    @Autowired
    EntityReader(Gate gate, @Value("${relay.amocrm.read-batch:200}") int batch) {
        this(gate, batch, Clock.systemUTC());
    }

    EntityReader(Gate gate, int batch, Clock clock) {
        this.gate = gate;
        this.batch = Math.min(batch, 250);
        this.clock = clock;
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
    List<JsonNode> read(@Nullable String account, String entity, Collection<Long> ids, @Nullable String options) {
        return readIn(Accounts.orDefault(account), entity, ids.stream().distinct().toList(), options);
    }

    private List<JsonNode> readIn(String account, String entity, List<Long> ids, String options) {
        List<JsonNode> found = new ArrayList<>();
        int from = 0;
        while (from < ids.size()) {
            int size = size(account);
            List<Long> some = ids.subList(from, Math.min(from + size, ids.size()));
            boolean whole = some.size() == size;
            try {
                found.addAll(readSome(account, entity, some, options));
                if (whole) {
                    proofs.remove(account);
                }
            } catch (CrmTooMuch | CrmRejected tooMuch) {
                int half = some.size() / 2;
                if (half == 0) {
                    throw tooMuch;
                }
                found.addAll(readIn(account, entity, some.subList(0, half), options));
                found.addAll(readIn(account, entity, some.subList(half, some.size()), options));
                // only now: where less fails as well, the number of ids was not the matter
                if (whole) {
                    wasTooMuch(account, half);
                }
            }
            from += some.size();
        }
        return found;
    }

    /** Remembered, so that the next read is not too much again. */
    private void wasTooMuch(String account, int half) {
        if (proofs.merge(account, 1, Integer::sum) >= PROOFS) {
            proofs.remove(account);
            learned.put(account, new Learned(half, clock.instant().plus(REMEMBERED)));
        }
    }

    private int size(String account) {
        Learned known = learned.get(account);
        return known == null || known.until().isBefore(clock.instant()) ? batch : known.size();
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
