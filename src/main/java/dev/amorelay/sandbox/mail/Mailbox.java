package dev.amorelay.sandbox.mail;

import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;

/** Mail that the sandbox's server took. */
public final class Mailbox {

    private static final RowMapper<Mail> MAIL = (row, i) -> new Mail(row.getLong("id"), row.getString("sender"),
            row.getString("recipient"), row.getString("subject"), row.getString("body"), row.getString("message_id"),
            row.getTimestamp("arrived_at").getTime() / 1000);

    private final JdbcTemplate jdbc;

    /** @param dataSource the relay's database */
    public Mailbox(DataSource dataSource) {
        this.jdbc = new JdbcTemplate(dataSource);
    }

    /**
     * One mail as one recipient got it.
     *
     * @param messageId as the sender named it; copies of one mail have the same
     * @param date of arrival, unix seconds
     */
    public record Mail(long id, String from, String to, String subject, String text, String messageId, long date) {
    }

    /** Stores a mail. */
    void add(String from, String to, String subject, String text, String messageId, String type) {
        jdbc.update("INSERT INTO sandbox.mails (sender, recipient, subject, body, message_id, content_type) VALUES (?, ?, ?, ?, ?, ?)",
                from, to, subject, text, messageId, type);
    }

    /** @return the latest mails, newest first */
    public List<Mail> latest(int limit) {
        return jdbc.query("SELECT * FROM sandbox.mails ORDER BY id DESC LIMIT ?", MAIL, limit);
    }

    /** @return how many there are in all */
    public long count() {
        Long count = jdbc.queryForObject("SELECT count(*) FROM sandbox.mails", Long.class);
        return count == null ? 0 : count;
    }
}
