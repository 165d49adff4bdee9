package dev.amorelay.service;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What an engineer writes about finished work.
 *
 * @param result what was done
 * @param nextMaintenance the day of the next maintenance, by the calendar of the machine's account; null where it stays as it is
 */
public record Completion(String result, @Nullable LocalDate nextMaintenance) {
}
