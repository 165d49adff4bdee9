package dev.amorelay.deals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.amorelay.amocrm.Account;
import dev.amorelay.amocrm.CustomFields;
import dev.amorelay.clients.ReadMark;
import dev.amorelay.database.SqlFile;
import dev.amorelay.json.Json;
import dev.amorelay.json.StoredJson;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;

/** Our copy of the CRM's deals. */
@Component
public class DealStore {

    private final JdbcTemplate jdbc;
    private final NamedParameterJdbcTemplate sql;
    private final String store = SqlFile.read("deals/store.sql");

    /**
     * @param jdbc the relay's database
     */
    public DealStore(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
        this.sql = new NamedParameterJdbcTemplate(jdbc);
    }

    /**
     * A deal as it is to be stored.
     *
     * @param deal as the CRM has it
     * @param contacts the deal's contacts as the CRM has them, the main one first
     * @param stage name of the deal's stage; null where unknown
     * @param won whether it is won, or was meanwhile
     * @param claims what of it nobody of the CRM is known to have written; asked for where it is won
     */
    public record Read(JsonNode deal, List<JsonNode> contacts, String stage, boolean won, Claims claims) {

        /** The same of a deal that nobody has asked about. */
        public Read(JsonNode deal, List<JsonNode> contacts, String stage, boolean won) {
            this(deal, contacts, stage, won, Claims.UNKNOWN);
        }
    }

    /**
     * Takes turns with whoever stores other deals of the same people. To be called first in the transaction that
     * stores the deals and their contacts: all locks are taken here, in one fixed order, and last until its end.
     *
     * @param account the deals' account
     * @param accountId amoCRM's number of it
     * @param deals what was read
     */
    public void lockPeople(Account account, long accountId, List<Read> deals) {
        List<DealPeople> people = deals.stream().map(read -> DealPeople.of(account, read)).toList();
        jdbc.query("SELECT lock_people(?, ?, ?, ?, ?, ?)", row -> { }, accountId,
                people.stream().map(DealPeople::telegram).filter(Objects::nonNull).toArray(Long[]::new),
                people.stream().flatMap(one -> Stream.of(one.contactIds())).toArray(Long[]::new),
                people.stream().flatMap(one -> Stream.of(one.phones())).toArray(String[]::new),
                people.stream().map(DealPeople::inn).filter(Objects::nonNull).toArray(String[]::new),
                people.stream().map(DealPeople::company).filter(Objects::nonNull).toArray(Long[]::new));
    }

    /**
     * Stores deals with their clients in one round trip; older data never overwrites newer.
     *
     * @param account the deals' account
     * @param accountId amoCRM's number of it
     * @param deals what was read
     * @param mark noted just before
     */
    public void store(Account account, long accountId, List<Read> deals, ReadMark mark) {
        sql.batchUpdate(store, deals.stream().sorted(Comparator.comparingLong(read -> read.deal().path("id").asLong()))
                .map(read -> row(account, accountId, read).addValue("readAt", Timestamp.from(mark.at())).addValue("readNo", mark.number()))
                .toArray(MapSqlParameterSource[]::new));
    }

    private static MapSqlParameterSource row(Account account, long accountId, Read read) {
        JsonNode deal = read.deal();
        JsonNode fields = deal.path("custom_fields_values");
        DealPeople people = DealPeople.of(account, read);
        ArrayNode contactFields = Json.array();
        read.contacts().forEach(contact -> contact.path("custom_fields_values").forEach(contactFields::add));
        return new MapSqlParameterSource()
                .addValue("telegram", people.telegram(), Types.BIGINT)
                .addValue("contacts", people.contactIds())
                .addValue("phones", people.phones())
                .addValue("emails", people.emails())
                .addValue("inn", people.inn(), Types.VARCHAR)
                .addValue("company", people.company(), Types.BIGINT)
                .addValue("name", people.name())
                .addValue("account", accountId)
                .addValue("deal", deal.path("id").asText())
                .addValue("pipeline", deal.path("pipeline_id").asLong())
                .addValue("status", deal.path("status_id").asLong())
                .addValue("label", read.stage(), Types.VARCHAR)
                .addValue("price", deal.path("price").asLong())
                .addValue("createdAt", moment(deal.path("created_at")), Types.TIMESTAMP)
                .addValue("closedAt", moment(deal.path("closed_at")), Types.TIMESTAMP)
                .addValue("updatedAt", moment(deal.path("updated_at")), Types.TIMESTAMP)
                .addValue("fields", StoredJson.write(fields.isArray() ? fields : Json.array()))
                .addValue("full", StoredJson.write(deal))
                .addValue("claims", read.claims().array(), Types.ARRAY)
                .addValue("contactFields", StoredJson.write(contactFields));
    }

