package dev.amorelay.sandbox.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.json.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The documents of one account. Safe to use from many threads: what is changed is locked first, in the order of ids. */
public final class Documents {

    private static final RowMapper<ObjectNode> DOC = (row, i) -> (ObjectNode) Json.read(row.getString("doc"));
    private static final String NOT_DELETED = " AND coalesce((doc ->> 'is_deleted')::boolean, false) = false";

    private final JdbcTemplate jdbc;
    private final String account;
    private final TransactionTemplate transaction;

    /**
     * The documents of an account.
     *
     * @param dataSource the relay's database, in which {@link SandboxSchema} has made the tables
     * @param account its name
     */
    public Documents(DataSource dataSource, String account) {
        this.jdbc = new JdbcTemplate(dataSource);
        this.account = account;
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
    }

    /** Runs the work in one transaction; a failure undoes all of it. */
    public <T> T inOneCommit(Supplier<T> work) {
        return transaction.execute(status -> work.get());
    }

    /** @return as many new ids as asked for, ascending */
    public List<Long> newIds(int count) {
        return jdbc.queryForList("SELECT id FROM sandbox.new_ids(?) AS id", Long.class, count);
    }

    /** Writes new documents; each has its {@code id}. */
    public void insert(Kind kind, Collection<ObjectNode> docs) {
        List<Object[]> rows = new ArrayList<>();
        docs.forEach(doc -> rows.add(
                new Object[] {account, kind.word(), doc.get("id").asLong(), Json.write(doc), SearchText.of(doc)}));
        jdbc.batchUpdate("INSERT INTO sandbox.documents (account, kind, id, doc, search) VALUES (?, ?, ?, ?::jsonb, ?)", rows);
    }

    /** Writes back documents read by {@link #lock}. */
    public void save(Kind kind, Collection<ObjectNode> docs) {
        List<Object[]> rows = new ArrayList<>();
        docs.forEach(doc -> rows.add(
                new Object[] {Json.write(doc), SearchText.of(doc), account, kind.word(), doc.get("id").asLong()}));
        jdbc.batchUpdate("UPDATE sandbox.documents SET doc = ?::jsonb, search = ? WHERE account = ? AND kind = ? AND id = ?", rows);
    }

    /** Removes documents for good. */
    public void remove(Kind kind, Collection<Long> ids) {
        jdbc.update("DELETE FROM sandbox.documents WHERE account = ? AND kind = ? AND id = ANY(?)", account, kind.word(), ids.toArray(new Long[0]));
    }

    /** @return the document, unless there is none or it is marked deleted */
    public Optional<ObjectNode> find(Kind kind, long id) {
        return search(kind, new Criteria().ids(List.of(id)), "id", 1, 0).stream().findFirst();
    }

    /** @return the documents that exist, by id */
    public Map<Long, ObjectNode> findAll(Kind kind, Collection<Long> ids) {
        return byId(search(kind, new Criteria().ids(ids), "id", ids.size(), 0));
    }

    /** @return the documents that exist, by id, locked until the commit */
    public Map<Long, ObjectNode> lock(Kind kind, Collection<Long> ids) {
        return byId(jdbc.query("SELECT doc FROM sandbox.documents WHERE account = ? AND kind = ? AND id = ANY(?)" + NOT_DELETED
                + " ORDER BY id FOR UPDATE", DOC, account, kind.word(), ids.toArray(new Long[0])));
    }

    /** @return the document that is marked deleted, locked until the commit */
    public Optional<ObjectNode> lockDeleted(Kind kind, long id) {
        return jdbc.query("SELECT doc FROM sandbox.documents WHERE account = ? AND kind = ? AND id = ? AND doc @> '{\"is_deleted\": true}'"
                + " FOR UPDATE", DOC, account, kind.word(), id).stream().findFirst();
    }

    /**
     * A page of documents.
     *
     * @param order an SQL order made by our own code, for example {@code id DESC}
     * @param limit at most so many
     * @param offset how many to pass over
     */
    public List<ObjectNode> search(Kind kind, Criteria criteria, String order, int limit, long offset) {
        List<Object> arguments = new ArrayList<>();
        arguments.add(account);
        arguments.add(kind.word());
        arguments.addAll(criteria.arguments());
        arguments.add(limit);
        arguments.add(offset);
        return jdbc.query("SELECT doc FROM sandbox.documents WHERE account = ? AND kind = ?" + NOT_DELETED + criteria.sql()
                + " ORDER BY " + order + " LIMIT ? OFFSET ?", DOC, arguments.toArray());
    }

    /** @return how many documents of the kind there are */
    public long count(Kind kind) {
        Long count = jdbc.queryForObject("SELECT count(*) FROM sandbox.documents WHERE account = ? AND kind = ?" + NOT_DELETED,
                Long.class, account, kind.word());
        return count == null ? 0 : count;
    }

    private static Map<Long, ObjectNode> byId(List<ObjectNode> docs) {
        Map<Long, ObjectNode> found = new LinkedHashMap<>();
        docs.forEach(doc -> found.put(doc.get("id").asLong(), doc));
        return found;
    }
}
