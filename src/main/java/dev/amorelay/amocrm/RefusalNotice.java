package dev.amorelay.amocrm;

import dev.amorelay.delivery.FlowEvents;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Tells a manager by a task what of ours amoCRM does not take, however often it is sent: a text, or something about an entity that is
 * gone. Whoever is told can act; work that is set aside as dead waits for somebody to look.
 */
@Component
public class RefusalNotice {

    /** How the key of such a task begins, see crm-refused: what is refused of it is not told by another one. */
    static final String KEY = "crm.task:refused:";

    private static final Logger LOG = LoggerFactory.getLogger(RefusalNotice.class);
    private static final Duration TASK_TIME = Duration.ofDays(1);
    /** So much of a text stands in the task. */
    private static final int MOST = 2_000;

    private final FlowEvents events;
    private final Accounts accounts;

    /**
     * @param events tells the flow what is refused
     * @param accounts who is responsible
     */
    RefusalNotice(FlowEvents events, Accounts accounts) {
        this.events = events;
        this.accounts = accounts;
    }

    /**
     * Tells the flow, which owes the task.
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
        Map<String, Object> facts = new HashMap<>();
        facts.put("account", account);
        facts.put("about", about);
        facts.put("lead", lead);
        facts.put("text", what + said);
        facts.put("till", Instant.now().plus(TASK_TIME).getEpochSecond());
        facts.put("responsible", accounts.named(account).settings().responsibleUserId());
        events.tell("crm.text.refused", facts);
    }
}
