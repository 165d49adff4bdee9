package dev.amorelay.park;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.amocrm.AccountZones;
import dev.amorelay.clients.TelegramUser;
import dev.amorelay.database.SqlFile;
import dev.amorelay.json.Json;
import dev.amorelay.json.StoredJson;
import jakarta.servlet.http.HttpServletRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.camel.Variable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;

/** The machines of the client that a user belongs to. */
@Component
public class ParkMachines {

    /** «⚠️ СКОРО!» stands from so many days before maintenance until the day before. */
    static final int SOON_DAYS = 30;
    private static final Pattern ADDRESS = Pattern.compile(
            "/api/park/machines/([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12})/?");
    private static final Pattern LINK = Pattern.compile("https?://\\S+");

    private final NamedParameterJdbcTemplate sql;
    private final AccountZones zones;
    private final String machines = SqlFile.read("park/machines.sql");

    /**
     * @param jdbc the relay's database
     * @param zones by whose clock days are told
     */
    public ParkMachines(JdbcTemplate jdbc, AccountZones zones) {
        this.zones = zones;
        this.sql = new NamedParameterJdbcTemplate(jdbc);
    }

    /**
     * All of them, those that are due first.
     *
     * @param user of the request
     * @return {@code {client, machines: [{id, name, serial, status, next_maintenance, days, soon}]}}
     */
    public String list(@Variable("user") TelegramUser user) {
        ObjectNode answer = Json.object().put("client", user.clientName());
        ArrayNode list = answer.putArray("machines");
        read(user, null).forEach(machine -> list.add(machine.without(List.of("model", "configuration", "registered", "history", "documents"))));
        return Json.write(answer);
    }

    /**
     * One of them, with all that is known of it.
     *
     * @param user of the request
     * @param request its address ends with the machine's id
     * @return {@code {id, name, serial, status, next_maintenance, days, soon, model, configuration, registered, history, documents}}
     * @throws NotYours when the client has no such machine, whoever else has it
     */
    public String passport(@Variable("user") TelegramUser user, @Header(Exchange.HTTP_SERVLET_REQUEST) HttpServletRequest request) {
        Matcher address = ADDRESS.matcher(request.getRequestURI());
        List<ObjectNode> found = address.matches() ? read(user, UUID.fromString(address.group(1))) : List.of();
        return Json.write(found.stream().findFirst().orElseThrow(() -> new NotYours("Паспорт не найден")));
    }

    private List<ObjectNode> read(TelegramUser user, UUID machine) {
        return user.client() == null ? List.of() : sql.query(machines,
                new MapSqlParameterSource().addValue("client", user.client()).addValue("machine", machine, Types.OTHER)
                        .addValue("usual", zones.usual().getId()), ParkMachines::machine);
    }

    private static ObjectNode machine(ResultSet row, int number) throws SQLException {
        Integer days = row.getObject("days", Integer.class);
        ObjectNode machine = Json.object().put("id", row.getString("id")).put("name", row.getString("name"))
                .put("serial", row.getString("serial")).put("status", row.getString("status"))
                .put("next_maintenance", row.getString("next_maintenance")).put("days", days)
                .put("soon", days != null && days > 0 && days <= SOON_DAYS)
                .put("model", row.getString("model")).put("configuration", row.getString("configuration"))
                .put("registered", row.getString("registered"));
        machine.set("history", history(StoredJson.orMissing(row.getString("history"), "the history of machine " + row.getString("id"))));
        machine.set("documents", documents(StoredJson.orMissing(row.getString("documents"), "the documents of machine " + row.getString("id"))));
        return machine;
    }

    /** The newest first; dates are ISO, so their texts have their order. */
    private static ArrayNode history(JsonNode stored) {
        ArrayNode history = Json.array();
        StreamSupport.stream(stored.spliterator(), false)
                .sorted(Comparator.comparing((JsonNode line) -> line.path("date").asText("")).reversed())
                .forEach(line -> {
                    ObjectNode told = history.addObject();
                    for (String field : List.of("date", "title", "description", "status")) {
                        told.put(field, line.path(field).asText(null));
                    }
                });
        return history;
    }

    /** Links of the web only: a page makes them clickable. */
    private static ArrayNode documents(JsonNode stored) {
        ArrayNode documents = Json.array();
        for (JsonNode document : stored) {
            String url = document.path("url").asText("");
            if (LINK.matcher(url).matches()) {
                documents.addObject().put("title", document.path("title").asText(url)).put("url", url);
            }
        }
        return documents;
    }
}
