package dev.amorelay.metadata;

import dev.amorelay.amocrm.Account;
import dev.amorelay.amocrm.Accounts;
import dev.amorelay.amocrm.KnownAccounts;
import dev.amorelay.delivery.Effect;
import dev.amorelay.delivery.Outbox;
import dev.amorelay.json.Json;
import dev.amorelay.json.StoredJson;
import dev.amorelay.settings.MetadataMappings;
import java.util.List;
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
    private static final int PAGE = 1000;

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
        String mapping = StoredJson.write(Json.MAPPER.valueToTree(mappings.of(account)));
        jdbc.queryForList("""
                INSERT INTO deal_metadata_mappings AS known (account, mapping)
                SELECT ?, ?::jsonb WHERE ?::jsonb <> '{}' OR EXISTS (SELECT FROM deal_metadata_mappings WHERE account = ?)
                ON CONFLICT (account) DO UPDATE SET mapping = excluded.mapping, revision = known.revision + 1
                WHERE known.mapping <> excluded.mapping
                RETURNING revision""", Long.class, account, mapping, mapping, account).forEach(revision ->
                outbox.owe(FILL, FILL + ":" + account + ":" + revision, account, Json.object().put("revision", revision)));
    }

    /**
     * Fills the next page of an account's deals, owes the page after it, and settles the effect, in one commit. Begun again it
     * changes nothing that is filled already.
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
            metadata.fill(number, page, mappings.of(account));
            if (page.size() == PAGE) {
                Object revision = effect.payload().get("revision");
                String last = page.get(PAGE - 1);
                outbox.owe(FILL, FILL + ":" + account + ":" + revision + ":" + last, account,
                        Json.object().put("revision", ((Number) revision).longValue()).put("after", last));
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
