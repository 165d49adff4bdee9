package dev.amorelay.settings;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What all HTTP doors bear.
 *
 * @param requestsPerMinute of one public address, on each node; webhooks are not counted
 * @param connectionsPerAddress open at once; the oldest idle one gives way to a new one
 * @param bodyMemory for all bodies under way, with what reading them costs; 0 = a quarter of the heap
 * @param headDeadline for a request's line and headers, from their first byte
 * @param bodyGrace so long a body may take however slow it is
 * @param bodyRate how much of it has to have come for each second after that
 * @param bodyDeadline so long no body may take
 */
@ConfigurationProperties("relay.doors")
public record DoorSettings(@DefaultValue("6000") int requestsPerMinute, @DefaultValue("512") int connectionsPerAddress,
                           @DefaultValue("0") DataSize bodyMemory, @DefaultValue("10s") Duration headDeadline,
                           @DefaultValue("10s") Duration bodyGrace, @DefaultValue("16KB") DataSize bodyRate,
                           @DefaultValue("5m") Duration bodyDeadline) {

    private static final int PART_OF_HEAP = 4;

    /** @return how much memory all bodies may have together, in bytes */
    public long bytesForBodies() {
        return bodyMemory.toBytes() > 0 ? bodyMemory.toBytes() : Runtime.getRuntime().maxMemory() / PART_OF_HEAP;
    }
}
