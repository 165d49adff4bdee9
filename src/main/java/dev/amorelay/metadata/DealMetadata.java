package dev.amorelay.metadata;

import dev.amorelay.amocrm.Account;
import dev.amorelay.amocrm.FieldBook;
import dev.amorelay.deals.DealFollower;
import dev.amorelay.deals.DealStore;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Fills the metadata of deals from their fields, with every deal that is stored. */
@Component
class DealMetadata implements DealFollower {

    private final JdbcTemplate jdbc;
    private final FieldBook fields;

    DealMetadata(JdbcTemplate jdbc, FieldBook fields) {
        this.jdbc = jdbc;
        this.fields = fields;
    }

    @Override
    public void stored(Account account, long accountId, List<DealStore.Read> deals) {
        SortedMap<String, Long> mapping = fields.metadata(account);
        if (!mapping.isEmpty() && !deals.isEmpty()) {
            fill(accountId, deals.stream().map(read -> read.deal().path("id").asText()).toList(), mapping);
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
