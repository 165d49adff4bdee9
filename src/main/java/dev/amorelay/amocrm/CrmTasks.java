package dev.amorelay.amocrm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.json.Json;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Tasks for the CRM's users. */
@Component
public class CrmTasks {

    /** The call that creates tasks, see {@link CrmCall#label}. */
    static final String CREATE = "POST /api/v4/tasks";

    private static final String PATH = "/api/v4/tasks";
    private static final String NOTE = "\n\nОтветственный по сделке больше не работает в amoCRM";

    private final Gate gate;

    CrmTasks(Gate gate) {
        this.gate = gate;
    }

    /**
     * A task, most often about a lead.
     *
     * @param lead amoCRM's id of the lead; null = about nothing in the CRM
     * @param text what to do
     * @param responsible user; null = the token's user
     * @param till unix seconds
     */
    public record Task(Long lead, String text, Long responsible, long till) {

        /** @return the same task about nothing in the CRM; the text tells why */
        Task withoutLead() {
            return new Task(null, text + "\n\nСделки " + lead + " в amoCRM больше нет", responsible, till);
        }

        /** @return a task in place of this one, of which amoCRM refuses the text or the term; known by the row of work that owes it */
        Task inPlainWords(String row, String reasons, long till, boolean toldInNote) {
            return new Task(lead, "Релей поставил задачу, но amoCRM не приняла её (" + reasons + "). "
                    + (lead != null && toldInNote ? "Что в ней стояло, сказано в примечании к сделке." : "Что в ней стояло, хранит релей.")
                    + " Работа " + row, responsible, till);
        }

        /** @return the same task for somebody else; the text tells why */
        Task insteadOfTheDismissed(Long other) {
            return new Task(lead, text + NOTE + " (пользователь " + responsible + "): задача поставлена "
                    + (other == null ? "владельцу токена релея." : "ответственному по умолчанию."), other, till);
        }
    }

    /**
     * Creates a task.
     *
     * @param account the configured name of the account; null = the default one
     * @param task the task
     * @return amoCRM's id
     */
    public long create(String account, Task task) {
        ObjectNode body = Json.object().put("text", task.text()).put("complete_till", task.till());
        if (task.lead() != null) {
            body.put("entity_id", task.lead()).put("entity_type", "leads");
        }
        body.put("task_type_id", 1);
        if (task.responsible() != null) {
            body.put("responsible_user_id", task.responsible());
        }
        CrmAnswer answer = gate.call(CrmCall.post(Accounts.orDefault(account), PATH, Json.array().add(body)));
        return answer.createdId("tasks");
    }

    /**
     * Looks for a task that an earlier, unanswered create may have made.
     *
     * @param account the configured name of the account; null = the default one
     * @param task the task as it was sent
     * @return amoCRM's id, when it is there
     */
    public Optional<Long> findCreated(String account, Task task) {
        // without a lead it is among the newest of those that nobody has done yet
        String filter = task.lead() == null ? "filter[is_completed]=0&order[created_at]=desc"
                : "filter[entity_type]=leads&filter[entity_id][]=" + task.lead();
        CrmAnswer answer = gate.call(CrmCall.get(Accounts.orDefault(account), PATH, filter + "&limit=250"));
        long lead = task.lead() == null ? 0 : task.lead();
        for (JsonNode found : answer.embedded("tasks")) {
            if (found.path("entity_id").asLong() == lead && isThe(task, found.path("text").asText())) {
                return Optional.of(found.path("id").asLong());
            }
        }
        return Optional.empty();
    }

    /** Whether a text is the task's own, or the one that somebody else got in the place of a dismissed user. */
    private static boolean isThe(Task task, String text) {
        return text.equals(task.text()) || text.startsWith(task.text() + NOTE);
    }
}
