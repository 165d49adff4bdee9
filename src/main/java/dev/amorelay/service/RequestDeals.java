package dev.amorelay.service;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.camel.Body;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Once a request's deal is in the CRM, the request knows it; what was done meanwhile is owed to the deal then. */
@Component
public class RequestDeals {

    private final JdbcTemplate jdbc;
    private final RequestBook book;
    private final RequestStages stages;

    /**
     * @param jdbc the relay's database
     * @param book the stored requests
     * @param stages tells what follows in the CRM
     */
    public RequestDeals(JdbcTemplate jdbc, RequestBook book, RequestStages stages) {
        this.jdbc = jdbc;
        this.book = book;
        this.stages = stages;
    }

    /**
     * Tells requests their deals, in the commit that notes the leads as delivered.
     *
     * @param there a plain map a deal: {@code id} amoCRM's id, {@code lead_id} our uuid of the lead, {@code account} the configured name
     */
    public void learn(@Body List<Map<String, Object>> there) {
        Map<UUID, Map<String, Object>> byLead = there.stream()
                .collect(Collectors.toMap(deal -> UUID.fromString((String) deal.get("lead_id")), Function.identity()));
        List<UUID> ids = jdbc.queryForList("SELECT id FROM service_requests WHERE lead_id = ANY (?)", UUID.class,
                (Object) byLead.keySet().toArray(UUID[]::new));
        if (ids.isEmpty()) {
            return;
        }
        for (ServiceRequest request : book.lock(ids)) {
            Map<String, Object> deal = byLead.get(request.lead());
            learn(request, (String) deal.get("account"), ((Number) deal.get("id")).longValue());
            stages.tell(book.find(request.id()).orElseThrow());
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
