package dev.amorelay.amocrm;

/**
 * An account has told its number.
 *
 * @param name the configured name
 * @param number amoCRM's number of it
 */
public record AccountLearned(String name, long number) {
}
