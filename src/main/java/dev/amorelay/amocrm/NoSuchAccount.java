package dev.amorelay.amocrm;

import java.util.List;

/** No account is configured by the name that somebody gave. */
public class NoSuchAccount extends IllegalArgumentException {

    /**
     * @param names those that are configured
     */
    public NoSuchAccount(List<String> names) {
        super("no such account; configured are " + String.join(", ", names));
    }
}
