package dev.amorelay.machines;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * A serial number that stands with another client, with another model, or there in another spelling, is a question to the deal's manager:
 * nothing is moved, and nothing is registered twice.
 */
@Component
class SerialQuestion {

    /** Longer ones are no serial numbers, and a text field of the CRM takes no longer ones either. */
    static final int LONGEST = 256;

    private static final String OF_OTHERS = """
             FROM amocrm_deals other
            WHERE other.account_id = ? AND other.amocrm_deal_id <> ? AND NOT other.deleted
              AND other.client_id IS DISTINCT FROM ?::uuid AND deal_names_serial(other.custom_fields, ?, ?)""";

    private final JdbcTemplate jdbc;

    SerialQuestion(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The question, once for a deal, a number and what it clashes with, by its key. None where the same machine's
     * later sale is known, of the same client or after this deal has registered it.
     *
     * @param sale the won deal
     * @param serial which stands in our table already, as it is or in another spelling, and was not taken over
     * @param account the configured name of the deal's account
     * @return the task, see {@link #task}
     */
    Optional<Map<String, Object>> ask(Sale sale, String serial, String account) {
        Map<String, Object> known = jdbc.queryForMap("""
                SELECT account_id, amocrm_deal_id AS deal, model, client_id, serial_number AS spelling,
                       coalesce(client_id IS DISTINCT FROM ?::uuid AND client_id IS NOT NULL, false) AS another_client,
                       coalesce(model_key(model) <> model_key(?::text), false) AS another_model,
                       EXISTS (SELECT FROM outbox WHERE kind = 'machine.register' AND subject_id = ? AND status = 'done'
                               AND (payload ->> 'account_id')::bigint = ? AND ? = ANY (string_to_array(external_id, ', ')))
                       AND coalesce((SELECT closed_at FROM amocrm_deals WHERE account_id = ? AND amocrm_deal_id = ?), '-infinity')
                        <= coalesce((SELECT closed_at FROM amocrm_deals later WHERE later.account_id = machine.account_id
                                     AND later.amocrm_deal_id = machine.amocrm_deal_id), '-infinity') AS was_ours
                FROM machine_instances machine WHERE serial_key(serial_number) = serial_key(?)
                ORDER BY serial_number <> ?, client_id IS NOT DISTINCT FROM ?::uuid DESC, id LIMIT 1""",
                sale.client(), sale.model(), sale.deal(), sale.accountId(), serial, sale.accountId(), sale.deal(), serial, serial, sale.client());
        boolean near = !serial.equals(known.get("spelling"));
        boolean anotherClient = (Boolean) known.get("another_client");
        boolean anotherModel = (Boolean) known.get("another_model");
        boolean claimed = sale.claims().claimsSerial(serial);
        boolean ownerUnknown = claimed && known.get("client_id") == null;
        if (!near && (!anotherClient && !anotherModel && !ownerUnknown || (Boolean) known.get("was_ours"))) {
            // the later sale counts
            return Optional.empty();
        }
        boolean here = known.get("account_id") != null && ((Number) known.get("account_id")).longValue() == sale.accountId();
        // what stands in another account is not told here
        boolean elsewhere = known.get("account_id") != null && !here;
        Map<String, Object> task = new LinkedHashMap<>();
        task.put("task", "serial");
        task.put("serial", serial);
        task.put("near", near);
        task.put("spelling", known.get("spelling"));
        task.put("another_client", anotherClient);
        task.put("owned", known.get("client_id") != null);
        task.put("another_model", anotherModel);
        task.put("elsewhere", elsewhere);
        task.put("elsewhere_sold", !here && known.get("deal") != null);
        task.put("claimed", claimed);
        if (here && known.get("deal") != null) {
            task.put("deal", known.get("deal"));
        }
        if (!elsewhere && known.get("model") != null) {
            task.put("known_model", known.get("model"));
        }
        if (sale.model() != null) {
            task.put("model", sale.model());
        }
        return Optional.of(task(sale, account, "crm.task:serial:" + sale.accountId() + ":" + sale.deal() + ":" + serial + ":" + known.get("deal"), task));
    }

    /**
     * Tells whether a deal of somebody else names a number that is not registered yet. That can be the true owner's, who buys just now.
     *
     * @param sale the won deal
     * @param serial a claim: a form has told it, and nobody of the CRM has written it
     * @param field id of the field of serial numbers
     * @return whether to ask
     */
    boolean isNamedElsewhere(Sale sale, String serial, Long field) {
        return Boolean.TRUE.equals(jdbc.queryForObject("SELECT NOT EXISTS (SELECT FROM machine_instances WHERE serial_number = ?)"
                + " AND EXISTS (SELECT" + OF_OTHERS + ")", Boolean.class, serial, sale.accountId(), sale.deal(), sale.client(), field, serial));
    }

    /**
     * The question whose machine it is, once for a deal and a number, by its key.
     *
     * @param sale the won deal
     * @param serial a claim that another deal names too
     * @param field id of the field of serial numbers
     * @param account the configured name of the deal's account
     * @return the task, see {@link #task}
     */
    Map<String, Object> askAboutClaim(Sale sale, String serial, Long field, String account) {
        String other = jdbc.queryForObject("SELECT min(other.amocrm_deal_id)" + OF_OTHERS, String.class,
                sale.accountId(), sale.deal(), sale.client(), field, serial);
        String key = "crm.task:serial:" + sale.accountId() + ":" + sale.deal() + ":" + serial + ":claim";
        return task(sale, account, key, Map.of("task", "serial-claim", "serial", serial, "other", other));
    }

    /**
     * Tells whether a number that is not registered yet stands there in another spelling, which has to be asked about. Where this deal has
     * registered that one and does not name it any more, somebody has mended the number, and the machine gets it.
     *
     * @param sale the won deal
     * @param serial as the deal names it
     * @return whether to ask
     */
    boolean standsInAnotherSpelling(Sale sale, String serial) {
        // of two deals with two spellings that are registered at the same moment the second one sees the first one's
        jdbc.query("SELECT pg_advisory_xact_lock(hashtextextended(serial_key(?), 24))", row -> { }, serial);
        jdbc.update("""
                UPDATE machine_instances SET serial_number = ?, updated_at = now()
                WHERE id = (SELECT id FROM machine_instances WHERE serial_key(serial_number) = serial_key(?) AND account_id = ?
                            AND amocrm_deal_id = ? AND NOT serial_number = ANY (?) ORDER BY id LIMIT 1)
                  AND NOT EXISTS (SELECT FROM machine_instances WHERE serial_number = ?)""",
                serial, serial, sale.accountId(), sale.deal(), sale.serials().toArray(String[]::new), serial);
        return Boolean.TRUE.equals(jdbc.queryForObject("""
                SELECT EXISTS (SELECT FROM machine_instances WHERE serial_key(serial_number) = serial_key(?))
                       AND NOT EXISTS (SELECT FROM machine_instances WHERE serial_number = ?)""", Boolean.class, serial, serial));
    }

    /**
     * A word about what cannot be a serial number.
     *
     * @param sale the won deal
     * @param serial longer than {@link #LONGEST}
     * @param account the configured name of the deal's account
     * @return the task, see {@link #task}
     */
    Map<String, Object> tooLong(Sale sale, String serial, String account) {
        return task(sale, account, "crm.task:long-serial:" + sale.accountId() + ":" + sale.deal(), Map.of("task", "serial-too-long", "longest", LONGEST));
    }

    /** A task for the deal's manager: {@code {key, account, subject, payload}}; the payload names the deal, its manager where it has one, and what it is about. */
    static Map<String, Object> task(Sale sale, String account, String key, Map<String, Object> about) {
        Map<String, Object> payload = new LinkedHashMap<>(about);
        payload.put("lead", Long.parseLong(sale.deal()));
        if (sale.responsible() != null) {
            payload.put("responsible", sale.responsible());
        }
        return Map.of("key", key, "account", account, "subject", sale.deal(), "payload", payload);
    }
}
