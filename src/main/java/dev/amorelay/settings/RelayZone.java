package dev.amorelay.settings;

import java.time.ZoneId;

/** The clock of the daily flows, and of accounts that have not told their own: {@code relay.time-zone}, by RELAY_TIME_ZONE. */
public final class RelayZone {

    /** Where nobody has set another: nowhere else in the relay a zone has a name. */
    static final String LAST_DEFAULT = "Europe/Moscow";

    private RelayZone() {
    }

    /** @return the zone without a running relay: RELAY_TIME_ZONE, else the last default */
    public static ZoneId ofEnvironment() {
        String named = System.getenv("RELAY_TIME_ZONE");
        return ZoneId.of(named == null || named.isBlank() ? LAST_DEFAULT : named);
    }
}
