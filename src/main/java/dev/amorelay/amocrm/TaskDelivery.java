package dev.amorelay.amocrm;

import dev.amorelay.amocrm.CrmTasks.Task;
import dev.amorelay.delivery.Effect;
import dev.amorelay.delivery.Outbox;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Body;
import org.springframework.stereotype.Component;

/** Creates the tasks that flows owe to managers. */
@Component
public class TaskDelivery {

    private final CrmTasks crm;
    private final Outbox outbox;

    /**
     * @param crm the CRM's tasks
     * @param outbox where the deliveries are settled
     */
    public TaskDelivery(CrmTasks crm, Outbox outbox) {
        this.crm = crm;
        this.outbox = outbox;
    }

    /**
     * Creates a task, unless an earlier attempt has done so, and settles the effect.
     *
     * @param effect {@code crm.task} with {@code {lead, text, responsible, till}}; till in unix seconds
     */
    public void create(@Body Effect effect) {
        Map<String, Object> owed = effect.payload();
        String account = effect.account();
        Task task = new Task(number(owed.get("lead")), (String) owed.get("text"), number(owed.get("responsible")),
                number(owed.get("till")));
        Optional<Long> there = effect.inDoubt() ? crm.findCreated(account, task) : Optional.empty();
        outbox.done(effect, String.valueOf(there.orElseGet(() -> crm.create(account, task))));
    }

    private static Long number(Object value) {
        return value == null ? null : ((Number) value).longValue();
    }
}
