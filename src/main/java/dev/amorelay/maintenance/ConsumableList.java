package dev.amorelay.maintenance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.json.Json;
import dev.amorelay.maintenance.ConsumablesRefused.Mistake;
import dev.amorelay.maintenance.SemicolonText.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads the manager's list, from a table or from JSON, and says line by line what is wrong with it. */
final class ConsumableList {

    /** The first line of a table. */
    static final List<String> HEAD = List.of("Модель", "Расходный материал", "Артикул", "Количество");

    private static final int MOST = 20_000;
    private static final int MOST_MISTAKES = 100;

    private final List<Consumable> consumables = new ArrayList<>();
    private final List<Mistake> mistakes = new ArrayList<>();
    private final Map<String, Integer> lines = new HashMap<>();

    private ConsumableList() {
    }

    /**
     * Reads a table.
     *
     * @param file with the {@link #HEAD} as its first line, or below Excel's line {@code sep=;}
     * @throws ConsumablesRefused when anything is wrong in it
     */
    static List<Consumable> ofTable(byte[] file) {
        ConsumableList list = new ConsumableList();
        List<Row> rows = SemicolonText.read(file);
        if (!rows.isEmpty() && tellsSeparator(rows.get(0))) {
            rows = rows.subList(1, rows.size());
        }
        if (rows.isEmpty() || !isHead(rows.get(0))) {
            list.mistakes.add(new Mistake(rows.isEmpty() ? 1 : rows.get(0).line(), "Первой строкой должны быть заголовки: " + String.join(";", HEAD)));
        } else {
            rows.subList(1, rows.size()).forEach(list::add);
        }
        return list.whole();
    }

    /** Tools that write for Excel tell it the separator in a line of its own. */
    private static boolean tellsSeparator(Row row) {
        return row.cell(0).equalsIgnoreCase("sep=") && row.cells().stream().skip(1).allMatch(String::isEmpty);
    }

    private static boolean isHead(Row row) {
        for (int column = 0; column < HEAD.size(); column++) {
            // the last two may be left out
            if (!row.cell(column).equalsIgnoreCase(HEAD.get(column)) && !(column > 1 && row.cell(column).isEmpty())) {
                return false;
            }
        }
        return true;
    }

    private void add(Row row) {
        if (row.open()) {
            mistakes.add(new Mistake(row.line(), "Кавычка открыта и не закрыта"));
        } else if (row.cells().stream().skip(HEAD.size()).anyMatch(cell -> !cell.isEmpty())) {
            mistakes.add(new Mistake(row.line(), "Больше " + HEAD.size() + " столбцов: текст с точкой с запятой возьмите в кавычки"));
        } else {
            add(row.line(), row.cell(0), row.cell(1), row.cell(2), row.cell(3));
        }
    }

    /**
     * Reads JSON.
     *
     * @param json {@code {"models":[{"model","consumables":[{"name","article"?,"quantity"?}]}]}}
     * @throws ConsumablesRefused when anything is wrong in it; its lines count the consumables from 1
     */
    static List<Consumable> ofJson(JsonNode json) {
        ConsumableList list = new ConsumableList();
        JsonNode models = json.path("models");
        if (!models.isArray()) {
            list.mistakes.add(new Mistake(1, "Нет списка models: {\"models\":[{\"model\":\"…\",\"consumables\":[{\"name\":\"…\"}]}]}"));
        }
        int number = 0;
        for (JsonNode model : models) {
            for (JsonNode one : model.path("consumables")) {
                list.add(++number, text(model, "model"), text(one, "name"), text(one, "article"), text(one, "quantity"));
            }
        }
        return list.whole();
    }

    private static String text(JsonNode node, String key) {
        return node.path(key).isValueNode() && !node.path(key).isNull() ? node.path(key).asText().strip() : "";
    }

    private void add(int line, String model, String name, String article, String quantity) {
        List<String> cells = List.of(model, name, article, quantity);
        int before = mistakes.size();
        for (int column = 0; column < HEAD.size(); column++) {
            if (column < 2 && cells.get(column).isEmpty()) {
                mistakes.add(new Mistake(line, "Пусто: «" + HEAD.get(column) + "»"));
            } else if (cells.get(column).length() > Consumable.LONGEST) {
                mistakes.add(new Mistake(line, "«" + HEAD.get(column) + "» длиннее " + Consumable.LONGEST + " знаков"));
            }
        }
        Integer first = lines.putIfAbsent(same(model) + '\n' + same(name) + '\n' + same(article), line);
        if (before == mistakes.size() && first != null) {
            mistakes.add(new Mistake(line, "Повтор строки " + first));
        }
        consumables.add(new Consumable(clean(model), clean(name), clean(article), clean(quantity)));
    }

    private static String same(String text) {
        return text.replaceAll("[\\s\\u00a0\\u2007\\u202f]+", "").toLowerCase(Locale.ROOT);
    }

    private static String clean(String text) {
        return text.isEmpty() ? null : Json.storable(text.replaceAll("\\s+", " "));
    }

    private List<Consumable> whole() {
        if (consumables.size() > MOST) {
            mistakes.add(0, new Mistake(MOST + 1, "Больше " + MOST + " строк"));
        }
        if (!mistakes.isEmpty()) {
            throw new ConsumablesRefused(mistakes.subList(0, Math.min(mistakes.size(), MOST_MISTAKES)));
        }
        return consumables;
    }
}
