package dev.amorelay.leads;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.amocrm.Accounts;
import dev.amorelay.database.GroupCommit;
import dev.amorelay.json.Json;
import dev.amorelay.work.WorkSignal;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.camel.Variable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Stores leads with what they owe before their callers are answered; those that arrive together share one commit. */
@Component
public class LeadIntake implements DisposableBean {

    private static final int MOST_LEADS = 256;
    /** In bytes; what is longer commits alone. */
    private static final int SMALL = 64 * 1024;
    /** So that a door can say 503 within 1.5 s. */
    private static final Duration PATIENCE = Duration.ofMillis(1200);

    private final LeadStore leads;
    private final LeadStore large;
    private final GroupCommit<Posted, String> commits;
    private final LeadSourcesBook sources;
    private final Accounts accounts;
    private final WorkSignal signal;

    /** A lead, and how long its post was. */
    private record Posted(LeadStore.Owing lead, long bytes) {

        boolean isLarge() {
            return bytes > SMALL;
        }
    }

    /**
     * @param door the database for those who wait at a door: it answers in time or fails
     * @param large the same for what is large
     * @param sources what the leads of a source owe
     * @param accounts where they go
     * @param signal told of each commit
     */
    public LeadIntake(@Qualifier("doorJdbc") JdbcTemplate door, @Qualifier("largeJdbc") JdbcTemplate large, LeadSourcesBook sources,
            Accounts accounts, WorkSignal signal) {
        this.signal = signal;
        this.sources = sources;
        this.accounts = accounts;
        this.leads = new LeadStore(door);
        this.large = new LeadStore(large);
        this.commits = new GroupCommit<>("lead-door", MOST_LEADS, PATIENCE, Posted::isLarge, this::store);
    }

    private List<String> store(List<Posted> posts) {
        List<String> ids = (posts.get(0).isLarge() ? large : leads).store(posts.stream().map(Posted::lead).toList());
        signal.committed();
        return ids;
    }

    /**
     * Stores a lead, unless its post is a repeat.
     *
     * @param post a lead at the door
     * @param owes what the lead owes, where a flow says so: a JSON list of {@code {kind, payload}}, each kind once; null for
     *     what {@code lead/sources.yaml} says
     * @param request which brought it; null for none
     * @return our uuid of the lead: a repeated post gets the first one's
     */
    public String store(@Body LeadPost post, @Variable("owes") String owes,
                        @Header(Exchange.HTTP_SERVLET_REQUEST) HttpServletRequest request) {
        JsonNode debts = owes == null ? sources.owes(accounts.named(post.account()), post.lead().source()) : Json.read(owes);
        JsonNode due = post.isTrapped() ? Json.array() : post.captcha() == null ? debts : LeadStore.question(post.captcha(), debts);
        return commits.store(new Posted(new LeadStore.Owing(post, due), request == null ? 0 : request.getContentLengthLong()));
    }

    @Override
    public void destroy() {
        commits.close();
    }
}
