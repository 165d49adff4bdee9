package dev.amorelay.clients;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Map;

/**
 * Noted before something is read from the CRM: which of two reads began later. Clocks of nodes differ and are set back;
 * the number comes from the database and only grows.
 *
 * @param number greater than that of every read begun before
 * @param at our clock
 */
public record ReadMark(long number, Instant at) {

    /**
     * As a flow notes it, see {@code sql/clients/mark-reading.sql}.
     *
     * @param row {@code number} and {@code at}
     */
    public static ReadMark of(Map<String, Object> row) {
        return new ReadMark(((Number) row.get("number")).longValue(), ((Timestamp) row.get("at")).toInstant());
    }
}
