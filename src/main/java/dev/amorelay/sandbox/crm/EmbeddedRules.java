package dev.amorelay.sandbox.crm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.sandbox.store.Documents;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What may stand in {@code _embedded} of a request: tags always, links to what exists on creation (facts §3.2). */
final class EmbeddedRules {

    private static final Map<String, EntityType> LINKS =
            Map.of("contacts", EntityType.CONTACTS, "companies", EntityType.COMPANIES);

    private final Documents documents;

    EmbeddedRules(Documents documents) {
        this.documents = documents;
    }

    /**
     * Notes what is wrong.
     *
     * @param creating whether links are allowed
     */
    void check(EntityType type, JsonNode item, boolean creating, Violations violations) {
        JsonNode embedded = item.path("_embedded");
        if (embedded.isMissingNode()) {
            return;
        }
        if (!embedded.isObject()) {
            violations.wrongType("_embedded", "array");
            return;
        }
        Violations inside = violations.at("_embedded");
        Set<String> keys = new HashSet<>();
        embedded.fieldNames().forEachRemaining(keys::add);
        for (String key : keys) {
            if (key.equals("tags")) {
                EntityRules.tags(key, embedded.get(key), inside);
            } else if (creating && LINKS.containsKey(key) && type != EntityType.COMPANIES) {
                links(LINKS.get(key), embedded.get(key), inside);
            } else {
                inside.notExpected(key);
            }
        }
    }

    private void links(EntityType to, JsonNode links, Violations violations) {
        if (!links.isArray()) {
            violations.wrongType(to.path(), "array");
            return;
        }
        for (int i = 0; i < links.size(); i++) {
            JsonNode id = links.get(i).path("id");
            String path = to.path() + "." + i + ".id";
            if (id.isMissingNode()) {
                violations.missing(path);
            } else if (!EntityRules.isLong(id)) {
                violations.wrongType(path, "int");
            } else if (documents.find(to.kind(), id.asLong()).isEmpty()) {
                violations.notSupported(path);
            }
        }
    }
}
