package dev.amorelay.settings;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The Mini App «Мой парк».
 *
 * @param requestsPerMinute how much one user may ask for, on each node
 * @param invitationDays how long a one-time invitation can be used
 * @param miniAppUrl the Mini App's link in Telegram, like {@code https://t.me/example_bot/park}; empty = no invitations are made
 */
@ConfigurationProperties("relay.park")
public record ParkSettings(@DefaultValue("120") int requestsPerMinute, @DefaultValue("30") int invitationDays,
                           @DefaultValue("") String miniAppUrl) {
}
