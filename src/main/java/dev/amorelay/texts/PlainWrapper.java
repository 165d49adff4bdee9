package dev.amorelay.texts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.json.Json;
import freemarker.template.Configuration;
import freemarker.template.DefaultObjectWrapper;
import freemarker.template.TemplateModel;
import freemarker.template.TemplateModelException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.temporal.Temporal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** Shows templates plain data: maps, lists, texts, numbers, booleans. A record of the relay is a map of its parts; methods are nobody's. */
final class PlainWrapper extends DefaultObjectWrapper {

    PlainWrapper() {
        super(Configuration.VERSION_2_3_34);
    }

    @Override
    protected TemplateModel handleUnknownType(Object value) throws TemplateModelException {
        if (value instanceof JsonNode node) {
            return node.isMissingNode() || node.isNull() ? null : wrap(Json.MAPPER.convertValue(node, Object.class));
        }
        if (value instanceof UUID || value instanceof Temporal || value instanceof Enum<?> || value instanceof Character) {
            return wrap(value.toString());
        }
        if (value instanceof Record part && value.getClass().getName().startsWith("dev.amorelay.")) {
            return wrap(parts(part));
        }
        throw new TemplateModelException("a template sees plain data only, and this is a " + value.getClass().getSimpleName());
    }

    private static Map<String, Object> parts(Record whole) throws TemplateModelException {
        Map<String, Object> parts = new LinkedHashMap<>();
        for (RecordComponent part : whole.getClass().getRecordComponents()) {
            try {
                part.getAccessor().setAccessible(true);
                parts.put(part.getName(), part.getAccessor().invoke(whole));
            } catch (IllegalAccessException | InvocationTargetException e) {
                throw new TemplateModelException("no " + part.getName() + " to be seen");
            }
        }
        return parts;
    }
}
