package dev.amorelay.settings;

import java.time.ZoneId;

/** The clock of the daily flows, and of accounts that have not told their own: {@code relay.time-zone}, by RELAY_TIME_ZONE. */
public final class RelayZone {

    /** Where nobody has set another: nowhere else in the relay a zone has a name. */
    static final String LAST_DEFAULT = "Europe/Moscow";

    private RelayZone() {
    }

    /** @return the zone of a relay under a flow test: the last default, since no variable of the shell reaches it */
    public static ZoneId ofFlowTests() {
        return ZoneId.of(LAST_DEFAULT);
    }
}
