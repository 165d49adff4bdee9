package dev.amorelay.metadata;

import dev.amorelay.amocrm.Accounts;
import dev.amorelay.amocrm.FieldBook;
import dev.amorelay.deals.ChangedDeal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.apache.camel.Body;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Fills the metadata of deals from their fields, with every deal that is stored. */
@Component
public class DealMetadata {

    private final JdbcTemplate jdbc;
    private final Accounts accounts;
    private final FieldBook fields;

    DealMetadata(JdbcTemplate jdbc, Accounts accounts, FieldBook fields) {
        this.jdbc = jdbc;
        this.accounts = accounts;
        this.fields = fields;
    }

    /**
     * Fills the metadata, in the commit that stores the deals; nothing where the account maps none.
     *
     * @param deals of one account, see {@link ChangedDeal}
     */
    public void fill(@Body List<Map<String, Object>> deals) {
        if (!deals.isEmpty()) {
            ChangedDeal first = new ChangedDeal(deals.get(0));
            SortedMap<String, Long> mapping = fields.metadata(accounts.named(first.account()));
            if (!mapping.isEmpty()) {
                fill(first.accountId(), List.of(ChangedDeal.ids(deals)), mapping);
            }
        }
    }

    /**
     * Fills deals from what is stored of them.
     *
     * @param accountId amoCRM's number of the account
     * @param deals amoCRM's ids; their rows are locked, or nobody else's
     * @param mapping id of the field by the name it gets; what it does not name is dropped
     */
    void fill(long accountId, Collection<String> deals, SortedMap<String, Long> mapping) {
        String[] keys = mapping.keySet().toArray(String[]::new);
        Long[] fields = mapping.values().toArray(Long[]::new);
        jdbc.update("""
                UPDATE amocrm_deals SET metadata = mapped_fields(custom_fields, ?, ?)
                WHERE account_id = ? AND amocrm_deal_id = ANY (?) AND metadata <> mapped_fields(custom_fields, ?, ?)""",
                keys, fields, accountId, deals.toArray(String[]::new), keys, fields);
    }
}
