package dev.amorelay.amocrm;

import dev.amorelay.amocrm.TaskTable.Task;
import dev.amorelay.delivery.Effect;
import dev.amorelay.delivery.Outbox;
import dev.amorelay.settings.RouteSettings;
import dev.amorelay.texts.TextTemplates;
import dev.amorelay.workshop.DataFolder;
import dev.amorelay.workshop.EditedData;
import dev.amorelay.workshop.Finding;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Body;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Writes the managers' tasks and notes when they are about to be sent: who owes one says what it is about. What is written is kept with the
 * effect before the call, since a repeat knows by its text whether it is there already, and an edit may come between.
 */
@Component
public class CrmTexts implements EditedData {

    private final TextTemplates templates;
    private final Accounts accounts;
    private final AccountZones zones;
    private final Outbox outbox;
    private final Environment environment;
    private volatile TaskTable tasks;

    /**
     * @param settings tells the folder of the table
     * @param templates writes the texts
     * @param accounts where tasks are created
     * @param zones by whose clock terms are counted
     * @param outbox keeps what was written
     * @param environment tells settings that the table names
     */
    CrmTexts(RouteSettings settings, TextTemplates templates, Accounts accounts, AccountZones zones, Outbox outbox,
             Environment environment) {
        this.templates = templates;
        this.accounts = accounts;
        this.zones = zones;
        this.outbox = outbox;
        this.environment = environment;
        take(DataFolder.of(settings));
    }

    @Override
    public boolean isOf(String name) {
        return TaskTable.NAME.equals(name);
    }

    @Override
    public final void take(DataFolder folder) {
        tasks = Finding.none(findings -> TaskTable.read(folder, findings));
    }

    /**
     * Writes a task by {@code task/tasks.yaml}.
     *
     * @param effect {@code crm.task} with {@code {task, lead, responsible}} and what its text names; one with a {@code text} is written
     *     already
     * @return the effect with {@code text}, {@code till} and {@code responsible}
     */
    public Effect task(@Body Effect effect) {
        Object name = effect.payload().get("task");
        if (effect.payload().get("text") != null || name == null) {
            // without a term of its own it has a day
            return effect.payload().get("till") != null ? effect : kept(effect, Map.of("till", till(task(effect, ""), effect)));
        }
        Task task = task(effect, name.toString());
        Map<String, Object> written = new LinkedHashMap<>();
        written.put("text", templates.write(task.text(), model("task", effect)));
        written.put("till", till(task, effect));
        if (task.responsible() != null) {
            written.put("responsible", task.responsible());
        }
        return kept(effect, written);
    }

    private Task task(Effect effect, String name) {
        return tasks.of(name, accounts.named(effect.account()), environment::getProperty);
    }

    private long till(Task task, Effect effect) {
        return task.till().from(Instant.now(), zones.of(Accounts.orDefault(effect.account()))).getEpochSecond();
    }

    /**
     * Writes a note from {@code note/<name>.ftl}.
     *
     * @param effect {@code crm.note} with {@code {note, lead}} and what its text names; one with a {@code text} is written already, and
     *     one with neither has been added
     * @return the effect with a {@code text}
     */
    public Effect note(@Body Effect effect) {
        Object name = effect.payload().get("note");
        return effect.payload().get("text") != null || name == null ? effect
                : kept(effect, Map.of("text", templates.write("note/" + name + ".ftl", model("note", effect))));
    }

    private static Map<String, Object> model(String kind, Effect effect) {
        return Map.of(kind, effect.payload(), "account", Accounts.orDefault(effect.account()));
    }

    private Effect kept(Effect effect, Map<String, Object> written) {
        Map<String, Object> payload = new LinkedHashMap<>(effect.payload());
        payload.putAll(written);
        outbox.keep(Map.of(effect, payload));
        return effect.with(payload);
    }
}
