package dev.amorelay.clients;

import java.time.Instant;

/**
 * Noted before something is read from the CRM: which of two reads began later. Clocks of nodes differ and are set back;
 * the number comes from the database and only grows.
 *
 * @param number greater than that of every read begun before
 * @param at our clock
 */
public record ReadMark(long number, Instant at) {
}
