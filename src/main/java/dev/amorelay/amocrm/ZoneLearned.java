package dev.amorelay.amocrm;

import java.time.ZoneId;

/**
 * An account counts its days by another clock than was known until now. Told in the commit that keeps it.
 *
 * @param account the configured name
 * @param accountId amoCRM's number of it
 * @param before by which clock its days were reckoned until now
 * @param zone its own
 */
public record ZoneLearned(String account, long accountId, ZoneId before, ZoneId zone) {
}
