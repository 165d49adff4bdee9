package dev.amorelay.clients;

import dev.amorelay.database.SqlFile;
import java.sql.Types;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Clients that turn out to be one become one: whatever belongs to the loser belongs to the winner. Only on proof, see
 * {@code sql/clients/proved-one.sql}; what merely looks alike stays apart.
 */
@Component
public class ClientMerges {

    private static final Logger LOG = LoggerFactory.getLogger(ClientMerges.class);

    private final JdbcTemplate jdbc;
    private final NamedParameterJdbcTemplate sql;
    private final String remember = SqlFile.read("clients/remember-contacts.sql");
    private final String provedOne = SqlFile.read("clients/proved-one.sql");

    /**
     * @param jdbc the relay's database
     */
    public ClientMerges(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
        this.sql = new NamedParameterJdbcTemplate(jdbc);
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
     * @param deals amoCRM's ids
     * @param inns those of them that are won and tell an INN
     * @param innField id of the field that tells it; null for none
     */
    public void dealsStored(long account, Collection<String> deals, Collection<ToldInn> inns, Long innField) {
        String[] ids = deals.toArray(String[]::new);
        sql.update(remember, new MapSqlParameterSource().addValue("account", account).addValue("deals", ids));
        follow(account, ids, new Long[0], inns, innField);
    }

    /**
     * Contacts were stored, or marked as gone: clients of whom that proves that they are one are merged. In the commit that
     * stores them.
     *
     * @param account amoCRM's number of the account
     * @param contacts amoCRM's ids
     */
    public void contactsStored(long account, Collection<Long> contacts) {
        follow(account, new String[0], contacts.toArray(Long[]::new), List.of(), null);
    }

    private void follow(long account, String[] deals, Long[] contacts, Collection<ToldInn> inns, Long innField) {
        List<Pair> pairs = sql.query(provedOne, new MapSqlParameterSource().addValue("account", account).addValue("deals", deals)
                .addValue("contacts", contacts)
                .addValue("innDeals", inns.stream().map(ToldInn::deal).toArray(String[]::new))
                .addValue("inns", inns.stream().map(ToldInn::inn).toArray(String[]::new))
                .addValue("innField", innField, Types.BIGINT),
                (row, number) -> new Pair(row.getObject("loser", UUID.class), row.getObject("winner", UUID.class), row.getString("proof")));
        for (Pair pair : pairs) {
            // after an earlier pair one of them may be no more: then there is nothing left to do
            if (Boolean.TRUE.equals(jdbc.queryForObject("SELECT merge_clients(?, ?, ?)", Boolean.class, pair.loser(), pair.winner(), pair.proof()))) {
                LOG.info("client {} turns out to be client {}: {}", pair.loser(), pair.winner(), pair.proof());
            }
        }
    }
}
