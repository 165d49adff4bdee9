package dev.amorelay.metadata;

import dev.amorelay.amocrm.Account;
import dev.amorelay.amocrm.Accounts;
import dev.amorelay.amocrm.KnownAccounts;
import dev.amorelay.delivery.Effect;
import dev.amorelay.delivery.Outbox;
import dev.amorelay.json.Json;
import dev.amorelay.settings.MetadataMappings;
import java.util.List;
import java.util.SortedMap;
import org.apache.camel.Body;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** When the settings name another mapping, all deals that are stored are filled anew. */
@Component
public class MetadataRefill {

    private static final String FILL = "deals.metadata-fill";
    private static final int PAGE = 500;

    private final JdbcTemplate jdbc;
    private final Accounts accounts;
    private final KnownAccounts numbers;
    private final MetadataMappings mappings;
    private final DealMetadata metadata;
    private final Outbox outbox;
    private final TransactionOperations transaction;

    MetadataRefill(JdbcTemplate jdbc, Accounts accounts, KnownAccounts numbers, MetadataMappings mappings, DealMetadata metadata,
                   Outbox outbox, TransactionOperations transaction) {
        this.jdbc = jdbc;
        this.accounts = accounts;
        this.numbers = numbers;
        this.mappings = mappings;
        this.metadata = metadata;
        this.outbox = outbox;
        this.transaction = transaction;
    }

    /** At the start: compares each account's mapping with the one by which its deals are filled, and owes the work. */
    @EventListener(ApplicationReadyEvent.class)
    public void compare() {
        accounts.all().forEach(account -> transaction.executeWithoutResult(status -> compare(account.name())));
    }

    private void compare(String account) {
        String mapping = Json.write(Json.MAPPER.valueToTree(mappings.of(account)));
        jdbc.queryForList("""
                INSERT INTO deal_metadata_mappings AS known (account, mapping)
                SELECT ?, ?::jsonb WHERE ?::jsonb <> '{}' OR EXISTS (SELECT FROM deal_metadata_mappings WHERE account = ?)
                ON CONFLICT (account) DO UPDATE SET mapping = excluded.mapping, revision = known.revision + 1
                WHERE known.mapping <> excluded.mapping
                RETURNING revision""", Long.class, account, mapping, mapping, account).forEach(revision ->
                outbox.owe(FILL, FILL + ":" + account + ":" + revision, account, Json.object().put("revision", revision)));
    }

    /**
     * Fills all deals of an account, page by page, and settles the effect. Begun again it changes nothing that is filled already.
     *
     * @param effect {@code deals.metadata-fill}, its subject the account's name
     */
    public void fill(@Body Effect effect) {
        if (accounts.all().stream().map(Account::name).noneMatch(effect.subject()::equals)) {
            outbox.skip(effect, "no such account any more");
            return;
        }
        SortedMap<String, Long> mapping = mappings.of(effect.subject());
        long number = numbers.numberOf(effect.subject());
        String last = "";
        while (last != null) {
            last = page(number, last, mapping);
        }
        outbox.done(effect);
    }

    /** Returns the last of the page; null when there is none. */
    private String page(long number, String after, SortedMap<String, Long> mapping) {
        return transaction.execute(status -> {
            List<String> page = jdbc.queryForList("""
                    SELECT amocrm_deal_id FROM amocrm_deals WHERE account_id = ? AND amocrm_deal_id > ?
                    ORDER BY amocrm_deal_id LIMIT ?""", String.class, number, after, PAGE);
            if (page.isEmpty()) {
                return null;
            }
            // in the order in which deals are stored, so that nobody waits for us while we wait for him
            jdbc.query("""
                    SELECT FROM amocrm_deals WHERE account_id = ? AND amocrm_deal_id = ANY (?)
                    ORDER BY length(amocrm_deal_id), amocrm_deal_id FOR NO KEY UPDATE""", row -> { }, number, page.toArray(String[]::new));
            metadata.fill(number, page, mapping);
            return page.get(page.size() - 1);
        });
    }
}
