package dev.amorelay.road;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amorelay.delivery.Effect;
import dev.amorelay.delivery.Outbox;
import dev.amorelay.json.Json;
import dev.amorelay.leads.Delivery;
import dev.amorelay.leads.LeadDelivery;
import dev.amorelay.leads.PersonClaims;
import dev.amorelay.leads.Strangers;
import dev.amorelay.work.LeaseKeeper;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Persons whom the CRM may not know, met by a worker beside others. */
class StrangersIT extends RunningRelay {

    private static final String ACCOUNT = "default";

    /** A kind that no route serves. */
    private final String kind = "test." + UUID.randomUUID();

    @Autowired
    private Strangers strangers;

    @Autowired
    private LeadDelivery delivery;

    @Autowired
    private PersonClaims claims;

    @Autowired
    private Outbox outbox;

    @Autowired
    private LeaseKeeper keeper;

    private UUID lead(String phone) {
        UUID lead = UUID.randomUUID();
        jdbc.update("INSERT INTO leads (id, source, name, phone, phone_e164, account) VALUES (?, 'site', 'Незнакомый', ?, ?, ?)", lead, phone, phone, ACCOUNT);
        outbox.owe(kind, ACCOUNT, lead.toString(), lead.toString(), Json.object());
        return lead;
    }

    private static String somePhone() {
        return "+7999" + ThreadLocalRandom.current().nextInt(1000000, 9999999);
    }

    /** Else both create the lead: by then the contact is known to both. */
    @Test
    void aLeadThatWasLeftToAnotherWorkerIsNotCreatedHereThoughItsContactIsKnownMeanwhile() {
        String theirs = somePhone();
        outbox.owe(kind, ACCOUNT, kind, "their own", Json.object());
        assertThat(claims.claim(ACCOUNT, Map.of(theirs, outbox.claim(kind, ACCOUNT, 1).get(0)))).hasSize(1);
        UUID left = lead(theirs);
        UUID ours = lead(somePhone());
        List<Effect> claimed = outbox.claim(kind, ACCOUNT, 10);
        keeper.hold(outbox, claimed);
        List<Delivery> deliveries = delivery.load(claimed);
        assertThat(deliveries).hasSize(2);

        List<Delivery> met = strangers.meet(deliveries, () -> {
            // in the midst of our searches the other worker meets its person
            jdbc.update("UPDATE leads SET amo_contact_id = 1 WHERE id = ?", left);
            return false;
        });

        assertThat(met).extracting(one -> one.lead().id()).containsExactly(ours);
        assertThat(jdbc.queryForObject("SELECT lease IS NULL FROM outbox WHERE subject_id = ?", Boolean.class, left.toString())).as("given back").isTrue();
        claimed.forEach(keeper::release);
        jdbc.update("DELETE FROM outbox WHERE kind = ?", kind);
        jdbc.update("DELETE FROM contact_claims WHERE person = ?", theirs);
    }
}
