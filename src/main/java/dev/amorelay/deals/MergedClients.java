package dev.amorelay.deals;

import dev.amorelay.amocrm.Accounts;
import dev.amorelay.clients.ClientMerges;
import dev.amorelay.clients.ClientMerges.Standing;
import dev.amorelay.clients.ClientMerges.ToldInn;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.springframework.stereotype.Component;

/** Deals prove that two clients are one: merged contacts show in them, and so does the buyer's INN. */
@Component
public class MergedClients {

    private final ClientMerges merges;
    private final Accounts accounts;

    /**
     * @param merges makes two clients one
     * @param accounts whose field the INN stands in
     */
    public MergedClients(ClientMerges merges, Accounts accounts) {
        this.merges = merges;
        this.accounts = accounts;
    }

    /**
     * Merges those of whom the deals prove that they are one, in the commit that stores the deals.
     *
     * @param deals of one account, see {@link ChangedDeal}
     */
    public void merge(@Body List<Map<String, Object>> deals) {
        if (deals.isEmpty()) {
            return;
        }
        List<ChangedDeal> all = ChangedDeal.all(deals);
        List<ToldInn> inns = all.stream().filter(deal -> deal.inn() != null).map(deal -> new ToldInn(String.valueOf(deal.id()), deal.inn())).toList();
        List<Standing> standing = all.stream().flatMap(deal -> deal.contacts().stream()
                .map(contact -> new Standing(String.valueOf(deal.id()), contact))).toList();
        merges.dealsStored(all.get(0).accountId(), standing, inns, accounts.named(all.get(0).account()).settings().field().innId());
    }
}
