package dev.amorelay.deals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.amocrm.Account;
import dev.amorelay.amocrm.Accounts;
import dev.amorelay.amocrm.CrmEvents.StageChange;
import dev.amorelay.amocrm.CrmFieldChanges.FieldChange;
import dev.amorelay.clients.Contact;
import dev.amorelay.clients.ContactBook;
import dev.amorelay.clients.ReadMark;
import dev.amorelay.webhooks.Event;
import dev.amorelay.webhooks.EventGroup;
import dev.amorelay.webhooks.Inbox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.camel.Variable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Turns lead events into deals. A hook only says that something changed: the deal is read from the CRM, and
 * where an event says won while the deal stands elsewhere by now, the account's event log decides.
 */
@Component
public class DealSync {

    /** How far amoCRM's clock and ours may differ. */
    private static final Duration CLOCKS = Duration.ofSeconds(10);

    private final Accounts accounts;
    private final ContactBook book;
    private final DealStore deals;
    private final ServiceDeals services;
    private final FieldAuthors authors;
    private final DealChanges changed;
    private final Inbox inbox;

    /**
     * @param accounts whose stages mean won
     * @param book our copy of the contacts
     * @param deals our copy of the deals
     * @param services which deals nothing is sold by
     * @param authors who wrote what of a deal
     * @param changed tells what has changed of a deal
     * @param inbox where the events are settled
     */
    public DealSync(Accounts accounts, ContactBook book, DealStore deals, ServiceDeals services, FieldAuthors authors,
                    DealChanges changed, Inbox inbox) {
        this.accounts = accounts;
        this.book = book;
        this.deals = deals;
        this.services = services;
        this.authors = authors;
        this.changed = changed;
        this.inbox = inbox;
    }

    /**
     * The deals that have to be read: those of which an event may bring news.
     *
     * @param group the events
     * @return amoCRM's ids; what was read since the change that its events tell of is left out
     */
    public List<Long> withNews(@Variable("group") EventGroup group) {
        long won = wonStage(group);
        Map<Long, DealStore.Known> known = deals.known(group.accountId(), group.entityIds());
        return group.entityIds().stream().filter(id -> group.events().stream()
                .filter(event -> String.valueOf(id).equals(event.entityId()))
                .anyMatch(event -> isNews(event, known.get(id), won))).toList();
    }

    /** amoCRM counts whole seconds: a read in the very second of a change may have missed another change in it. */
    private static boolean isNews(Event event, DealStore.Known known, long won) {
        long changed = event.payload().path("updated_at").asLong(Long.MAX_VALUE);
        if (known == null || event.type().equals("lead.delete")
                || event.payload().path("status_id").asLong() == won && known.stage() != won) {
            return true;
        }
        long seen = known.updatedAt().getEpochSecond();
        boolean readLater = known.readAt().isAfter(known.updatedAt().plus(CLOCKS));
        return !(seen > changed || seen == changed && readLater);
    }

    /**
     * The contacts that have to be read.
     *
     * @param group the events
     * @param deals as read from the CRM with their contacts
     * @return amoCRM's ids of the contacts that we have not read lately, each once
     */
    public List<Long> unknownContacts(@Variable("group") EventGroup group, @Variable("deals") List<JsonNode> deals) {
        List<Long> ids = contactIds(deals);
        List<Long> fresh = book.fresh(group.accountId(), ids).stream().map(contact -> contact.path("id").asLong()).toList();
        return ids.stream().filter(id -> !fresh.contains(id)).toList();
    }

    private static List<Long> contactIds(List<JsonNode> deals) {
        return deals.stream().flatMap(deal -> contactIds(deal).stream()).distinct().toList();
    }

    private static List<Long> contactIds(JsonNode deal) {
        return StreamSupport.stream(deal.path("_embedded").path("contacts").spliterator(), false)
                .sorted((a, b) -> Boolean.compare(b.path("is_main").asBoolean(), a.path("is_main").asBoolean()))
                .map(contact -> contact.path("id").asLong()).toList();
    }

    /**
     * Deals that an event calls won while the CRM shows them elsewhere.
     *
     * @param group the events
     * @param deals the deals they name, as the CRM has them now
     * @return amoCRM's ids; empty where events and CRM agree
     */
    public List<Long> disputed(@Variable("group") EventGroup group, @Variable("deals") List<JsonNode> deals) {
        long stage = wonStage(group);
        Set<Long> shown = deals.stream().filter(deal -> deal.path("status_id").asLong() != stage)
                .map(deal -> deal.path("id").asLong()).collect(Collectors.toSet());
        Set<String> calledWon = group.events().stream()
                .filter(event -> event.payload().path("status_id").asLong() == stage)
                .map(Event::entityId).collect(Collectors.toSet());
        return shown.stream().filter(id -> calledWon.contains(String.valueOf(id))).toList();
    }

