package dev.amorelay.settings;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Reminders of maintenance.
 *
 * @param steps so many days before the date a client is reminded, each number once, the smallest first
 * @param hours of the account's day, in which clients are reminded
 */
@ConfigurationProperties("relay.maintenance")
public record MaintenanceSettings(@DefaultValue("30") List<Integer> steps, @DefaultValue("9-21") Hours hours) {

    /** Brings the steps into order. */
    public MaintenanceSettings {
        steps = steps.isEmpty() ? List.of(30) : steps.stream().distinct().sorted().toList();
    }

    /**
     * Hours of a day.
     *
     * @param first 0 to 23
     * @param last 1 to 24, later than the first; from this hour on it is evening
     */
    public record Hours(int first, int last) {

        /**
         * Reads them.
         *
         * @param text like {@code 9-21}
         * @return the hours
         */
        public static Hours valueOf(String text) {
            String[] ends = text.split("-");
            return new Hours(Integer.parseInt(ends[0]), Integer.parseInt(ends[1]));
        }

        /**
         * The setting's rule.
         *
         * @param text anything
         * @return whether it can be read
         */
        public static boolean understands(String text) {
            return text.matches("\\d{1,2}-\\d{1,2}") && valueOf(text).first() < valueOf(text).last() && valueOf(text).last() <= 24;
        }
    }
}