    /** What we have of a deal, to tell whether an event brings news. */
    record Known(Instant updatedAt, Instant readAt, long stage) {
    }

    /**
     * What we have of deals.
     *
     * @param accountId amoCRM's number of the account
     * @param ids amoCRM's ids
     * @return by id; deleted and unknown ones are left out
     */
    Map<Long, Known> known(long accountId, Collection<Long> ids) {
        Map<Long, Known> known = new HashMap<>();
        jdbc.query("""
                SELECT amocrm_deal_id, updated_at, read_at, status_id FROM amocrm_deals
                WHERE account_id = ? AND amocrm_deal_id = ANY (?) AND NOT deleted AND updated_at IS NOT NULL AND read_at IS NOT NULL""",
                row -> {
                    known.put(row.getLong("amocrm_deal_id"), new Known(row.getTimestamp("updated_at").toInstant(),
                            row.getTimestamp("read_at").toInstant(), row.getLong("status_id")));
                }, accountId, ids.stream().map(String::valueOf).toArray(String[]::new));
        return known;
    }

    /**
     * Marks deals that the CRM no longer shows; a deal that was seen there by a later read stays.
     *
     * @param accountId amoCRM's number of the account
     * @param ids amoCRM's ids
     * @param mark noted just before the read that did not show them
     */
    public void markDeleted(long accountId, Collection<Long> ids, ReadMark mark) {
        if (ids.isEmpty()) {
            return;
        }
        jdbc.update("""
                UPDATE amocrm_deals SET deleted = true, synced_at = now(), read_at = ?, read_no = ?
                WHERE account_id = ? AND amocrm_deal_id = ANY (?) AND read_no <= ?""",
                Timestamp.from(mark.at()), mark.number(), accountId, ids.stream().map(String::valueOf).toArray(String[]::new), mark.number());
    }

    /**
     * Where a deal stands by our copy.
     *
     * @param stage amoCRM's id of its stage
     * @param before that of the stage before; null where we have seen none
     * @param changes how often it has changed its stage under our eyes
     */
    record Standing(long stage, Long before, int changes) {
    }

    /**
     * Where deals stand by our copy, deleted ones too.
     *
     * @param accountId amoCRM's number of the account
     * @param ids amoCRM's ids
     * @return by id; unknown ones are left out
     */
    Map<Long, Standing> standing(long accountId, Collection<Long> ids) {
        Map<Long, Standing> standing = new HashMap<>();
        jdbc.query("""
                SELECT amocrm_deal_id, status_id, stage_before, stage_changes FROM amocrm_deals
                WHERE account_id = ? AND amocrm_deal_id = ANY (?)""",
                row -> {
                    long before = row.getLong("stage_before");
                    standing.put(row.getLong("amocrm_deal_id"),
                            new Standing(row.getLong("status_id"), row.wasNull() ? null : before, row.getInt("stage_changes")));
                }, accountId, ids.stream().map(String::valueOf).toArray(String[]::new));
        return standing;
    }

    private static Timestamp moment(JsonNode unixSeconds) {
        return unixSeconds.isNumber() ? Timestamp.from(Instant.ofEpochSecond(unixSeconds.asLong())) : null;
    }
}
