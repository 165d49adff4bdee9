package dev.amorelay.settings;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.util.StringUtils;

/**
 * What is wrong with the settings of the accounts beside the default one. Each setting is called what the engineer
 * called it: {@code RELAY_ACCOUNTS_B_PIPELINE_ID} as a variable, {@code relay.accounts.b.pipeline-id} in a file.
 */
final class FurtherAccounts {

    private static final String ROOT = "relay.accounts";
    private static final String VARIABLES = "RELAY_ACCOUNTS_";

    private final ConfigurableEnvironment environment;
    private final Map<String, String> keys = new HashMap<>();
    private final List<String> problems = new ArrayList<>();

    private FurtherAccounts(ConfigurableEnvironment environment) {
        this.environment = environment;
    }

    /**
     * Looks at all of them.
     *
     * @param environment where they are
     * @return one line a problem; no line holds a value
     */
    static List<String> problems(ConfigurableEnvironment environment) {
        FurtherAccounts accounts = new FurtherAccounts(environment);
        accounts.names().forEach(accounts::check);
        return accounts.problems;
    }

    private Collection<String> names() {
        return Binder.get(environment).bind(ROOT, Bindable.mapOf(String.class, Object.class)).map(Map::keySet).orElse(Set.of());
    }

    private void check(String account) {
        if (account.equals("default")) {
            problems.add(prefix(account) + "… names the account that AMOCRM_… sets: choose another name");
            return;
        }
        missing(account);
        for (Setting setting : KnownSettings.OF_AN_ACCOUNT) {
            Optional<ConfigurationProperty> written = written(account, setting.property());
            written.filter(property -> !setting.possible().test(text(property)))
                    .ifPresent(property -> problems.add(called(account, setting.property()) + " must be " + setting.rule()));
        }
        written(account, "webhook-key").ifPresent(key -> {
            String other = keys.putIfAbsent(text(key), called(account, "webhook-key"));
            if (other != null) {
                problems.add(called(account, "webhook-key") + " must be another key than " + other);
            }
        });
    }

    private void missing(String account) {
        if (isAbsent(account, "subdomain") && isAbsent(account, "base-url")) {
            problems.add(called(account, "subdomain") + " is missing: give the first word of the account's address, or "
                    + called(account, "base-url"));
        }
        if (isAbsent(account, "access-token")) {
            missingToken(account);
        }
        if (isAbsent(account, "pipeline-id")) {
            problems.add(called(account, "pipeline-id") + " is missing: the id of the pipeline that the account's new leads go to");
        }
        if (isAbsent(account, "status-id")) {
            problems.add(called(account, "status-id") + " is missing: the id of the stage that the account's new leads get");
        }
    }

    private void missingToken(String account) {
        List<String> oauth = List.of("client-id", "client-secret", "redirect-uri");
        List<String> lacking = oauth.stream().filter(name -> isAbsent(account, name)).map(name -> called(account, name)).toList();
        if (lacking.size() == oauth.size()) {
            problems.add(called(account, "access-token") + " is missing: give the integration's long-lived token, or "
                    + String.join(", ", lacking) + " for OAuth");
        } else if (!lacking.isEmpty()) {
            problems.add(String.join(" and ", lacking) + (lacking.size() == 1 ? " is" : " are")
                    + " missing: OAuth needs client id, client secret and redirect address, all three");
        }
    }

    private boolean isAbsent(String account, String setting) {
        return written(account, setting).isEmpty();
    }

    private Optional<ConfigurationProperty> written(String account, String setting) {
        ConfigurationPropertyName name = ConfigurationPropertyName.adapt(ROOT + "." + account + "." + setting, '.');
        return StreamSupport.stream(ConfigurationPropertySources.from(environment.getPropertySources()).spliterator(), false)
                .map(source -> source.getConfigurationProperty(name)).filter(Objects::nonNull).findFirst()
                .filter(property -> StringUtils.hasText(text(property)));
    }

    private String text(ConfigurationProperty property) {
        return environment.resolvePlaceholders(String.valueOf(property.getValue())).trim();
    }

    /** As it is written where it is set, else like the account's other settings. */
    private String called(String account, String setting) {
        return written(account, setting).map(FurtherAccounts::nameOf).orElseGet(() -> prefix(account)
                + (isVariables(account) ? setting.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_') : setting));
    }

    private String prefix(String account) {
        return isVariables(account) ? VARIABLES + account.toUpperCase(Locale.ROOT) + "_" : ROOT + "." + account + ".";
    }

    private boolean isVariables(String account) {
        return Stream.concat(KnownSettings.OF_AN_ACCOUNT.stream().map(Setting::property), Stream.of("sources"))
                .map(setting -> written(account, setting)).flatMap(Optional::stream).map(FurtherAccounts::nameOf)
                .anyMatch(name -> name.startsWith(VARIABLES));
    }

    private static String nameOf(ConfigurationProperty property) {
        return property.getOrigin() instanceof PropertySourceOrigin origin ? origin.getPropertyName() : property.getName().toString();
    }
}
