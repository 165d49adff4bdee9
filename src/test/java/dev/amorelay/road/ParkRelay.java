package dev.amorelay.road;

import dev.amorelay.json.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A relay with people who own machines, and a phone to look at them. */
abstract class ParkRelay extends RunningRelay {

    private static final long ACCOUNT = 31000001;
    /** Nobody has had these ids before. */
    private static final AtomicLong PEOPLE = new AtomicLong(700_300_000 + System.nanoTime() % 100_000 * 100);

    Phone phone;

    @BeforeEach
    void takeThePhone() {
        phone = new Phone();
    }

    @AfterEach
    void putItAway() {
        phone.close();
    }

    static long somebody() {
        return PEOPLE.incrementAndGet();
    }

    static String serial() {
        return "SN-" + UUID.randomUUID().toString().substring(0, 8);
    }

    /**
     * Gives this person a machine, as it stands after a sale; other tests go the way of one. Answers the machine's id.
     *
     * @param person who may have others
     */
    String give(long person, String model, String serial) {
        List<UUID> known = jdbc.queryForList("SELECT client_id FROM telegram_users WHERE tg_id = ? AND client_id IS NOT NULL", UUID.class, person);
        UUID client = known.isEmpty() ? newcomer(person) : known.get(0);
        return jdbc.queryForObject("INSERT INTO machine_instances (serial_number, model, client_id, account_id) VALUES (?, ?, ?, ?) RETURNING id::text",
                String.class, serial, model, client, ACCOUNT);
    }

    private UUID newcomer(long person) {
        UUID client = jdbc.queryForObject("INSERT INTO clients (name, account_id) VALUES ('Иван Петров', ?) RETURNING id", UUID.class, ACCOUNT);
        jdbc.update("INSERT INTO telegram_users (tg_id, client_id, linked_by, is_verified) VALUES (?, ?, 'sale', true)", person, client);
        return client;
    }

    /** Sells this person a machine, as it happens: a lead, a deal, a deal that a manager fills in and wins. Answers the machine's id. */
    String sell(long person, String model, String serial) {
        String lead = ingest(Json.write(Json.object().put("source", "diagnostics").put("name", "Иван Петров").put("message", "Нужен станок " + serial)
                .set("meta", Json.object().put("machine_type", model))));
        win(delivered(lead), serial, model, person);
        soon().until(() -> jdbc.queryForObject("SELECT count(*) FROM machine_instances WHERE serial_number = ?", Long.class, serial) == 1);
        return jdbc.queryForObject("SELECT id::text FROM machine_instances WHERE serial_number = ?", String.class, serial);
    }

    /** What has become of a machine since. */
    void become(String serial, String status, LocalDate nextMaintenance) {
        jdbc.update("UPDATE machine_instances SET status = ?, next_maintenance_date = ?::date::timestamp AT TIME ZONE 'Europe/Moscow' WHERE serial_number = ?",
                status, nextMaintenance, serial);
    }

    /** The sandbox's address of the page for somebody, outside of Telegram. */
    static String park(long person) {
        return url("/park?user=" + person);
    }

    /** What Telegram would sign for somebody who opens the page. */
    static String signed(long person, String more) {
        return get("/sandbox/park/init-data?user=" + person + more).body();
    }

    /** The address as Telegram opens it. */
    static String inTelegram(String initData) {
        return url("/park#tgWebAppData=" + escape(initData) + "&tgWebAppVersion=8.0&tgWebAppPlatform=android&tgWebAppThemeParams="
                + escape("{\"bg_color\":\"#18222d\",\"secondary_bg_color\":\"#131415\",\"section_bg_color\":\"#18222d\",\"text_color\":\"#ffffff\","
                        + "\"hint_color\":\"#b1c3d5\",\"link_color\":\"#62bcf9\",\"button_color\":\"#2ea6ff\",\"button_text_color\":\"#ffffff\"}"));
    }

    private static String escape(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
