package dev.amorelay.sandbox.crm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.json.Json;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What an account is set up with: pipelines, stages, custom fields, users. Only fields can be added. */
public final class Catalogue {

    /** amoCRM's ids of the closing stages, the same in every pipeline (facts §3.2). */
    public static final long WON = 142;
    public static final long LOST = 143;

    private static final long FIRST_MADE_FIELD = 900_000;

    private final JsonNode seed;
    private final Map<EntityType, List<JsonNode>> made = new ConcurrentHashMap<>();
    private final Set<Long> gone = ConcurrentHashMap.newKeySet();

    /** @param seed {@code {account[], user[], pipeline[], "field.leads"[], …}} */
    public Catalogue(JsonNode seed) {
        this.seed = seed;
    }

    /** @return the account's document; a copy */
    public ObjectNode account() {
        return seed.at("/account/0").deepCopy();
    }

    /** @return the account's number */
    public long accountId() {
        return seed.at("/account/0/id").asLong();
    }

    /** @return the zone in which the account counts days */
    public ZoneId zone() {
        return ZoneId.of(seed.at("/account/0/time_zone").asText());
    }

    /** @return the user on whose behalf tokens act */
    public long tokenUser() {
        return seed.at("/account/0/current_user_id").asLong();
    }

    /** Dismisses users and deletes pipelines, stages and fields by their ids; what was gone before comes back. */
    public void setGone(Set<Long> ids) {
        gone.retainAll(ids);
        gone.addAll(ids);
    }

    /** @return ids of dismissed users and of deleted pipelines, stages and fields */
    public Set<Long> gone() {
        return Set.copyOf(gone);
    }

    /** @return users as the API tells them; those who were dismissed are not active (facts §5) */
    public List<JsonNode> users() {
        return list("user").stream().map(user -> {
            ObjectNode told = user.deepCopy();
            if (gone.contains(user.get("id").asLong())) {
                told.withObject("rights").put("is_active", false);
            }
            return (JsonNode) told;
        }).toList();
    }

    /** @return pipelines with their {@code statuses}, the main one first */
    public List<JsonNode> pipelines() {
        return list("pipeline").stream().filter(pipeline -> !gone.contains(pipeline.get("id").asLong())).map(pipeline -> {
            ObjectNode told = pipeline.deepCopy();
            ArrayNode stages = told.putArray("statuses");
            pipeline.get("statuses").forEach(stage -> {
                if (!gone.contains(stage.get("id").asLong())) {
                    stages.add(stage);
                }
            });
            return (JsonNode) told;
        }).toList();
    }

    /** @return custom fields of the entity type */
    public List<JsonNode> fields(EntityType type) {
        List<JsonNode> fields = list("field." + type.path());
        fields.addAll(made.getOrDefault(type, List.of()));
        fields.removeIf(field -> gone.contains(field.get("id").asLong()));
        return fields;
    }

    /**
     * Adds a custom field; it lasts as long as this process.
     *
     * @param field {@code {name, type}}
     * @return the field with its id
     */
    public ObjectNode addField(EntityType type, JsonNode field) {
        List<JsonNode> fields = made.computeIfAbsent(type, key -> new CopyOnWriteArrayList<>());
        ObjectNode added = Json.object().put("id", FIRST_MADE_FIELD + accountId() % 1000 * 100 + fields.size())
                .put("name", field.path("name").asText()).put("type", field.path("type").asText()).put("sort", 900);
        fields.add(added);
        return added;
    }

    /** @return whether there is such a user, and active; 0 is the robot and not a user */
    public boolean hasUser(long id) {
        return users().stream().anyMatch(user -> user.get("id").asLong() == id && user.at("/rights/is_active").asBoolean(true));
    }

    /** @return the pipeline with this id */
    public Optional<JsonNode> pipeline(long id) {
        return pipelines().stream().filter(pipeline -> pipeline.get("id").asLong() == id).findFirst();
    }

    /** @return the pipeline that new leads get when none is named */
    public JsonNode mainPipeline() {
        return pipelines().get(0);
    }

    /** @return the stage, if the pipeline has it */
    public Optional<JsonNode> stage(JsonNode pipeline, long statusId) {
        return stream(pipeline.get("statuses")).filter(stage -> stage.get("id").asLong() == statusId).findFirst();
    }

    /** @return the pipeline to which a stage belongs; the closing stages belong to all, so they give none */
    public Optional<JsonNode> pipelineOfStage(long statusId) {
        return isClosing(statusId) ? Optional.empty()
                : pipelines().stream().filter(pipeline -> stage(pipeline, statusId).isPresent()).findFirst();
    }

    /** @return the id of the pipeline's first stage that is not the unsorted one */
    public long firstStage(JsonNode pipeline) {
        return stream(pipeline.get("statuses")).filter(stage -> stage.get("type").asInt() == 0)
                .findFirst().orElseThrow().get("id").asLong();
    }

    /** @return the id of the pipeline's stage of incoming leads, where it has one (facts §5: type 1) */
    public Optional<Long> unsortedStage(JsonNode pipeline) {
        return stream(pipeline.get("statuses")).filter(stage -> stage.get("type").asInt() == 1)
                .findFirst().map(stage -> stage.get("id").asLong());
    }

    /** @return whether the stage closes a lead */
    public static boolean isClosing(long statusId) {
        return statusId == WON || statusId == LOST;
    }

    private List<JsonNode> list(String key) {
        List<JsonNode> all = new ArrayList<>();
        seed.path(key).forEach(all::add);
        return all;
    }

    static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
