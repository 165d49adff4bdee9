package dev.amorelay.settings;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Reminders of maintenance.
 *
 * @param steps so many days before the date a client is reminded, each number once, the smallest first
 */
@ConfigurationProperties("relay.maintenance")
public record MaintenanceSettings(@DefaultValue("30") List<Integer> steps) {

    /** Brings the steps into order. */
    public MaintenanceSettings {
        steps = steps.isEmpty() ? List.of(30) : steps.stream().distinct().sorted().toList();
    }
}
