package dev.amorelay.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.util.StringUtils;

/**
 * Sandbox and production never mix: beside a real setting the sandbox does not start. Somebody who sets one means the real thing, and
 * a forgotten account would else answer his leads with 200 and deliver them to stand-ins.
 */
final class SandboxSettingsCheck {

    private static final String REMEDY = ": name the account in AMOCRM_SUBDOMAIN, or take this out to try the sandbox";
    /** What a variable may hold beside the sandbox: its own values, as docs/sandbox.md tells them. */
    private static final Map<String, Predicate<String>> OWN = Map.ofEntries(
            Map.entry("AMOCRM_SUBDOMAIN", nothing()),
            Map.entry("AMOCRM_ACCESS_TOKEN", "sandbox"::equals),
            Map.entry("AMOCRM_BASE_URL", Loopback::isAddress),
            Map.entry("AMOCRM_CLIENT_ID", "00000000-0000-4000-8000-000000000001"::equals),
            Map.entry("AMOCRM_CLIENT_SECRET", "sandbox-secret"::equals),
            Map.entry("AMOCRM_REDIRECT_URI", Loopback::isAddress),
            Map.entry("TELEGRAM_BOT_TOKEN", "1:sandbox"::equals),
            Map.entry("TELEGRAM_BASE_URI", Loopback::isAddress),
            Map.entry("TELEGRAM_PROXY", Loopback::isAddress),
            Map.entry("SMTP_HOST", Loopback::isHost),
            Map.entry("SMTP_PASSWORD", nothing()),
            Map.entry("RELAY_WEBHOOK_KEY", key -> key.startsWith("sandbox")),
            Map.entry("RELAY_PUBLIC_URL", Loopback::isAddress),
            Map.entry("DATABASE_URL", SandboxSettingsCheck::isOwnDatabase));
    /** The same, where a file says it and no variable. */
    private static final Map<String, Predicate<String>> OWN_PROPERTIES = Map.of(
            "relay.amocrm.base-url", Loopback::isAddress,
            "relay.telegram.base-uri", Loopback::isAddress,
            "relay.smtp.host", Loopback::isHost,
            "relay.public-url", Loopback::isAddress,
            "server.address", Loopback::isHost);

    private SandboxSettingsCheck() {
    }

    /**
     * Looks at what stands beside the sandbox.
     *
     * @param environment all settings
     * @return one line a problem; no line holds a value
     */
    static List<String> problems(ConfigurableEnvironment environment) {
        List<String> problems = new ArrayList<>();
        OWN.keySet().stream().sorted().filter(variable -> isForeign(environment, variable, OWN.get(variable)))
                .forEach(variable -> problems.add(variable + " is a real one, and the sandbox is no place for it" + REMEDY));
        if (isForeign(environment, "SERVER_ADDRESS", Loopback::isHost)) {
            problems.add("SERVER_ADDRESS opens the sandbox, in which everybody may do everything: it listens to this machine only");
        }
        OWN_PROPERTIES.keySet().stream().sorted().filter(property -> isForeign(environment, property, OWN_PROPERTIES.get(property)))
                .filter(property -> problems.isEmpty())
                .forEach(property -> problems.add(property + " leads out of the sandbox" + REMEDY));
        accounts(environment).forEach(account -> {
            String prefix = "relay.accounts." + account + ".";
            if (isForeign(environment, prefix + "base-url", Loopback::isAddress) || StringUtils.hasText(environment.getProperty(prefix + "subdomain"))) {
                problems.add("the account " + account + " (RELAY_ACCOUNTS_…) is a real one, and the sandbox is no place for it" + REMEDY);
            }
        });
        return problems;
    }

    private static Set<String> accounts(ConfigurableEnvironment environment) {
        return Binder.get(environment).bind("relay.accounts", Bindable.mapOf(String.class, Object.class)).map(Map::keySet).orElse(Set.of());
    }

    private static boolean isForeign(ConfigurableEnvironment environment, String name, Predicate<String> own) {
        String value = environment.getProperty(name);
        return StringUtils.hasText(value) && !own.test(value.strip());
    }

    /** One whose name says so; whether it is one, the database itself remembers. */
    private static boolean isOwnDatabase(String url) {
        return url.matches("jdbc:postgresql://[^/]*/sandbox[^?]*(?:\\?.*)?");
    }

    private static Predicate<String> nothing() {
        return value -> false;
    }
}
