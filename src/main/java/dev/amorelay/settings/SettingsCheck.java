package dev.amorelay.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/**
 * Reads every setting as text before anything is started, and stops the start with the list of all that is missing or
 * impossible. It runs before Spring converts the texts, since Spring would stop at the first that does not convert.
 */
public class SettingsCheck implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static final String SANDBOX_CLASS = "dev.amorelay.sandbox.SandboxConfiguration";
    /** The sandbox sets these itself, to values that are too short for a real start. */
    private static final List<String> SANDBOX_OWN = List.of("relay.admin-password", "relay.amocrm.base-url", "relay.telegram.base-uri");

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        if (context.getEnvironment().getProperty("relay.only-read", Boolean.class, false)) {
            // a command that looks at definitions and starts nothing: it goes with every set of settings
            return;
        }
        List<String> problems = problems(context.getEnvironment());
        if (!problems.isEmpty()) {
            throw new InvalidSettings(problems);
        }
    }

    /**
     * Looks at all settings.
     *
     * @param environment where they are
     * @return one line a problem; no line holds a value
     */
    static List<String> problems(ConfigurableEnvironment environment) {
        List<String> problems = new ArrayList<>();
        boolean sandbox = environment.acceptsProfiles(Profiles.of(SandboxProfile.NAME));
        if (sandbox && !ClassUtils.isPresent(SANDBOX_CLASS, null)) {
            return List.of("AMOCRM_SUBDOMAIN is missing: this is the slim jar, which has no sandbox; the full one (mvn package) has");
        }
        if (sandbox) {
            lateAccount(environment, problems);
            problems.addAll(SandboxSettingsCheck.problems(environment));
        } else {
            missing(environment, problems);
            if (ProcessUser.isRoot() && !environment.getProperty("relay.allow-root", "false").strip().equalsIgnoreCase("true")) {
                problems.add("RELAY_ALLOW_ROOT is not set, and the relay runs as root: give it a user of its own, who needs its data folder "
                        + "only, or set RELAY_ALLOW_ROOT=true where nothing else is possible");
            }
        }
        for (Setting setting : KnownSettings.ALL) {
            String value = text(environment, setting.property());
            boolean shapeMatters = !(sandbox && SANDBOX_OWN.contains(setting.property()));
            if (StringUtils.hasText(value) && shapeMatters && !setting.possible().test(value.trim())) {
                problems.add(setting.complaint());
            }
        }
        problems.addAll(FurtherAccounts.problems(environment));
        samePort(environment, problems);
        if (!absent(environment, "relay.captcha.url") && (absent(environment, "relay.captcha.secret") || list(environment, "relay.captcha.sources").isEmpty())) {
            problems.add("RELAY_CAPTCHA_SECRET and RELAY_CAPTCHA_SOURCES belong to RELAY_CAPTCHA_URL: give the server's key, and the sources of"
                    + " leads that come from forms with the captcha");
        }
        return problems;
    }

    private static void missing(Environment environment, List<String> problems) {
        if (absent(environment, "relay.admin-password")) {
            problems.add("RELAY_ADMIN_PASSWORD is missing: choose the password of the user admin, at least "
                    + KnownSettings.SHORTEST_PASSWORD + " characters");
        }
        if (absent(environment, "relay.amocrm.access-token")) {
            missingToken(environment, problems);
        }
        if (absent(environment, "relay.amocrm.pipeline-id")) {
            problems.add("AMOCRM_PIPELINE_ID is missing: the id of the pipeline that new leads go to");
        }
        if (absent(environment, "relay.amocrm.status-id")) {
            problems.add("AMOCRM_STATUS_ID is missing: the id of the stage that new leads get");
        }
        openHooks(environment, problems);
        if (absent(environment, "relay.amocrm.subdomain") && absent(environment, "relay.amocrm.base-url")) {
            problems.add("AMOCRM_SUBDOMAIN is missing: the first word of the account's address; RELAY_PROFILE=sandbox needs none");
        }
        if (absent(environment, "relay.mail.orders-to")) {
            problems.add("MAIL_ORDERS_TO is missing: the mailbox that gets a copy of each lead");
        }
        if (absent(environment, "relay.smtp.host")) {
            problems.add("SMTP_HOST is missing: the mail server that sends a copy of each lead, localhost where one runs here");
        }
    }

    /** Hooks are unsigned: without a key and without a list of senders anybody tells the relay what happened in the CRM. */
    private static void openHooks(Environment environment, List<String> problems) {
        if (!absent(environment, "relay.webhook-key")) {
            return;
        }
        List<String> senders = list(environment, "relay.webhooks.allowed-ips");
        if (senders.isEmpty()) {
            problems.add("RELAY_WEBHOOK_KEY is missing: choose the secret last part of the webhook address, for example what openssl rand -hex 16"
                    + " prints, and subscribe that address; or name who may post in RELAY_WEBHOOK_ALLOWED_IPS");
        } else if (senders.stream().map(String::trim).anyMatch(Shapes::everybody)) {
            problems.add("RELAY_WEBHOOK_ALLOWED_IPS lets the whole world post hooks: name fewer addresses, or give RELAY_WEBHOOK_KEY");
        }
    }

    private static void missingToken(Environment environment, List<String> problems) {
        List<String> lacking = new ArrayList<>();
        for (String name : List.of("client-id", "client-secret", "redirect-uri")) {
            if (absent(environment, "relay.amocrm." + name)) {
                lacking.add("AMOCRM_" + name.toUpperCase(Locale.ROOT).replace('-', '_'));
            }
        }
        if (lacking.size() == 3) {
            problems.add("AMOCRM_ACCESS_TOKEN is missing: give the integration's long-lived token, "
                    + "or AMOCRM_CLIENT_ID, AMOCRM_CLIENT_SECRET and AMOCRM_REDIRECT_URI for OAuth");
        } else if (!lacking.isEmpty()) {
            problems.add(String.join(" and ", lacking) + (lacking.size() == 1 ? " is" : " are")
                    + " missing: OAuth needs AMOCRM_CLIENT_ID, AMOCRM_CLIENT_SECRET and AMOCRM_REDIRECT_URI, all three");
        }
    }

    /** The sandbox is chosen before files are read: an account that only a file names would be overlooked in silence. */
    private static void lateAccount(Environment environment, List<String> problems) {
        boolean named = StringUtils.hasText(environment.getProperty("AMOCRM_SUBDOMAIN"))
                || StringUtils.hasText(environment.getProperty(SandboxProfile.NAMED));
        if (!named && !absent(environment, "relay.amocrm.subdomain")) {
            problems.add("AMOCRM_SUBDOMAIN is missing: an account that is named in a configuration file only comes too late to "
                    + "leave the sandbox; name it in this variable");
        }
    }

    private static void samePort(Environment environment, List<String> problems) {
        String port = text(environment, "server.port");
        if (port != null && !port.equals("0") && port.equals(text(environment, "management.server.port"))) {
            problems.add("MANAGEMENT_PORT must be another port than SERVER_PORT");
        }
    }

    /** Comma-separated, or as several properties of a file. */
    private static List<String> list(Environment environment, String property) {
        return Binder.get(environment).bind(property, Bindable.listOf(String.class)).orElse(List.of());
    }

    private static boolean absent(Environment environment, String property) {
        return !StringUtils.hasText(text(environment, property));
    }

    /** A list in a file is several properties; those are left to Spring. */
    private static String text(Environment environment, String property) {
        return environment.getProperty(property);
    }
}
