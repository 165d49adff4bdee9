package dev.amorelay.settings;

import java.util.regex.Pattern;

/** Which settings are secrets, by their names as variables ({@code SMTP_PASSWORD}) and as properties ({@code relay.smtp.password}). */
public final class Secrets {

    private static final Pattern SECRET = Pattern.compile(
            "(?i).*(?:password|passwd|secret|token|credential|private|(?:^|[._-])key(?:$|[._-])|keys(?:$|[._-])|proxy(?:$|[._-]?url$)|datasource|database).*");

    private Secrets() {
    }

    /**
     * Tells whether a value is kept from logs, pages and flows.
     *
     * @param name a variable or a property
     * @return whether its value is a secret, or holds one
     */
    public static boolean isSecret(String name) {
        return SECRET.matcher(name).matches();
    }

    /**
     * Tells whether a name is a variable that everybody may read.
     *
     * @param variable for example {@code AMOCRM_PIPELINE_ID}
     * @return whether it is a setting of the relay and no secret
     */
    public static boolean isOpenVariable(String variable) {
        return !isSecret(variable) && KnownSettings.ALL.stream().anyMatch(setting -> setting.variable().equals(variable));
    }
}
