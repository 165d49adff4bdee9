package dev.amorelay.service;

import dev.amorelay.delivery.FlowEvents;
import java.io.InputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Photos on their way to Telegram. */
@Repository
public class PhotoRepository {

    private static final String NAME = "photo-";
    private static final String UUID_NAME = NAME + "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

    private final JdbcTemplate jdbc;
    private final FlowEvents events;

    /**
     * @param jdbc the relay's database
     * @param events tells the flow that brings photos to Telegram
     */
    public PhotoRepository(JdbcTemplate jdbc, FlowEvents events) {
        this.jdbc = jdbc;
        this.events = events;
    }

    /**
     * A stored photo.
     *
     * @param id ours
     * @param type {@code jpg}, {@code png} or {@code webp}
     * @param bytes the file; null once Telegram keeps it
     * @param fileId what the Bot API calls it; null before
     */
    record Photo(UUID id, String type, byte @Nullable [] bytes, @Nullable String fileId) {
    }

    /** @return photos that somebody has sent within the last hour */
    int sentLately(long telegramId) {
        return jdbc.queryForObject("SELECT count(*) FROM service_photos WHERE telegram_id = ? AND created_at > now() - interval '1 hour'",
                Integer.class, telegramId);
    }

    /** @return photos of all that Telegram does not keep yet */
    int waiting() {
        return jdbc.queryForObject("SELECT count(*) FROM service_photos WHERE bytes IS NOT NULL", Integer.class);
    }

    /**
     * Stores a photo and tells the flow of it, in one commit.
     *
     * @param telegramId who sent it
     * @param type {@code jpg}, {@code png} or {@code webp}
     * @param file its bytes, which are not held in memory
     * @param length how many there are
     * @return its name, by which a request names it
     */
    @Transactional
    public String store(long telegramId, String type, InputStream file, long length) {
        UUID id = UUID.randomUUID();
        jdbc.update("INSERT INTO service_photos (id, telegram_id, type, bytes) VALUES (?, ?, ?, ?)", statement -> {
            statement.setObject(1, id);
            statement.setLong(2, telegramId);
            statement.setString(3, type);
            statement.setBinaryStream(4, file, length);
        });
        events.tell("service.photo.stored", Map.of("photo", id.toString(), "chat", telegramId));
        return NAME + id;
    }

    /**
     * Whether photos are somebody's own.
     *
     * @param names as requests name them
     * @param telegramId whose they have to be
     */
    boolean areOwn(Collection<String> names, long telegramId) {
        if (names.isEmpty() || !names.stream().allMatch(PhotoRepository::isName)) {
            return names.isEmpty();
        }
        UUID[] ids = names.stream().map(PhotoRepository::id).distinct().toArray(UUID[]::new);
        return ids.length == jdbc.queryForObject("SELECT count(*) FROM service_photos WHERE telegram_id = ? AND id = ANY (?)", Integer.class,
                telegramId, ids);
    }

    /**
     * A photo.
     *
     * @param id ours
     * @return the photo; empty where it has been forgotten
     */
    Optional<Photo> find(UUID id) {
        return jdbc.query("SELECT id, type, bytes, file_id FROM service_photos WHERE id = ?", PhotoRepository::photo, id).stream().findFirst();
    }

    /**
     * Telegram keeps a photo from now on.
     *
     * @param id ours
     * @param fileId what the Bot API calls it
     */
    void kept(UUID id, String fileId) {
        jdbc.update("UPDATE service_photos SET file_id = ?, bytes = NULL WHERE id = ?", fileId, id);
    }

    /** @return whether a request's photo is one of ours; older ones are Telegram's file ids */
    static boolean isName(String name) {
        return name.matches(UUID_NAME);
    }

    static UUID id(String name) {
        return UUID.fromString(name.substring(NAME.length()));
    }

    private static Photo photo(ResultSet row, int number) throws SQLException {
        return new Photo(row.getObject("id", UUID.class), row.getString("type"), row.getBytes("bytes"), row.getString("file_id"));
    }
}
