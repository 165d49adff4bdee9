package dev.amorelay.metadata;

import dev.amorelay.amocrm.Account;
import dev.amorelay.amocrm.Accounts;
import dev.amorelay.amocrm.FieldBook;
import dev.amorelay.amocrm.KnownAccounts;
import dev.amorelay.delivery.Effect;
import dev.amorelay.delivery.FlowEvents;
import dev.amorelay.delivery.Outbox;
import dev.amorelay.json.Json;
import dev.amorelay.json.StoredJson;
import dev.amorelay.workshop.DataFolder;
import dev.amorelay.workshop.EditedData;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionOperations;

/** When the settings name another mapping, all deals that are stored are filled anew. */
@Component
@Order(20)
public class MetadataRefill implements EditedData {

    private static final int PAGE = 1000;

    private static final Logger LOG = LoggerFactory.getLogger(MetadataRefill.class);

    private final JdbcTemplate jdbc;
    private final Accounts accounts;
    private final KnownAccounts numbers;
    private final FieldBook fields;
    private final DealMetadata metadata;
    private final Outbox outbox;
    private final FlowEvents events;
    private final TransactionOperations transaction;

    MetadataRefill(JdbcTemplate jdbc, Accounts accounts, KnownAccounts numbers, FieldBook fields, DealMetadata metadata,
                   Outbox outbox, FlowEvents events, TransactionOperations transaction) {
        this.events = events;
        this.jdbc = jdbc;
        this.accounts = accounts;
        this.numbers = numbers;
        this.fields = fields;
        this.metadata = metadata;
        this.outbox = outbox;
        this.transaction = transaction;
    }

    /**
     * At the start, and each hour: compares each account's mapping with the one by which its deals are filled, and tells the flow that there
     * is work.
     */
    public void compare() {
        accounts.all().forEach(account -> transaction.executeWithoutResult(status -> compare(account.name())));
    }

    @Override
    public boolean isOf(String name) {
        return fields.isOf(name);
    }

    /** Deals that are stored already are filled by the edited table too. */
    @Override
    public void take(DataFolder folder) {
        try {
            compare();
        } catch (DataAccessException | TransactionException e) {
            LOG.warn("deals that are stored already are filled by the edited fields at the next start or edit", e);
        }
    }

    private void compare(String account) {
        String mapping = StoredJson.write(Json.MAPPER.valueToTree(fields.metadata(accounts.named(account))));
        jdbc.queryForList("""
                INSERT INTO deal_metadata_mappings AS known (account, mapping)
                SELECT ?, ?::jsonb WHERE ?::jsonb <> '{}' OR EXISTS (SELECT FROM deal_metadata_mappings WHERE account = ?)
                ON CONFLICT (account) DO UPDATE SET mapping = excluded.mapping, revision = known.revision + 1
                WHERE known.mapping <> excluded.mapping
                RETURNING revision""", Long.class, account, mapping, mapping, account).forEach(revision ->
                due(account, revision, null));
    }

    /** The place is part of the key: a page of a mapping is filled once. */
    private void due(String account, long revision, @Nullable String after) {
        Map<String, Object> facts = new HashMap<>();
        facts.put("account", account);
        facts.put("place", revision + (after == null ? "" : ":" + after));
        facts.put("revision", revision);
        facts.put("after", after);
        events.tell("deals.metadata.due", facts);
    }

    /**
     * Fills the next page of an account's deals, tells the flow that the page after it is due, and settles the effect, in one commit.
     * Begun again it changes nothing that is filled already.
     *
     * @param effect {@code deals.metadata-fill} with {@code {revision, after}}, its subject the account's name
     */
    public void fill(@Body Effect effect) {
        String account = effect.subject();
        if (accounts.all().stream().map(Account::name).noneMatch(account::equals)) {
            outbox.skip(effect, "no such account any more");
            return;
        }
        long number = numbers.numberOf(account);
        String after = (String) effect.payload().getOrDefault("after", "");
        transaction.executeWithoutResult(status -> {
            List<String> page = page(number, after);
            metadata.fill(number, page, fields.metadata(accounts.named(account)));
            if (page.size() == PAGE) {
                Object revision = effect.payload().get("revision");
                String last = page.get(PAGE - 1);
                due(account, ((Number) revision).longValue(), last);
            }
            outbox.done(effect);
        });
    }

    /** Locked in the order in which deals are stored, so that nobody waits for us while we wait for him. */
    private List<String> page(long number, String after) {
        return jdbc.queryForList("""
                SELECT amocrm_deal_id FROM amocrm_deals
                WHERE account_id = ? AND amocrm_deal_id IN (SELECT amocrm_deal_id FROM amocrm_deals
                                                            WHERE account_id = ? AND amocrm_deal_id > ? ORDER BY amocrm_deal_id LIMIT ?)
                ORDER BY length(amocrm_deal_id), amocrm_deal_id FOR NO KEY UPDATE""", String.class, number, number, after, PAGE)
                .stream().sorted().toList();
    }
}
