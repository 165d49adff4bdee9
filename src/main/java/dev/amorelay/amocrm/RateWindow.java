package dev.amorelay.amocrm;

import java.util.Arrays;
import java.util.List;

/**
 * One of amoCRM's limits: so many calls in any stretch of such a length.
 *
 * @param size calls
 * @param span a PostgreSQL interval, for example {@code 1 min}
 */
record RateWindow(int size, String span) {

    /**
     * Reads the setting.
     *
     * @param limits for example {@code 7/1s,250/1m,7000/1h}
     * @return the windows
     */
    static List<RateWindow> parse(String limits) {
        return Arrays.stream(limits.split(",")).map(RateWindow::one).toList();
    }

    private static RateWindow one(String window) {
        String[] parts = window.split("/");
        String count = parts[1].substring(0, parts[1].length() - 1);
        String unit = parts[1].substring(parts[1].length() - 1).replace("m", "min");
        return new RateWindow(Integer.parseInt(parts[0]), (count.isEmpty() ? "1" : count) + " " + unit);
    }
}
