package dev.amorelay.sandbox.hooks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.sandbox.store.Criteria;
import dev.amorelay.sandbox.store.Documents;
import dev.amorelay.sandbox.store.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;

/** Webhooks of one account on their way, in the database: written with the change they tell of, so that neither is without the other. */
public final class HookQueue {

    private static final RowMapper<Delivery> DELIVERY = (row, i) -> new Delivery(row.getLong("id"),
            row.getString("destination"), row.getString("code"), row.getString("body"), row.getInt("attempts"));

    private final JdbcTemplate jdbc;
    private final String account;
    private final Documents documents;
    private final HookBody body;

    /**
     * The queue of {@code account}.
     *
     * @param documents where the subscriptions are
     * @param body makes the bodies
     */
    public HookQueue(DataSource dataSource, String account, Documents documents, HookBody body) {
        this.jdbc = new JdbcTemplate(dataSource);
        this.account = account;
        this.documents = documents;
        this.body = body;
    }

    /**
     * One thing to tell.
     *
     * @param code what a subscription names: {@code add_lead}, {@code status_lead}, …
     * @param root {@code leads}, {@code contacts} or {@code task}
     * @param action {@code add}, {@code status}, …
     * @param entity made by {@link HookFields}
     */
    public record Hook(String code, String root, String action, ObjectNode entity) {
    }

    /**
     * One hook for one address.
     *
     * @param body form-encoded
     * @param attempts how often it was tried before
     */
    public record Delivery(long id, String destination, String code, String body, int attempts) {
    }

    /** Puts the hooks into the queue of every subscription that wants them; joins the caller's transaction. */
    public void add(List<Hook> hooks) {
        List<ObjectNode> subscriptions = documents.search(Kind.WEBHOOK, new Criteria(), "id", 100, 0);
        List<Object[]> rows = new ArrayList<>();
        for (Hook hook : hooks) {
            for (ObjectNode subscription : subscriptions) {
                if (!subscription.path("disabled").asBoolean() && wants(subscription, hook.code())) {
                    rows.add(new Object[] {account, subscription.get("destination").asText(), hook.code(),
                            body.of(hook.root(), hook.action(), List.of(hook.entity()))});
                }
            }
        }
        jdbc.batchUpdate("INSERT INTO sandbox.hook_queue (account, destination, code, body) VALUES (?, ?, ?, ?)", rows);
    }

    private static boolean wants(JsonNode subscription, String code) {
        for (JsonNode setting : subscription.path("settings")) {
            if (setting.asText().equals(code)) {
                return true;
            }
        }
        return false;
    }

    /** Takes the next due hooks in their order, for {@code lease}: what is not settled by then comes again. */
    List<Delivery> claim(int limit, Duration lease) {
        List<Delivery> claimed = jdbc.query("UPDATE sandbox.hook_queue SET due_at = now() + make_interval(secs => ?)"
                + " WHERE id IN (SELECT id FROM sandbox.hook_queue WHERE account = ? AND due_at <= now() ORDER BY id LIMIT ?"
                + " FOR UPDATE SKIP LOCKED) RETURNING *", DELIVERY, (double) lease.toSeconds(), account, limit);
        claimed.sort(Comparator.comparingLong(Delivery::id));
        return claimed;
    }

    /** Forgets a hook that was delivered or given up. */
    void settle(long id) {
        jdbc.update("DELETE FROM sandbox.hook_queue WHERE id = ?", id);
    }

    /** Puts a hook back for another attempt. */
    void postpone(long id, Duration pause) {
        jdbc.update("UPDATE sandbox.hook_queue SET attempts = attempts + 1, due_at = now() + make_interval(secs => ?)"
                + " WHERE id = ?", pause.toMillis() / 1000.0, id);
    }

    /** Sends what waits for an address that is no more to the one that took its place. */
    void redirect(String from, String to) {
        jdbc.update("UPDATE sandbox.hook_queue SET destination = ? WHERE account = ? AND destination = ?", to, account, from);
    }

    /** Forgets what waits for an address that was switched off. */
    void forget(String destination) {
        jdbc.update("DELETE FROM sandbox.hook_queue WHERE account = ? AND destination = ?", account, destination);
    }

    /** @return how many hooks wait */
    public long waiting() {
        Long count = jdbc.queryForObject("SELECT count(*) FROM sandbox.hook_queue WHERE account = ?", Long.class, account);
        return count == null ? 0 : count;
    }
}