    /**
     * Won deals of which it matters who wrote what they say of the buyer.
     *
     * @param group the events
     * @param deals the deals they name, as the CRM has them now
     * @param changes stage changes of the disputed deals
     * @return amoCRM's ids
     */
    public List<Long> authored(@Variable("group") EventGroup group, @Variable("deals") List<JsonNode> deals,
                               @Variable("changes") List<StageChange> changes) {
        Account account = accounts.named(group.account());
        Set<Long> wonMeanwhile = wonMeanwhile(changes, wonStage(group));
        return deals.stream().filter(deal -> isWon(deal, wonStage(group), wonMeanwhile) && FieldAuthors.matter(account, deal))
                .map(deal -> deal.path("id").asLong()).toList();
    }

    private static boolean isWon(JsonNode deal, long stage, Set<Long> wonMeanwhile) {
        return deal.path("status_id").asLong() == stage || wonMeanwhile.contains(deal.path("id").asLong());
    }

    private static Set<Long> wonMeanwhile(List<StageChange> changes, long stage) {
        return changes.stream().filter(change -> change.stage() == stage).map(StageChange::lead).collect(Collectors.toSet());
    }

    /**
     * Stores the deals with their people, in the caller's commit, and hands on what has changed: the flow says what follows from it,
     * and settles the events.
     *
     * @param group the events
     * @param asked the deals that were read
     * @param noted just before, see {@link ReadMark#of}
     * @param found those that the CRM has, as it has them now
     * @param people the deals' contacts that were read
     * @param changes stage changes of the disputed deals
     * @param fields changes of the won deals' fields, newest first
     * @param stages names of the stages by id
     * @return a plain map for each deal that the CRM has, see {@link ChangedDeal}
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public List<Map<String, Object>> store(@Variable("group") EventGroup group, @Variable("asked") List<Long> asked,
                      @Variable("mark") Map<String, Object> noted, @Variable("deals") List<JsonNode> found,
                      @Variable("contacts") List<JsonNode> people, @Variable("changes") List<StageChange> changes,
                      @Variable("fields") List<FieldChange> fields, @Variable("stages") Map<Long, String> stages) {
        ReadMark mark = ReadMark.of(noted);
        long stage = wonStage(group);
        Map<Long, JsonNode> byId = people.stream()
                .collect(Collectors.toMap(person -> person.path("id").asLong(), Function.identity(), (a, b) -> b, HashMap::new));
        book.fresh(group.accountId(), contactIds(found)).forEach(known -> byId.putIfAbsent(known.path("id").asLong(), known));
        Set<Long> wonMeanwhile = wonMeanwhile(changes, stage);
        Account account = accounts.named(group.account());
        Map<UUID, Long> requests = services.requests(account, found);
        Map<Long, Claims> claims = authors.claims(account, found.stream().filter(deal -> isWon(deal, stage, wonMeanwhile)).toList(), fields);
        List<DealStore.Read> read = new ArrayList<>();
        List<Long> gone = new ArrayList<>(asked);
        for (JsonNode deal : found) {
            long id = deal.path("id").asLong();
            gone.remove(id);
            List<JsonNode> contacts = contactIds(deal).stream().map(byId::get).filter(c -> c != null).toList();
            // what ends a service request sells nothing, and proves nobody's Telegram id
            boolean isWon = !requests.containsValue(id) && isWon(deal, stage, wonMeanwhile);
            read.add(new DealStore.Read(deal, contacts, stages.get(deal.path("status_id").asLong()), isWon,
                    claims.getOrDefault(id, Claims.UNKNOWN)));
        }
        deals.lockPeople(account, group.accountId(), read);
        book.store(group.accountId(), people.stream().map(Contact::of).toList(), mark);
        Map<Long, DealStore.Standing> before = deals.standing(group.accountId(), asked);
        deals.store(account, group.accountId(), read, mark);
        deals.markDeleted(group.accountId(), gone, mark);
        return changed.of(account, group, read, before, requests);
    }

    /**
     * Settles the events: to be called last in the commit that holds all that follows from them.
     *
     * @param group the events
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void settle(@Variable("group") EventGroup group) {
        inbox.done(group.events());
    }

    private long wonStage(EventGroup group) {
        return accounts.named(group.account()).settings().statusSuccess();
    }
}
