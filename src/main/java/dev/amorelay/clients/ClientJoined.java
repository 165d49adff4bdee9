package dev.amorelay.clients;

import dev.amorelay.delivery.Effect;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Who has joined a client, for the message to its other people (see {@code tell_who_joins} in the migrations). */
@Component("clientJoined")
public class ClientJoined {

    private static final String NAMELESS = "без имени";
    private static final int LONGEST_NAME = 64;

    private final JdbcTemplate jdbc;

    /**
     * @param jdbc the relay's database
     */
    public ClientJoined(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Reads what the message tells.
     *
     * @param effect {@code telegram.client-joined} with {@code {chat, person}}, Telegram's ids of who is told and of who has joined
     * @return {@code {client, name}}
     */
    public Map<String, Object> read(@Body Effect effect) {
        List<Map<String, Object>> found = jdbc.queryForList("""
                SELECT client.name AS client, joined.name
                FROM telegram_users joined LEFT JOIN telegram_users told ON told.tg_id = ?
                LEFT JOIN clients client ON client.id = told.client_id
                WHERE joined.tg_id = ?""", effect.payload().get("chat"), effect.payload().get("person"));
        Map<String, Object> texts = new LinkedHashMap<>();
        texts.put("client", found.isEmpty() || found.get(0).get("client") == null ? "" : found.get(0).get("client"));
        texts.put("name", found.isEmpty() ? NAMELESS : name((String) found.get(0).get("name")));
        return texts;
    }

    /** People call themselves in Telegram what they like: one short line of it, and nothing that can be pressed. */
    private static String name(String told) {
        if (told == null) {
            return NAMELESS;
        }
        String name = told.replaceAll("[\\s\\p{C}]+", " ").replaceAll("(?i)https?://|[@/]", "").replaceAll("\\.(?=\\S)", ". ").strip();
        int length = Math.min(LONGEST_NAME, name.codePointCount(0, name.length()));
        return name.isEmpty() ? NAMELESS : name.substring(0, name.offsetByCodePoints(0, length));
    }
}
