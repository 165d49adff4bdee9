package dev.amorelay.workshop;

import dev.amorelay.settings.AccountSettings;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Values of a table that settings tell: <code>{{account.pipeline-id}}</code> of the account that it is about, <code>{{relay.mail.from}}</code>
 * of the relay, <code>{{relay.own:default}}</code>. A secret is none of a table's business.
 */
public final class SettingText {

    private static final Pattern NAMED = Pattern.compile("\\{\\{\\s*([^{}:]+?)\\s*(?::([^{}]*))?}}");
    private static final String OF_ACCOUNT = "account.";

    private SettingText() {
    }

    /**
     * Checks the settings that a text names.
     *
     * @param place the text
     * @param surroundings knows the settings
     * @param findings takes what is wrong
     */
    public static void check(YamlNode place, Surroundings surroundings, Consumer<Finding> findings) {
        Matcher named = NAMED.matcher(place.text());
        while (named.find()) {
            String key = named.group(1);
            if (key.startsWith(OF_ACCOUNT)) {
                Set<String> there = new TreeSet<>(AccountSettings.VALUES);
                if (!there.contains(key.substring(OF_ACCOUNT.length()))) {
                    findings.accept(place.finding("an account has no setting " + key.substring(OF_ACCOUNT.length())
                            + Nearest.hint(key.substring(OF_ACCOUNT.length()), there, ": it has " + String.join(", ", there))));
                }
            } else if (!PlaceholderSafety.mayRead(key)) {
                findings.accept(place.finding("a table may not read {{" + key + "}}: no secret, and nothing but {{account.…}} and {{relay.…}}"));
            } else if (named.group(2) == null && surroundings.property(key).isEmpty()) {
                findings.accept(place.finding("no property " + key + ": use one of application.yaml, or give a default, {{" + key + ":default}}"));
            }
        }
    }

    /**
     * Puts the settings into a text.
     *
     * @param text what stands in the table; null for nothing
     * @param account the account that it is about
     * @param relay tells a setting of the relay; null where there is none
     * @return the text; empty where nothing is left of it
     */
    public static Optional<String> of(String text, AccountSettings account, UnaryOperator<String> relay) {
        if (text == null) {
            return Optional.empty();
        }
        String full = NAMED.matcher(text).replaceAll(named -> {
            String key = named.group(1);
            String value = key.startsWith(OF_ACCOUNT) ? account.value(key.substring(OF_ACCOUNT.length())) : relay.apply(key);
            String told = value == null || value.isBlank() ? named.group(2) : value;
            return told == null ? "" : Matcher.quoteReplacement(told);
        }).strip();
        return full.isEmpty() ? Optional.empty() : Optional.of(full);
    }
}
