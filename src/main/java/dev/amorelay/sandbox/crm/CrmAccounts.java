package dev.amorelay.sandbox.crm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.sandbox.SandboxSettings;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The accounts of the stand-in: set up alike, with nothing in common. */
public final class CrmAccounts implements AutoCloseable {

    /** The account that the relay has by default. */
    public static final String FIRST = "a";
    private static final List<String> NAMES = List.of(FIRST, "b", "c");

    private final List<CrmAccount> all;

    /**
     * All accounts.
     *
     * @param seed the first one's catalogue; the others differ in number and subdomain
     */
    public CrmAccounts(DataSource dataSource, JsonNode seed, SandboxSettings settings) {
        all = IntStream.range(0, NAMES.size()).mapToObj(i -> new CrmAccount(NAMES.get(i),
                new Catalogue(seedOf(seed, i, settings)), dataSource, settings)).toList();
    }

    private static JsonNode seedOf(JsonNode seed, int place, SandboxSettings settings) {
        ObjectNode own = seed.deepCopy();
        ObjectNode account = (ObjectNode) own.at("/account/0");
        account.put("time_zone", settings.timeZone().getId());
        if (place > 0) {
            account.put("id", account.get("id").asLong() + place)
                    .put("name", account.get("name").asText() + " " + NAMES.get(place))
                    .put("subdomain", account.get("subdomain").asText() + "-" + NAMES.get(place));
        }
        return own;
    }

    /** @return all, the first one first */
    public List<CrmAccount> all() {
        return all;
    }

    /** @return the account that the relay has by default */
    public CrmAccount first() {
        return all.get(0);
    }

    /**
     * The account of this name.
     *
     * @param name null or empty = the first
     * @throws CrmProblem 404
     */
    public CrmAccount named(@Nullable String name) {
        String wanted = name == null || name.isBlank() ? FIRST : name;
        return all.stream().filter(account -> account.name().equals(wanted)).findFirst().orElseThrow(CrmProblem::notFound);
    }

    /** @return the account that is or was served under this path */
    public Optional<CrmAccount> at(String uri) {
        return all.stream().filter(account -> account.bases().stream().anyMatch(base -> uri.startsWith(base + "/"))).findFirst();
    }

    @Override
    public void close() {
        all.forEach(CrmAccount::close);
    }
}
