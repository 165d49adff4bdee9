package dev.amorelay.settings;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Which fields of a deal stand in its metadata, account by account: {@code AMOCRM_DEAL_METADATA}. */
@Component
public class MetadataMappings {

    private static final Pattern ENTRY = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,59}:[1-9]\\d{0,17}");

    private final Environment environment;

    /**
     * @param environment where the settings are
     */
    public MetadataMappings(Environment environment) {
        this.environment = environment;
    }

    /**
     * The mapping of an account.
     *
     * @param account the configured name
     * @return id of the field by the name that it gets, in order of the names; empty where nothing is mapped
     */
    public SortedMap<String, Long> of(String account) {
        String property = account.equals("default") ? "relay.amocrm.deal-metadata" : "relay.accounts." + account + ".deal-metadata";
        return read(environment.getProperty(property, ""));
    }

    private static SortedMap<String, Long> read(String text) {
        SortedMap<String, Long> mapping = new TreeMap<>();
        for (String entry : text.isBlank() ? new String[0] : text.split(",")) {
            mapping.put(entry.strip().replaceFirst(":.*", ""), Long.valueOf(entry.strip().replaceFirst(".*:", "")));
        }
        return Collections.unmodifiableSortedMap(mapping);
    }

    /** Whether a text is a mapping: {@code name:field,name:field}, no name twice. */
    static boolean understands(String text) {
        String[] entries = text.split(",", -1);
        for (String entry : entries) {
            if (!ENTRY.matcher(entry.strip()).matches()) {
                return false;
            }
        }
        Map<String, Long> mapping = read(text);
        return mapping.size() == entries.length;
    }
}
