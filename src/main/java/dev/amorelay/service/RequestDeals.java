package dev.amorelay.service;

import dev.amorelay.leads.LeadFollower;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Once a request's deal is in the CRM, the request knows it; what was done meanwhile is owed to the deal then. */
@Component
public class RequestDeals implements LeadFollower {

    private final JdbcTemplate jdbc;
    private final RequestBook book;
    private final CrmDebts debts;

    /**
     * @param jdbc the relay's database
     * @param book the stored requests
     * @param debts what requests owe to the CRM
     */
    public RequestDeals(JdbcTemplate jdbc, RequestBook book, CrmDebts debts) {
        this.jdbc = jdbc;
        this.book = book;
        this.debts = debts;
    }

    @Override
    public void delivered(String account, Map<UUID, Long> deals) {
        List<UUID> ids = jdbc.queryForList("SELECT id FROM service_requests WHERE lead_id = ANY (?)", UUID.class,
                (Object) deals.keySet().toArray(UUID[]::new));
        if (ids.isEmpty()) {
            return;
        }
        for (ServiceRequest request : book.lock(ids)) {
            learn(request, account, deals.get(request.lead()));
            debts.owe(book.find(request.id()).orElseThrow());
        }
    }

    /** Notes the deal of a request that is locked. */
    void learn(ServiceRequest request, String account, long deal) {
        jdbc.update("""
                UPDATE service_requests SET amocrm_deal_id = ?, account = ?, updated_at = now(),
                       account_id = coalesce((SELECT account_id FROM amocrm_accounts WHERE name = ?), account_id)
                WHERE id = ?""", String.valueOf(deal), account, account, request.id());
    }
}
