package dev.amorelay.road;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amorelay.json.Json;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/** A serial number that only a form told moves no machine, also where a manager's word would: the manager is asked. */
class ForgedSerialsIT extends RunningRelay {

    private final String serial = "SN-" + UUID.randomUUID();

    private long lead(String claimed) {
        String phone = "+7999" + ThreadLocalRandom.current().nextInt(1_000_000, 9_999_999);
        var lead = Json.object().put("source", "direct_api").put("name", "Человек " + UUID.randomUUID()).put("phone", phone);
        if (claimed != null) {
            lead.putObject("meta").put("serial_number", claimed);
        }
        return delivered(ingest(Json.write(lead)));
    }

    private List<Map<String, Object>> machines() {
        return jdbc.queryForList("SELECT client_id, amocrm_deal_id FROM machine_instances WHERE serial_number = ?", serial);
    }

    private void isAsked(long deal, String about) {
        soon().untilAsserted(() -> assertThat(crmLead(deal).path("tasks").path(0).path("text").asText())
                .contains(serial).contains(about).contains("пришёл из формы"));
    }

    private Object client(long deal) {
        return jdbc.queryForMap("SELECT client_id FROM amocrm_deals WHERE amocrm_deal_id = ?", String.valueOf(deal)).get("client_id");
    }

    @Test
    void thoughTheDealThatItWasSoldByIsDeleted() {
        long sale = lead(null);
        win(sale, serial, "16К20", null);
        soon().until(() -> !machines().isEmpty());
        Object owner = machines().get(0).get("client_id");
        assertThat(postJson("/sandbox/api/leads/" + sale + "/delete", "{}").statusCode()).isEqualTo(200);
        soon().until(() -> !jdbc.queryForList("SELECT 1 FROM amocrm_deals WHERE amocrm_deal_id = ? AND deleted", String.valueOf(sale)).isEmpty());

        long forged = lead(serial);
        win(forged, "", "16К20", null);

        isAsked(forged, "администратора");
        assertThat(machines()).containsExactly(Map.of("client_id", owner, "amocrm_deal_id", String.valueOf(sale)));
    }

    @Test
    void thoughNobodyKnowsWhoseTheMachineIs() {
        jdbc.update("INSERT INTO machine_instances (serial_number, model) VALUES (?, '16К20')", serial);

        long forged = lead(serial);
        win(forged, "", "16К20", null);

        isAsked(forged, "администратора");
        assertThat(machines()).singleElement().satisfies(machine -> assertThat(machine.get("client_id")).isNull());
    }

    @Test
    void beforeTheTrueOwnersDealIsWon() {
        long open = lead(serial);
        soon().until(() -> !jdbc.queryForList("SELECT 1 FROM amocrm_deals WHERE amocrm_deal_id = ? AND client_id IS NOT NULL", String.valueOf(open)).isEmpty());

        long forged = lead(serial);
        win(forged, "", "16К20", null);

        isAsked(forged, "сделке " + open);
        assertThat(machines()).isEmpty();
    }

    @Test
    void aManagersWordRegistersWhatAFormOfSomebodyElseHasTold() {
        long forged = lead(serial);
        soon().until(() -> !jdbc.queryForList("SELECT 1 FROM amocrm_deals WHERE amocrm_deal_id = ? AND client_id IS NOT NULL", String.valueOf(forged)).isEmpty());

        long sale = lead(null);
        win(sale, serial, "16К20", null);

        soon().until(() -> !machines().isEmpty());
        assertThat(machines()).containsExactly(Map.of("client_id", client(sale), "amocrm_deal_id", String.valueOf(sale)));
    }
}
