package dev.amorelay.work;

/**
 * The rows of one kind that belong to one account.
 *
 * @param kind which rows
 * @param account the configured name of an amoCRM account; empty for work that needs none
 */
public record WorkQueue(String kind, String account) {
}
