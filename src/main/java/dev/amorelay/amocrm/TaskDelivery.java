package dev.amorelay.amocrm;

import dev.amorelay.amocrm.ConfiguredValue.Place;
import dev.amorelay.amocrm.CrmTasks.Task;
import dev.amorelay.delivery.Effect;
import dev.amorelay.delivery.FlowEvents;
import dev.amorelay.delivery.Outbox;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Body;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Creates the tasks that flows owe to managers. */
@Component
public class TaskDelivery {

    private static final Logger LOG = LoggerFactory.getLogger(TaskDelivery.class);
    private static final Duration TASK_TIME = Duration.ofDays(1);

    private final CrmTasks crm;
    private final Accounts accounts;
    private final RefusedValues refused;
    private final Outbox outbox;
    private final FlowEvents events;
    private final RefusedWork refusedWork;

    /**
     * @param crm the CRM's tasks
     * @param accounts who is responsible where the deal's own manager was dismissed
     * @param refused whether that one is known to be dismissed too
     * @param outbox where the deliveries are settled
     * @param events tells the flow what is refused
     * @param refusedWork what waits since the account refuses it
     */
    TaskDelivery(CrmTasks crm, Accounts accounts, RefusedValues refused, Outbox outbox, FlowEvents events, RefusedWork refusedWork) {
        this.refusedWork = refusedWork;
        this.crm = crm;
        this.accounts = accounts;
        this.refused = refused;
        this.outbox = outbox;
        this.events = events;
    }

    /**
     * Creates a task, unless an earlier attempt has done so, and settles the effect. A task for a user who was dismissed
     * goes to the account's configured responsible user, or else to the token's; one about a lead that is gone is about nothing in
     * the CRM, and its text says which lead it was. Where amoCRM refuses what the task says, one in plain words stands in its place, and a
     * note of the lead has the text.
     *
     * @param effect {@code crm.task} with {@code {lead, text, responsible, till}}; till in unix seconds;
     *     without a lead it is a task about nothing in the CRM
     * @throws CrmRefusing when the task in plain words is refused too: it waits
     */
    public void create(@Body Effect effect) {
        Map<String, Object> owed = effect.payload();
        String account = effect.account();
        Task task = new Task(number(owed.get("lead")), (String) owed.get("text"), number(owed.get("responsible")),
                number(owed.get("till")));
        Optional<Long> there = effect.inDoubt() ? crm.findCreated(account, task) : Optional.empty();
        outbox.done(effect, String.valueOf(there.orElseGet(() -> inAnyCase(effect, task))));
    }

    private long inAnyCase(Effect effect, Task task) {
        String account = effect.account();
        try {
            return create(account, task, effect.inDoubt());
        } catch (CrmRejected rejected) {
            String reasons = String.join(" | ", rejected.reasons().values());
            boolean isNoted = task.lead() != null && !effect.key().startsWith(RefusalNotice.KEY);
            Task plain = task.inPlainWords(effect.label(), reasons, Instant.now().plus(TASK_TIME).getEpochSecond(), isNoted);
            Optional<Long> there = effect.inDoubt() ? crm.findCreated(account, plain) : Optional.empty();
            try {
                long id = there.orElseGet(() -> create(account, plain, effect.inDoubt()));
                if (isNoted) {
                    events.tell("crm.task.refused", Map.of("account", account, "task", effect.key(), "lead", task.lead(),
                            "text", "Задача, которую amoCRM не приняла:\n" + task.text()));
                }
                LOG.warn("{}: amoCRM account {} refuses the task ({}), one in plain words stands in its place", effect.label(), account,
                        reasons);
                return id;
            } catch (CrmRejected again) {
                throw refusedWork.refusing(account, CrmTasks.CREATE, again);
            }
        }
    }

    private long create(String account, Task wanted, boolean inDoubt) {
        try {
            return createForSomebody(account, wanted);
        } catch (CrmRejected rejected) {
            if (wanted.lead() == null || !rejected.blames("entity_id")) {
                throw rejected;
            }
            LOG.warn("amoCRM account {}: lead {} is gone, the task about it is created without it", account, wanted.lead());
        }
        Task alone = wanted.withoutLead();
        Optional<Long> there = inDoubt ? crm.findCreated(account, alone) : Optional.empty();
        return there.orElseGet(() -> createForSomebody(account, alone));
    }

    private long createForSomebody(String account, Task task) {
        Long configured = accounts.named(account).settings().responsibleUserId();
        boolean gone = configured != null && refused.leftOut(account).stream()
                .anyMatch(value -> value.place() == Place.USER && value.id() == configured);
        try {
            return crm.create(account, gone && configured.equals(task.responsible()) ? task.insteadOfTheDismissed(null) : task);
        } catch (CrmRejected rejected) {
            if (!blamesUser(task, rejected)) {
                throw rejected;
            }
            dismissed(account, task, configured);
            LOG.warn("amoCRM account {}: user {} cannot get tasks, the task about lead {} goes to another", account, task.responsible(), task.lead());
        }
        if (configured != null && !gone && !configured.equals(task.responsible())) {
            Task toConfigured = task.insteadOfTheDismissed(configured);
            try {
                return crm.create(account, toConfigured);
            } catch (CrmRejected rejected) {
                if (!blamesUser(toConfigured, rejected)) {
                    throw rejected;
                }
                dismissed(account, toConfigured, configured);
            }
        }
        return crm.create(account, task.insteadOfTheDismissed(null));
    }

    private void dismissed(String account, Task task, Long configured) {
        if (task.responsible().equals(configured)) {
            refused.refused(account, new RefusedValues.Value(Place.USER, configured, "NotSupportedChoice"));
        }
    }

    /** A deleted user is refused like an unknown one (facts §5). */
    private static boolean blamesUser(Task task, CrmRejected rejected) {
        return task.responsible() != null && rejected.blames("responsible_user_id");
    }

    private static Long number(Object value) {
        return value == null ? null : value instanceof Number told ? told.longValue() : Long.valueOf(value.toString().strip());
    }
}
