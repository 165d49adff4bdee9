package dev.amorelay.deals;

import dev.amorelay.amocrm.Account;
import dev.amorelay.clients.ClientMerges;
import dev.amorelay.clients.ClientMerges.Standing;
import dev.amorelay.clients.ClientMerges.ToldInn;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.springframework.stereotype.Component;

/** Deals prove that two clients are one: merged contacts show in them, and so does the buyer's INN. */
@Component
public class MergedClients implements DealFollower {

    private final ClientMerges merges;

    /**
     * @param merges makes two clients one
     */
    public MergedClients(ClientMerges merges) {
        this.merges = merges;
    }

    @Override
    public void stored(Account account, long accountId, List<DealStore.Read> deals) {
        List<ToldInn> inns = deals.stream().map(read -> new ToldInn(id(read), DealPeople.of(account, read).inn()))
                .filter(told -> told.inn() != null).toList();
        merges.dealsStored(accountId, deals.stream().flatMap(MergedClients::standing).toList(), inns, account.settings().field().innId());
    }

    private static Stream<Standing> standing(DealStore.Read read) {
        return StreamSupport.stream(read.deal().path("_embedded").path("contacts").spliterator(), false)
                .map(contact -> new Standing(id(read), contact.path("id").asLong()));
    }

    private static String id(DealStore.Read read) {
        return read.deal().path("id").asText();
    }
}
