package dev.amorelay.clients;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Clients that turn out to be one become one: whatever belongs to the loser belongs to the winner. Only on proof, see
 * {@code proved_one} in the migrations; what merely looks alike stays apart.
 */
@Component
public class ClientMerges {

    private static final Logger LOG = LoggerFactory.getLogger(ClientMerges.class);

    private final JdbcTemplate jdbc;

    /**
     * @param jdbc the relay's database
     */
    public ClientMerges(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A contact that stands in a deal.
     *
     * @param deal amoCRM's id of the deal
     * @param contact amoCRM's id of the contact
     */
    public record Standing(String deal, long contact) {
    }

    /**
     * A deal that tells the buyer's INN.
     *
     * @param deal amoCRM's id of a won deal
     * @param inn taxpayer number
     */
    public record ToldInn(String deal, String inn) {
    }

    private record Pair(UUID loser, UUID winner, String proof) {
    }

    /**
     * Deals were stored: their contacts are remembered, and clients of whom they prove that they are one are merged. In the
     * commit that stores them.
     *
     * @param account amoCRM's number of the account
     * @param standing who stands in them
     * @param inns those of them that are won and tell an INN
     * @param innField id of the field that tells it; null for none
     */
    public void dealsStored(long account, Collection<Standing> standing, Collection<ToldInn> inns, @Nullable Long innField) {
        // in one order, so that nobody waits crosswise
        jdbc.update("""
                INSERT INTO deal_contacts (account_id, amocrm_deal_id, contact_id)
                SELECT DISTINCT ?::bigint, deal, contact FROM unnest(?::text[], ?::bigint[]) AS standing(deal, contact) ORDER BY 2, 3
                ON CONFLICT DO NOTHING""", account,
                standing.stream().map(Standing::deal).toArray(String[]::new), standing.stream().map(Standing::contact).toArray(Long[]::new));
        follow(account, standing.stream().map(Standing::deal).distinct().toList(), List.of(), inns, innField);
    }

    /**
     * Contacts were stored, or marked as gone: clients of whom that proves that they are one are merged. In the commit that
     * stores them.
     *
     * @param account amoCRM's number of the account
     * @param contacts amoCRM's ids
     */
    public void contactsStored(long account, Collection<Long> contacts) {
        follow(account, List.of(), contacts, List.of(), null);
    }

    private void follow(long account, Collection<String> deals, Collection<Long> contacts, Collection<ToldInn> inns, Long innField) {
        List<Pair> pairs = jdbc.query("SELECT * FROM proved_one(?, ?, ?, ?, ?, ?)",
                (row, number) -> new Pair(row.getObject("loser", UUID.class), row.getObject("winner", UUID.class), row.getString("proof")),
                account, deals.toArray(String[]::new), contacts.toArray(Long[]::new),
                inns.stream().map(ToldInn::deal).toArray(String[]::new), inns.stream().map(ToldInn::inn).toArray(String[]::new), innField);
        for (Pair pair : pairs) {
            // after an earlier pair one of them may be no more: then there is nothing left to do
            if (Boolean.TRUE.equals(jdbc.queryForObject("SELECT merge_clients(?, ?, ?)", Boolean.class, pair.loser(), pair.winner(), pair.proof()))) {
                LOG.info("client {} turns out to be client {}: {}", pair.loser(), pair.winner(), pair.proof());
            }
        }
    }
}
