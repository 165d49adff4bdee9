package dev.amorelay.leads;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.amocrm.Account;
import dev.amorelay.amocrm.Accounts;
import dev.amorelay.amocrm.ConfiguredValue.Place;
import dev.amorelay.amocrm.CrmLeads;
import dev.amorelay.amocrm.RefusedValues;
import dev.amorelay.delivery.Effect;
import dev.amorelay.delivery.Outbox;
import dev.amorelay.json.Json;
import dev.amorelay.work.FailurePolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.camel.Body;
import org.springframework.stereotype.Component;

/** Brings leads into the CRM, many in one call, each once. */
@Component
public class LeadDelivery {

    /** How far amoCRM's clock and ours may differ. */
    private static final Duration CLOCKS = Duration.ofMinutes(2);

    private static final String TITLE = "name";
    private static final List<String> OWN = List.of("pipeline_id", "status_id", "responsible_user_id", TITLE);

    private final LeadBook leads;
    private final Accounts accounts;
    private final LeadCard card;
    private final CrmLeads crm;
    private final RefusedValues refused;
    private final LeadCreation creation;
    private final LeadResults results;
    private final Outbox outbox;
    private final FailurePolicy failures;

    /**
     * @param leads the stored leads
     * @param accounts where they go
     * @param card what a lead looks like in the CRM
     * @param crm the CRM's leads
     * @param refused whether the field that marks our leads is written at all
     * @param creation creates what is not there
     * @param results what becomes of leads that are there
     * @param outbox where leads that are not stored any more are skipped
     * @param failures what becomes of the leads of a call that failed
     */
    LeadDelivery(LeadBook leads, Accounts accounts, LeadCard card, CrmLeads crm, RefusedValues refused, LeadCreation creation,
                 LeadResults results, Outbox outbox, FailurePolicy failures) {
        this.leads = leads;
        this.accounts = accounts;
        this.card = card;
        this.crm = crm;
        this.refused = refused;
        this.creation = creation;
        this.results = results;
        this.outbox = outbox;
        this.failures = failures;
    }

    /**
     * Loads the leads that are owed.
     *
     * @param effects {@code crm.lead} or {@code crm.lead-of-stranger}, their subjects the leads' uuids; their payloads may name
     *     a {@code pipeline_id}, {@code status_id}, {@code responsible_user_id}, {@code name} and {@code tags} in place of the source's
     * @return the leads on their way
     */
    public List<Delivery> load(@Body List<Effect> effects) {
        List<Delivery> deliveries = new ArrayList<>();
        for (Effect effect : effects) {
            leads.find(effect.subject()).ifPresentOrElse(
                    lead -> deliveries.add(new Delivery(effect, lead, accounts.named(effect.account()))),
                    () -> outbox.skip(effect, "the lead is not stored any more"));
        }
        return deliveries;
    }

    /**
     * Looks in the CRM for leads whose earlier attempt ended without an answer, and settles those that are there.
     *
     * @param deliveries leads on their way, their contacts known
     * @return those that are still to be created
     */
    public List<Delivery> withoutThoseAlreadyThere(@Body List<Delivery> deliveries) {
        List<Delivery> doubtful = deliveries.stream().filter(delivery -> delivery.effect().inDoubt()).toList();
        if (doubtful.isEmpty()) {
            return deliveries;
        }
        Account account = doubtful.get(0).account();
        Instant since = doubtful.stream().map(delivery -> leads.storedAt(delivery.lead().id())).min(Comparator.naturalOrder())
                .orElseThrow().minus(CLOCKS);
        Map<String, Long> there = crm.findCreated(account.name(), List.copyOf(cards(doubtful)), marker(account), since, leads::isDelivered);
        results.there(doubtful, there);
        return deliveries.stream().filter(delivery -> !there.containsKey(keyOf(delivery))).toList();
    }

    /**
     * Creates the leads, up to 50 a call, without what the CRM refuses of them. What becomes of one call changes nothing for the next.
     *
     * @param deliveries leads of one account on their way
     */
    public void create(@Body List<Delivery> deliveries) {
        for (int from = 0; from < deliveries.size(); from += CrmLeads.MOST_IN_A_CALL) {
            List<Delivery> some = deliveries.subList(from, Math.min(from + CrmLeads.MOST_IN_A_CALL, deliveries.size()));
            try {
                List<ObjectNode> cards = cards(some);
                keepTitles(some, cards);
                creation.create(some.get(0).account().name(),
                        IntStream.range(0, some.size()).mapToObj(i -> LeadOnItsWay.of(some.get(i), cards.get(i))).toList());
            } catch (RuntimeException failure) {
                // those that are settled already are passed over
                failures.settle(some.stream().map(Delivery::effect).toList(), failure);
            }
        }
    }

    /** Where the account refuses the marker it is left out, and a lead is known by how it looks. */
    private Long marker(Account account) {
        return Optional.ofNullable(account.settings().field().leadUuidId())
                .filter(field -> !refused.isRefused(account.name(), Place.FIELD, field)).orElse(null);
    }

    /** A title that was edited since would not be known again, and the deal come twice. */
    private void keepTitles(List<Delivery> some, List<ObjectNode> cards) {
        if (marker(some.get(0).account()) != null) {
            return;
        }
        Map<Effect, Map<String, Object>> titles = new LinkedHashMap<>();
        for (int i = 0; i < some.size(); i++) {
            Effect effect = some.get(i).effect();
            if (!effect.payload().containsKey(TITLE)) {
                Map<String, Object> payload = new LinkedHashMap<>(effect.payload());
                payload.put(TITLE, cards.get(i).path(TITLE).asText());
                titles.put(effect, payload);
            }
        }
        outbox.keep(titles);
    }

    private static String keyOf(Delivery delivery) {
        return delivery.lead().id().toString();
    }

    private List<ObjectNode> cards(List<Delivery> deliveries) {
        Map<UUID, Long> contacts = leads.contacts(deliveries.stream().map(delivery -> delivery.lead().id()).toList());
        return deliveries.stream().map(delivery -> {
            ObjectNode made = card.card(delivery.lead(), delivery.account(), contacts.get(delivery.lead().id()));
            return placed(made, delivery.effect());
        }).toList();
    }

    /** Who owes the deal may want it otherwise than its source says; a pipeline without a stage means its first one. */
    private static ObjectNode placed(ObjectNode card, Effect effect) {
        JsonNode owed = Json.MAPPER.valueToTree(effect.payload());
        if (owed.hasNonNull("pipeline_id")) {
            card.remove("status_id");
        }
        OWN.stream().filter(owed::hasNonNull).forEach(key -> card.set(key, owed.get(key)));
        if (owed.path("tags").isArray()) {
            ArrayNode tags = card.withObject("_embedded").putArray("tags");
            owed.get("tags").forEach(tag -> tags.addObject().put("name", tag.asText()));
        }
        return card;
    }
}
