package dev.amorelay.webhooks;

/**
 * An event at the door.
 *
 * @param event what a hook tells
 * @param account the configured name of the account whose it is; empty when it is none of ours
 */
public record Arrival(HookEvent event, String account) {
}
