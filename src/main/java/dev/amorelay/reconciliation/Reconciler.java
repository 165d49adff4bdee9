package dev.amorelay.reconciliation;

import dev.amorelay.amocrm.Accounts;
import dev.amorelay.amocrm.CrmChanges;
import dev.amorelay.amocrm.CrmChanges.Page;
import dev.amorelay.amocrm.KnownAccounts;
import dev.amorelay.delivery.Effect;
import dev.amorelay.delivery.Outbox;
import dev.amorelay.webhooks.HookEvent;
import dev.amorelay.webhooks.Arrival;
import dev.amorelay.webhooks.Inbox;
import dev.amorelay.work.Later;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Reads one page of what has changed in an account, puts what was missed into the inbox, and owes the next page. The next
 * page waits until what was found is worked on: live webhooks never stand behind more than a page.
 */
@Component
public class Reconciler {

    /** So many found events may wait in the inbox before another page is read. */
    private static final int MOST_WAITING = 100;
    private static final Duration UNTIL_WORKED_ON = Duration.ofSeconds(1);
    private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);

    private final Runs runs;
    private final CrmChanges crm;
    private final MissedEvents missed;
    private final Accounts accounts;
    private final KnownAccounts numbers;
    private final Inbox inbox;
    private final Outbox outbox;
    private final JdbcTemplate jdbc;

    Reconciler(Runs runs, CrmChanges crm, MissedEvents missed, Accounts accounts, KnownAccounts numbers, Inbox inbox,
               Outbox outbox, JdbcTemplate jdbc) {
        this.runs = runs;
        this.crm = crm;
        this.missed = missed;
        this.accounts = accounts;
        this.numbers = numbers;
        this.inbox = inbox;
        this.outbox = outbox;
        this.jdbc = jdbc;
    }

    /**
     * What a page told.
     *
     * @param run as it stood before
     * @param missed events for the inbox
     * @param next where to go on
     * @param remark what could not be looked at, a Russian sentence, or null
     */
    public record Found(Run run, List<HookEvent> missed, Place next, @Nullable String remark) {
    }

    /**
     * Reads a page.
     *
     * @param effect {@code crm.reconciliation} with {@code {run}}
     * @return what it told
     * @throws Later while events that were found before still wait
     */
    public Found read(@Body Effect effect) {
        Run run = runs.of(effect);
        if (run.isDone()) {
            return new Found(run, List.of(), run.place(), null);
        }
        waitForThoseFoundBefore(run.account());
        Place place = run.place();
        Instant end = place.end(run.to());
        Page page = switch (place.step()) {
            case CHANGES -> crm.log(run.account(), place.reached(), end, place.page());
            case DEALS -> crm.deals(run.account(), place.reached(), end, place.page());
            default -> crm.contacts(run.account(), place.reached(), end, place.page());
        };
        if (place.isStrange(page, run.to())) {
            LOG.warn("amoCRM account {}: the filter by time is ignored, {} cannot be looked through", run.account(), place.step());
            return new Found(run, List.of(), place.skipped(run.from()), "amoCRM не отбирает по времени: " + russian(place.step()));
        }
        return new Found(run, missed(run, page), place.after(page, run.from(), run.to()), null);
    }

    private void waitForThoseFoundBefore(String account) {
        Integer waiting = jdbc.queryForObject("""
                SELECT count(*) FROM amocrm_webhook_events
                WHERE account = ? AND NOT processed AND outcome IS NULL AND payload ->> 'source' = ?""",
                Integer.class, account, MissedEvents.RECONCILIATION);
        if (waiting > MOST_WAITING) {
            throw new Later(waiting + " found events are not worked on yet", UNTIL_WORKED_ON);
        }
    }

    private List<HookEvent> missed(Run run, Page page) {
        long number = numbers.numberOf(run.account());
        return switch (run.place().step()) {
            case CHANGES -> missed.ofLog(number, accounts.named(run.account()).settings().statusSuccess(), page.items());
            case DEALS -> missed.ofDeals(number, page.items());
            default -> missed.ofContacts(number, page.items());
        };
    }

    private static String russian(Place.Step step) {
        return switch (step) {
            case CHANGES -> "журнал событий";
            case DEALS -> "сделки";
            default -> "контакты";
        };
    }

    /**
     * Puts what was missed into the inbox, notes how far the run is, and owes the next page, in one commit.
     *
     * @param effect the page that was owed
     * @param found what it told
     */
    @Transactional
    public void store(@Variable("effect") Effect effect, @Body Found found) {
        if (!found.run().isDone()) {
            int fresh = found.missed().isEmpty() ? 0 : inbox.store(arrivals(found));
            runs.advance(found.run(), fresh, found.next(), found.remark());
            if (found.next().step() == Place.Step.DONE) {
                LOG.info("amoCRM account {}: reconciliation {} is through", found.run().account(), found.run().id());
            }
        }
        outbox.done(effect, found.missed().size() + " missed");
    }

    private static List<Arrival> arrivals(Found found) {
        return found.missed().stream().map(event -> new Arrival(event, found.run().account())).toList();
    }
}
