package dev.amorelay.maintenance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.doors.AdminAnswer;
import dev.amorelay.json.Json;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The admin's door to the date of a machine's next maintenance. */
@Component
public class DateDoor {

    private static final int FIRST_YEAR = 2000;
    private static final int LAST_YEAR = 2099;

    private final JdbcTemplate jdbc;
    private final NextMaintenance next;

    DateDoor(JdbcTemplate jdbc, NextMaintenance next) {
        this.jdbc = jdbc;
        this.next = next;
    }

    /**
     * Sets the date, and owes it to the CRM.
     *
     * @param body {@code {"serial":"SN-1","date":"2027-03-01"}}
     * @param contentType must be JSON: a foreign page cannot make a browser send that
     * @return {@code {"serial","date","changed"}}; 404 for a serial number that is not registered, 400, 415 or 422 otherwise
     */
    public AdminAnswer set(@Body byte[] body, @Header(Exchange.CONTENT_TYPE) String contentType) {
        if (contentType == null || !contentType.toLowerCase(Locale.ROOT).startsWith("application/json")) {
            return AdminAnswer.problem(415, "тело должно быть JSON: задайте Content-Type: application/json");
        }
        JsonNode wish;
        try {
            wish = body == null ? Json.MAPPER.missingNode() : Json.MAPPER.readTree(body);
        } catch (IOException e) {
            return AdminAnswer.problem(400, "тело не разобрано как JSON");
        }
        LocalDate day = day(wish.path("date").asText());
        if (day == null) {
            return AdminAnswer.problem(422, "date — дата вида 2027-03-01");
        }
        String serial = wish.path("serial").asText();
        List<UUID> found = jdbc.queryForList("SELECT id FROM machine_instances WHERE serial_number = ?", UUID.class, Json.storable(serial));
        if (found.isEmpty()) {
            return AdminAnswer.problem(404, "станка с таким серийным номером нет");
        }
        boolean changed = next.set(found.get(0), day);
        return AdminAnswer.ok(Json.object().put("serial", serial).put("date", day.toString()).put("changed", changed));
    }

    private static LocalDate day(String text) {
        try {
            LocalDate day = LocalDate.parse(text);
            return day.getYear() < FIRST_YEAR || day.getYear() > LAST_YEAR ? null : day;
        } catch (DateTimeException e) {
            return null;
        }
    }
}
