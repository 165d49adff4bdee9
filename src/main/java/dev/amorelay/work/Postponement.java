package dev.amorelay.work;

import java.time.Duration;

/**
 * Why and for how long a row waits.
 *
 * @param delay time until the next attempt
 * @param reason readable, without personal data
 * @param ownFault whether the attempt failed on the row's own data, which is counted and limited
 * @param inDoubt whether the attempt may have reached the other side
 */
public record Postponement(Duration delay, String reason, boolean ownFault, boolean inDoubt) {
}
