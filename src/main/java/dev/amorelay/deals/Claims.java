package dev.amorelay.deals;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a deal says about its owner, and nobody of the CRM is known to have written: it came through an open door, or nobody knows
 * whence. A claim helps a manager; it links nobody, joins nobody and moves nothing.
 *
 * @param values each as {@link #telegram}, {@link #serial} or {@link #inn} writes it; null where nobody has asked
 */
public record Claims(@Nullable List<String> values) {

    /** Of a deal that nobody has asked about. */
    public static final Claims UNKNOWN = new Claims(null);

    static String telegram(String id) {
        return "telegram " + id;
    }

    static String serial(String number) {
        return "serial " + number;
    }

    static String inn(String number) {
        return "inn " + number;
    }

    /** @return whether a user of the CRM has written the Telegram id; not where nobody has asked */
    public boolean provesTelegram(String id) {
        return values != null && !values.contains(telegram(id));
    }

    /** @return whether a user of the CRM has written the INN; not where nobody has asked */
    public boolean provesInn(String number) {
        return values != null && !values.contains(inn(number));
    }

    /** @return whether the serial number is a claim; of a deal that an earlier version has stored nobody knows, and it is none */
    public boolean claimsSerial(String number) {
        return values != null && values.contains(serial(number));
    }

    /** @return whether the Telegram id is a claim; of a deal that an earlier version has stored nobody knows, and it is none */
    public boolean claimsTelegram(String id) {
        return values != null && values.contains(telegram(id));
    }

    /** @return as the database keeps it */
    String[] array() {
        return values == null ? null : new ArrayList<>(values).toArray(String[]::new);
    }
}
