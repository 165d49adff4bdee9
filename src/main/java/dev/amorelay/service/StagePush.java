package dev.amorelay.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.amocrm.Accounts;
import dev.amorelay.amocrm.CrmEvents.StageChange;
import dev.amorelay.delivery.Effect;
import dev.amorelay.delivery.Outbox;
import dev.amorelay.json.Json;
import dev.amorelay.settings.AccountSettings;
import dev.amorelay.work.Later;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Variable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Puts the deal of a request to the stage where the request is. A deal that somebody has moved later than the request was stays
 * where it is.
 */
@Component("stagePush")
public class StagePush {

    private static final Duration A_MOMENT = Duration.ofSeconds(1);
    /** The same in every pipeline. */
    private static final Set<Long> ENDS = Set.of(AccountSettings.WON, AccountSettings.LOST);

    private final JdbcTemplate jdbc;
    private final Accounts accounts;
    private final RequestBook book;
    private final RequestStages stages;
    private final Outbox outbox;

    /**
     * @param jdbc the relay's database
     * @param accounts where the stages are
     * @param book the stored requests
     * @param stages which stage a request's deal belongs to
     * @param outbox where pushes are settled
     */
    public StagePush(JdbcTemplate jdbc, Accounts accounts, RequestBook book, RequestStages stages, Outbox outbox) {
        this.jdbc = jdbc;
        this.accounts = accounts;
        this.book = book;
        this.stages = stages;
        this.outbox = outbox;
    }

    /**
     * The deal to look at.
     *
     * @param effect {@code crm.lead-status} with {@code {lead, status, at}}, its subject the request's uuid
     * @return its id; nothing where the request has gone on, which owes a push of its own
     * @throws Later while an earlier push of the same request is not settled: it must not arrive after this one
     */
    public List<Long> deal(@Variable("effect") Effect effect) {
        if (!request(effect).status().code().equals(effect.payload().get("status"))) {
            outbox.skip(effect, "заявка уже на следующем шаге");
            return List.of();
        }
        if (Boolean.TRUE.equals(jdbc.queryForObject("""
                SELECT EXISTS (SELECT FROM outbox WHERE subject_id = ? AND kind = ? AND id < ? AND status IN ('pending', 'failed'))""",
                Boolean.class, effect.subject(), effect.kind(), effect.id()))) {
            throw new Later("an earlier stage of the same request is still on its way", A_MOMENT);
        }
        return List.of(((Number) effect.payload().get("lead")).longValue());
    }

    /**
     * The deal whose way is to be looked at.
     *
     * @param effect as above
     * @param deals the deal as the CRM has it now; empty where it is gone, or nothing was looked at
     * @return its id; nothing where it stands right already
     */
    public List<Long> elsewhere(@Variable("effect") Effect effect, @Variable("deals") List<JsonNode> deals) {
        Long stage = stages.stage(request(effect));
        return deals.stream().filter(deal -> stage != null && deal.path("status_id").asLong() != stage)
                .map(deal -> deal.path("id").asLong()).toList();
    }

    /**
     * The change to be made.
     *
     * @param effect as above
     * @param deals the deal as the CRM has it now
     * @param changes how it came there, newest first
     * @return {@code {id, status_id, pipeline_id?}}; nothing where the deal is there already, is gone, or was moved later by others
     */
    public List<JsonNode> change(@Variable("effect") Effect effect, @Variable("deals") List<JsonNode> deals,
                                 @Variable("changes") List<StageChange> changes) {
        if (deals.isEmpty()) {
            // settled already, where nothing was looked at
            return List.of();
        }
        ServiceRequest request = request(effect);
        Long stage = stages.stage(request);
        JsonNode deal = deals.get(0);
        if (stage == null || deal.path("status_id").asLong() == stage) {
            return List.of();
        }
        Optional<String> hindrance = hindrance(effect, request, stage, deal, changes);
        if (hindrance.isPresent()) {
            outbox.skip(effect, hindrance.get());
            return List.of();
        }
        // before the change: should its answer be lost, it is known as ours all the same
        jdbc.update("UPDATE service_requests SET pushed_stage = ? WHERE id = ?", stage, request.id());
        ObjectNode change = Json.object().put("id", deal.path("id").asLong()).put("status_id", stage);
        return List.of(ENDS.contains(stage) ? change : change.put("pipeline_id", pipeline(request)));
    }

    private Optional<String> hindrance(Effect effect, ServiceRequest request, long stage, JsonNode deal, List<StageChange> changes) {
        Instant moved = Instant.ofEpochSecond(((Number) effect.payload().get("at")).longValue());
        boolean byOthersLater = changes.stream().findFirst()
                .filter(newest -> request.pushedStage() == null || newest.stage() != request.pushedStage())
                .filter(newest -> newest.at().isAfter(moved)).isPresent();
        if (byOthersLater) {
            return Optional.of("сделку позже передвинули в CRM");
        }
        if (ENDS.contains(stage)) {
            return Optional.empty();
        }
        if (ENDS.contains(deal.path("status_id").asLong())) {
            return Optional.of("сделка в CRM уже закрыта");
        }
        Long pipeline = pipeline(request);
        return pipeline != null && deal.path("pipeline_id").asLong() == pipeline ? Optional.empty()
                : Optional.of("сделка в CRM в другой воронке");
    }

    private Long pipeline(ServiceRequest request) {
        AccountSettings settings = accounts.named(request.account()).settings();
        return settings.service().pipelineId() == null ? settings.pipelineId() : settings.service().pipelineId();
    }

    private ServiceRequest request(Effect effect) {
        return book.request(effect.subject());
    }
}
