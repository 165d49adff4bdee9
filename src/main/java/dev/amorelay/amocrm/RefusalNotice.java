package dev.amorelay.amocrm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.delivery.Outbox;
import dev.amorelay.json.Json;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Tells a manager by a task what of ours amoCRM does not take, however often it is sent: a text, or something about an entity that is
 * gone. Whoever is told can act; work that is set aside as dead waits for somebody to look.
 */
@Component
public class RefusalNotice {

    /** How the key of such a task begins: what is refused of it is not told by another one. */
    static final String KEY = "crm.task:refused:";

    private static final Logger LOG = LoggerFactory.getLogger(RefusalNotice.class);
    private static final Duration TASK_TIME = Duration.ofDays(1);
    /** So much of a text stands in the task. */
    private static final int MOST = 2_000;

    private final Outbox outbox;
    private final Accounts accounts;

    /**
     * @param outbox where the task is owed
     * @param accounts who is responsible
     */
    RefusalNotice(Outbox outbox, Accounts accounts) {
        this.outbox = outbox;
        this.accounts = accounts;
    }

    /**
     * Owes the task.
     *
     * @param account the configured name of the account
     * @param about what was refused; the same is told once
     * @param lead the lead that it is about; null where there is none, or it is gone
     * @param what was refused and why, a Russian sentence without the text
     * @param text what should have been written; null where there is nothing to hand on
     */
    public void tell(String account, String about, Long lead, String what, String text) {
        LOG.warn("amoCRM account {}: {} A manager is told by a task", account, what);
        String said = text == null || text.isBlank() ? ""
                : "\n\nТекст:\n" + (text.length() <= MOST ? text : text.substring(0, MOST) + "…");
        ObjectNode task = Json.object().put("text", what + said).put("till", Instant.now().plus(TASK_TIME).getEpochSecond());
        if (lead != null) {
            task.put("lead", lead);
        }
        Long responsible = accounts.named(account).settings().responsibleUserId();
        if (responsible != null) {
            task.put("responsible", responsible);
        }
        outbox.owe("crm.task", account, KEY + account + ":" + about, lead == null ? "" : String.valueOf(lead), task);
    }
}
