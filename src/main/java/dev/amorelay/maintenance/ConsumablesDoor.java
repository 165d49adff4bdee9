package dev.amorelay.maintenance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.doors.AdminAnswer;
import dev.amorelay.doors.Problem;
import dev.amorelay.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.springframework.stereotype.Component;

/** The admin's door to the consumables of each model: read as JSON or as a table, replaced by either. */
@Component
public class ConsumablesDoor {

    private final Consumables consumables;

    ConsumablesDoor(Consumables consumables) {
        this.consumables = consumables;
    }

    /**
     * The list.
     *
     * @param query of the request: {@code format=csv} for the table
     * @return {@code {"models":[{"model","consumables":[{"name","article","quantity"}]}]}}, or {@code text/csv} for Excel
     */
    public AdminAnswer list(@Header(Exchange.HTTP_QUERY) String query) {
        List<Consumable> all = consumables.all();
        if (query != null && Arrays.asList(query.split("&")).contains("format=csv")) {
            List<List<String>> rows = new ArrayList<>(List.of(ConsumableList.HEAD));
            all.forEach(one -> rows.add(Arrays.asList(one.model(), one.name(), one.article(), one.quantity())));
            return new AdminAnswer(200, "text/csv; charset=utf-8", SemicolonText.write(rows));
        }
        ObjectNode answer = Json.object();
        ArrayNode models = answer.putArray("models");
        String model = null;
        for (Consumable one : all) {
            if (!one.model().equals(model)) {
                model = one.model();
                models.addObject().put("model", model).putArray("consumables");
            }
            ((ArrayNode) models.get(models.size() - 1).path("consumables")).addObject().put("name", one.name())
                    .put("article", one.article()).put("quantity", one.quantity());
        }
        return AdminAnswer.ok(answer);
    }

    /**
     * Puts a list in the place of the old one.
     *
     * @param body JSON as {@link #list} answers it, or a table with semicolons as Excel writes it, UTF-8 or windows-1251
     * @param contentType {@code application/json} or {@code text/csv}
     * @return {@code {"consumables":n}}; 422 with {@code errors: [{line, detail}]} where something is wrong, and then nothing
     *     is changed; 400 or 415 where the body is not understood at all
     */
    public AdminAnswer replace(@Body byte[] body, @Header(Exchange.CONTENT_TYPE) String contentType) {
        String type = contentType == null ? "" : contentType.toLowerCase(Locale.ROOT);
        byte[] given = body == null ? new byte[0] : body;
        try {
            List<Consumable> list;
            if (type.startsWith("text/csv")) {
                list = ConsumableList.ofTable(given);
            } else if (type.startsWith("application/json")) {
                JsonNode json = Json.MAPPER.readTree(given);
                list = ConsumableList.ofJson(json);
            } else {
                return AdminAnswer.problem(415, "тело — таблица или JSON: задайте Content-Type: text/csv или application/json");
            }
            consumables.replace(list);
            return AdminAnswer.ok(Json.object().put("consumables", list.size()));
        } catch (IOException e) {
            return AdminAnswer.problem(400, "тело не разобрано как JSON");
        } catch (ConsumablesRefused refused) {
            ObjectNode problem = Problem.of(422, "список не принят, ничего не изменено");
            ArrayNode errors = problem.putArray("errors");
            refused.mistakes().forEach(mistake -> errors.addObject().put("line", mistake.line()).put("detail", mistake.text()));
            return AdminAnswer.problem(422, problem);
        }
    }
}
