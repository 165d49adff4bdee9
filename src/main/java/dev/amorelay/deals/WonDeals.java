package dev.amorelay.deals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.amocrm.Account;
import dev.amorelay.delivery.Outbox;
import dev.amorelay.json.Json;
import java.util.List;
import org.springframework.stereotype.Component;

/** What a won deal owes: the registration of its machines. */
@Component
public class WonDeals implements DealFollower {

    /** The effect that registers the machines of a won deal. */
    public static final String REGISTER = "machine.register";

    private final Outbox outbox;

    /**
     * @param outbox where effects are owed
     */
    public WonDeals(Outbox outbox) {
        this.outbox = outbox;
    }

    /**
     * Owes the registration, once for each state of the deal: a serial number that is filled in after the win
     * is registered too. Accounts without a serial number field sell no machines.
     *
     * @param account the deals' account
     * @param accountId amoCRM's number of it
     * @param deals as read from the CRM; those that are not won owe nothing
     */
    @Override
    public void stored(Account account, long accountId, List<DealStore.Read> deals) {
        if (account.settings().field().serialId() != null) {
            deals.stream().filter(DealStore.Read::won).forEach(sale -> owe(account, accountId, sale.deal()));
        }
    }

    private void owe(Account account, long accountId, JsonNode deal) {
        String id = deal.path("id").asText();
        outbox.owe(REGISTER, REGISTER + ":" + accountId + ":" + id + ":" + deal.path("updated_at").asLong(), id,
                Json.object().put("account", account.name()).put("account_id", accountId));
    }
}
