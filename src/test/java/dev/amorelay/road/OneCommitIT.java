package dev.amorelay.road;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A fact and what it owes are one commit, though it is the flow that says what is owed. */
class OneCommitIT extends RunningRelay {

    private static final String BROKEN = "ALTER TABLE outbox ADD CONSTRAINT broken_for_a_test CHECK (kind <> 'machine.register' OR subject_id <> '%d')";

    @AfterEach
    void mend() {
        jdbc.execute("ALTER TABLE outbox DROP CONSTRAINT IF EXISTS broken_for_a_test");
    }

    private int stored(String where) {
        return jdbc.queryForObject("SELECT count(*) FROM " + where, Integer.class);
    }

    @Test
    void whereTheRegistrationCannotBeOwedTheDealIsNotStoredAndBothComeLater() {
        String serial = "SN-" + ThreadLocalRandom.current().nextLong(1_000_000_000L);
        long deal = delivered(ingest("{\"source\":\"site\",\"name\":\"Владелец\",\"phone\":\"+7999"
                + ThreadLocalRandom.current().nextInt(1000000, 9999999) + "\"}"));
        inboxEmpty();
        jdbc.execute(BROKEN.formatted(deal));
        win(deal, serial, "ЧПУ 9", null);
        soon().until(() -> stored("amocrm_webhook_events WHERE amocrm_entity_id = '" + deal + "' AND failures > 0 AND NOT processed") > 0);
        assertThat(stored("amocrm_deals WHERE amocrm_deal_id = '" + deal + "' AND status_id = 142")).as("half of it").isZero();
        assertThat(stored("outbox WHERE kind = 'machine.register' AND subject_id = '" + deal + "'")).isZero();

        mend();
        soon().until(() -> stored("machine_instances WHERE serial_number = '" + serial + "'") == 1);
        assertThat(stored("amocrm_deals WHERE amocrm_deal_id = '" + deal + "' AND status_id = 142")).isEqualTo(1);
    }
}
