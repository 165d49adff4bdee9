package dev.amorelay.clients;

import dev.amorelay.delivery.FlowEvents;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** People in Telegram and the clients they belong to. */
@Component
public class TelegramUsers {

    private static final String PERSON = """
            SELECT person.tg_id, person.client_id, client.name AS client_name, person.role, person.staff, person.name, person.chat_closed, person.chat_closed_at,
                   person.phone_shared_at IS NOT NULL AS phone_shared
            FROM telegram_users person LEFT JOIN clients client ON client.id = person.client_id
            WHERE person.tg_id = ?""";

    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH").withZone(ZoneOffset.UTC);

    private final JdbcTemplate jdbc;
    private final SharedPhones phones;
    private final FlowEvents events;

    /**
     * @param jdbc the relay's database
     * @param phones links by a phone that was shared before
     * @param events tells the flow which closed chat may be open again
     */
    public TelegramUsers(JdbcTemplate jdbc, SharedPhones phones, FlowEvents events) {
        this.jdbc = jdbc;
        this.phones = phones;
        this.events = events;
    }

    private record Known(TelegramUser user, boolean chatClosed, Instant closedAt, boolean phoneShared) {
    }

    /**
     * That Telegram says that the bot may write to somebody.
     *
     * @param isThere whether it says so
     * @param at when: what it said before the chat was closed says nothing
     */
    public record MayWrite(boolean isThere, Instant at) {

        private boolean opens(Known known) {
            return isThere && known.chatClosed() && (known.closedAt() == null || known.closedAt().isBefore(at));
        }
    }

    /**
     * Somebody of whom Telegram says who it is. Who is new is noted down, linked to nobody. Who has shared a phone that led to
     * no single client then is linked as soon as it does.
     *
     * @param telegramId Telegram's id
     * @param name as Telegram tells it now; null where it tells none
     * @param mayWrite whether Telegram says that the bot may write to this person: a chat that was closed before is open again. Where
     *     it does not, the chat is looked at, once an hour
     * @return who it is
     */
    public TelegramUser signedIn(long telegramId, @Nullable String name, MayWrite mayWrite) {
        Optional<Known> known = known(telegramId);
        boolean opens = known.isPresent() && mayWrite.opens(known.get());
        if (known.isPresent() && known.get().chatClosed() && !opens) {
            events.tell("clients.chat.look", Map.of("chat", telegramId, "occasion", HOUR.format(Instant.now())));
        }
        boolean news = known.isEmpty() || name != null && !name.equals(known.get().user().name()) || opens;
        if (news) {
            // most requests change nothing, and write nothing
            jdbc.update("""
                    INSERT INTO telegram_users AS known (tg_id, name) VALUES (?, ?)
                    ON CONFLICT (tg_id) DO UPDATE SET name = coalesce(excluded.name, known.name),
                        chat_closed = known.chat_closed AND NOT ?,
                        chat_closed_at = CASE WHEN ? THEN NULL ELSE known.chat_closed_at END,
                        chat_closed_why = CASE WHEN ? THEN NULL ELSE known.chat_closed_why END""", telegramId, name, opens, opens, opens);
            known = known(telegramId);
        }
        boolean mayBeLinked = known.orElseThrow().phoneShared() && known.get().user().client() == null;
        if (mayBeLinked && phones.follow(telegramId) == SharedPhones.Outcome.LINKED) {
            known = known(telegramId);
        }
        return known.orElseThrow().user();
    }

    /**
     * Somebody.
     *
     * @param telegramId Telegram's id
     * @return who it is; empty for a stranger
     */
    public Optional<TelegramUser> find(long telegramId) {
        return known(telegramId).map(Known::user);
    }

    private Optional<Known> known(long telegramId) {
        List<Known> found = jdbc.query(PERSON, TelegramUsers::known, telegramId);
        return found.stream().findFirst();
    }

    private static Known known(ResultSet row, int number) throws SQLException {
        return new Known(new TelegramUser(row.getLong("tg_id"), row.getObject("client_id", UUID.class), row.getString("client_name"),
                row.getString("role"), row.getBoolean("staff"), row.getString("name")), row.getBoolean("chat_closed"),
                row.getTimestamp("chat_closed_at") == null ? null : row.getTimestamp("chat_closed_at").toInstant(),
                row.getBoolean("phone_shared"));
    }
}
