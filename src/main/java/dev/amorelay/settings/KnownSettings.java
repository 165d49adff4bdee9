package dev.amorelay.settings;

import dev.amorelay.phone.Phones;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.springframework.security.web.util.matcher.IpAddressMatcher;

/** Every setting and its rule. */
final class KnownSettings {

    static final int SHORTEST_PASSWORD = PasswordRule.SHORTEST;

    private static final String DEFAULT_ACCOUNT = "relay.amocrm.";
    private static final Predicate<String> KEY = Shapes.matching("[A-Za-z0-9_-]{8,}");
    private static final String KEY_RULE = "at least 8 letters, digits, - or _, since it is a part of an address";

    private static final String RATE_RULE = "like 200/1m, or none";

    private static final List<Setting> OTHERS = List.of(
            new Setting("AMOCRM_SUBDOMAIN", "relay.amocrm.subdomain", Shapes.matching("[a-z0-9-]+"),
                    "the first word of the account's address, like example for example.amocrm.ru"),
            new Setting("AMOCRM_BASE_URL", "relay.amocrm.base-url", Shapes::secureWeb,
                    "an address like https://example.amocrm.ru, without a slash at the end; http:// for this machine only"),
            new Setting("AMOCRM_ACCESS_TOKEN", "relay.amocrm.access-token", Shapes.matching("[^\\s\"'`«»]+"),
                    "the long-lived token from the integration's page, in one piece, without Bearer before it and without quotes"),
            new Setting("AMOCRM_REDIRECT_URI", "relay.amocrm.redirect-uri", Shapes::redirect,
                    "the redirect address of the integration, byte for byte as in its settings: https, or http for this machine only"),
            new Setting("AMOCRM_CLIENT_ID", "relay.amocrm.client-id", Shapes.matching("[A-Za-z0-9-]+"),
                    "the id of the integration, like 00000000-0000-4000-8000-000000000001"),
            new Setting("AMOCRM_CLIENT_SECRET", "relay.amocrm.client-secret", Shapes.matching("\\S+"),
                    "the secret key of the integration, in one piece"),
            new Setting("AMOCRM_RATE_LIMITS", "relay.amocrm.rate-limits",
                    Shapes.matching("[1-9]\\d{0,5}/\\d{0,3}[smh](,[1-9]\\d{0,5}/\\d{0,3}[smh])*"), "like 7/1s,250/1m,7000/1h"),
            new Setting("AMOCRM_READ_BATCH", "relay.amocrm.read-batch", Shapes.matching("[1-9]\\d?|1\\d\\d|2[0-4]\\d|250"),
                    "a number from 1 to 250"),
            new Setting("AMOCRM_DEAL_METADATA", "relay.amocrm.deal-metadata", MetadataMappings::understands,
                    "a list of names and ids of lead fields, like rentprog_booking_id:712700,rentprog_car_id:712701, no name twice"),
            new Setting("RELAY_MAINTENANCE_STEPS", "relay.maintenance.steps", Shapes.listOf(Shapes.matching("\\d{1,3}")),
                    "a list of days before the maintenance, like 30 or 30,7,1"),
            new Setting("RELAY_MAINTENANCE_HOURS", "relay.maintenance.hours", MaintenanceSettings.Hours::understands,
                    "the hours of a day, the earlier one first, like 9-21, or 0-24 for all of it"),
            new Setting("RELAY_TIME_ZONE", "relay.time-zone", ZoneId.getAvailableZoneIds()::contains,
                    "the name of a time zone, like Europe/Moscow or Asia/Vladivostok"),
            new Setting("RELAY_FILL_CONTACTS", "relay.fill-contacts", Shapes::flag, "true or false"),
            new Setting("RELAY_PHONE_REGION", "relay.phone-region", Phones::isRegion,
                    "two capital letters of a country with a numbering plan, like RU or KZ"),
            new Setting("RELAY_PUBLIC_URL", "relay.public-url", Shapes::web,
                    "an address like https://relay.example.com, without a slash at the end"),
            new Setting("RELAY_RECONCILE_DAYS", "relay.reconciliation.days", Shapes.matching("[1-9]\\d?|[12]\\d\\d|3[0-5]\\d|36[0-5]"),
                    "a number of days from 1 to 365"),
            new Setting("RELAY_RETENTION_DAYS", "relay.retention-days", Shapes.matching("[1-9]\\d{0,3}"), "a number of days, at least 1"),
            new Setting("DATABASE_URL", "spring.datasource.url", Shapes::jdbc,
                    "like jdbc:postgresql://host:5432/database, or absent for the database inside"),
            new Setting("RELAY_DATA_DIR", "relay.data-dir", KnownSettings::possibleFolder, "a folder, not a file"),
            new Setting("RELAY_ROUTES_DIR", "relay.routes-dir", KnownSettings::folder, "an existing folder with *.camel.yaml files"),
            new Setting("RELAY_ROUTES_LIVE", "relay.routes.live", Shapes::flag, "true or false"),
            new Setting("RELAY_ROUTES_TESTS", "relay.routes.tests", Shapes::flag, "true or false"),
            new Setting("RELAY_ROUTES_COMPONENTS", "relay.routes.components", Shapes.listOf(Shapes.matching("[a-z][a-z0-9-]*")),
                    "a list of Camel's components, like seda,ftp"),
            new Setting("RELAY_ROUTES_HOSTS", "relay.routes.hosts", Shapes.listOf(Shapes.matching("[A-Za-z0-9.-]+(:\\d{1,5})?")),
                    "a list of hosts, like api.example.com,erp.example.com:8443"),
            new Setting("RELAY_ROUTES_FILES", "relay.routes.files", KnownSettings::possibleFolder, "a folder, not a file"),
            new Setting("RELAY_TOKEN_KEYS", "relay.token-keys", Shapes.listOf(Shapes.matching("[A-Za-z0-9+/=_-]{32,}")),
                    "a list of keys of at least 32 letters and digits each, the newest first, like those of openssl rand -hex 32"),
            new Setting("RELAY_PROFILE", "RELAY_PROFILE", Shapes.matching("sandbox|live"), "sandbox or live; absent = live with an account, else sandbox"),
            new Setting("RELAY_ALLOW_ROOT", "relay.allow-root", Shapes::flag, "true or false"),
            new Setting("RELAY_ADMIN_PASSWORD", "relay.admin-password", KnownSettings::password,
                    "at least " + SHORTEST_PASSWORD + " characters, 72 bytes at most, and none that is easily guessed, the sandbox's among them:"
                            + " take some random words, or what openssl rand -base64 18 prints"),
            new Setting("RELAY_WEBHOOK_KEY", "relay.webhook-key", KEY, KEY_RULE),
            new Setting("RELAY_TRUSTED_PROXIES", "relay.trusted-proxies", Shapes.listOf(TrustedProxies::understands),
                    "a list of addresses and IPv4 networks, like 10.0.0.5,172.16.0.0/12"),
            new Setting("RELAY_WEBHOOK_ALLOWED_IPS", "relay.webhooks.allowed-ips", Shapes.listOf(KnownSettings::addresses),
                    "a list of addresses and networks, like 203.0.113.7,198.51.100.0/24"),
            new Setting("RELAY_CORS_ORIGINS", "relay.ingest.cors-origins", Shapes.listOf(Shapes::origin),
                    "a list of sites, like https://example.com,https://www.example.com"),
            new Setting("RELAY_INGEST_PER_ADDRESS", "relay.ingest-limits.per-address", IngestLimits::understands, RATE_RULE),
            new Setting("RELAY_INGEST_PER_PERSON", "relay.ingest-limits.per-person", IngestLimits::understands, RATE_RULE),
            new Setting("RELAY_INGEST_IN_ALL", "relay.ingest-limits.in-all", IngestLimits::understands, RATE_RULE),
            new Setting("RELAY_INGEST_HONEYPOT", "relay.ingest-limits.honeypot", Shapes.listOf(Shapes.matching("[^\\s,]{1,60}")),
                    "a list of field names, like website2,fax_number"),
            new Setting("RELAY_CAPTCHA_URL", "relay.captcha.url", Shapes::secureWebWithPath,
                    "where tokens are verified, https://smartcaptcha.yandexcloud.net/validate or https://challenges.cloudflare.com/turnstile/v0/siteverify;"
                            + " http:// for this machine only"),
            new Setting("RELAY_CAPTCHA_SECRET", "relay.captcha.secret", Shapes.matching("\\S+"), "the server's key of the captcha, in one piece"),
            new Setting("MAIL_ORDERS_TO", "relay.mail.orders-to", Shapes::mail, "a mail address"),
            new Setting("MAIL_FROM", "relay.mail.from", Shapes::mail, "a mail address"),
            new Setting("SMTP_HOST", "relay.smtp.host", Shapes.matching("[A-Za-z0-9.:_-]+"), "the name of a mail server"),
            new Setting("SMTP_PORT", "relay.smtp.port", Shapes::port, "a port number"),
            new Setting("SMTP_TLS", "relay.smtp.tls", Shapes.matching("required|optional"), "required or optional"),
            new Setting("TELEGRAM_BOT_TOKEN", "relay.telegram.bot-token", Shapes.matching("\\d+:[A-Za-z0-9_-]+"),
                    "the token BotFather gave: digits, a colon, letters"),
            new Setting("TELEGRAM_BASE_URI", "relay.telegram.base-uri", Shapes::secureWeb,
                    "an address like https://api.telegram.org, without a slash at the end; http:// for this machine only"),
            new Setting("TELEGRAM_PROXY", "relay.telegram.proxy", Shapes::proxy,
                    "like http://host:3128 or socks5://user:password@host:1080; what is no letter or digit in user and password as %40 for @"),
            new Setting("TELEGRAM_MINI_APP_URL", "relay.park.mini-app-url", Shapes::web,
                    "the Mini App's link in Telegram, like https://t.me/example_bot/park, without a slash at the end"),
            new Setting("RELAY_PARK_REQUESTS_PER_MINUTE", "relay.park.requests-per-minute", Shapes.matching("[1-9]\\d{0,5}"),
                    "a number of requests, at least 1"),
            new Setting("RELAY_REQUESTS_PER_MINUTE", "relay.doors.requests-per-minute", Shapes.matching("[1-9]\\d{0,6}"),
                    "a number of requests, at least 1"),
            new Setting("RELAY_CONNECTIONS_PER_ADDRESS", "relay.doors.connections-per-address", Shapes.matching("[1-9]\\d{1,4}"),
                    "a number of connections, at least 10"),
            new Setting("RELAY_INVITATION_DAYS", "relay.park.invitation-days", Shapes.matching("[1-9]\\d{0,2}"),
                    "a number of days from 1 to 999"),
            new Setting("SERVER_PORT", "server.port", Shapes::port, "a port number"),
            new Setting("MANAGEMENT_PORT", "management.server.port", Shapes::port, "a port number"));

    private static final List<String> IDS = List.of("pipeline-id", "status-id", "responsible-user-id", "status-success",
            "pipeline-parts-id", "field.serial-id", "field.model-id", "field.telegram-id", "field.configuration-id",
            "field.next-maintenance-id", "field.inn-id", "field.lead-uuid-id",
            "service.pipeline-id", "service.status-taken-id", "service.status-done-id");

    /** All of them, in the order in which complaints are printed. */
    static final List<Setting> ALL = Stream.concat(OTHERS.stream(), IDS.stream().map(KnownSettings::id)).toList();

    /** Those of each further account, their properties without its name; not in {@link #ALL}. */
    static final List<Setting> OF_AN_ACCOUNT = Stream.concat(
            ALL.stream().filter(setting -> setting.property().startsWith(DEFAULT_ACCOUNT) && !setting.variable().equals("AMOCRM_READ_BATCH"))
                    .map(setting -> new Setting(setting.variable(), setting.property().substring(DEFAULT_ACCOUNT.length()),
                            setting.possible(), setting.rule())),
            Stream.of(new Setting("ID", "id", Shapes::id, "a number above 0, the id amoCRM shows"),
                    new Setting("WEBHOOK_KEY", "webhook-key", KEY, KEY_RULE))).toList();

    private KnownSettings() {
    }

    private static Setting id(String name) {
        String variable = "AMOCRM_" + name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
        return new Setting(variable, "relay.amocrm." + name, Shapes::id, "a number above 0, the id amoCRM shows");
    }

    private static boolean password(String value) {
        return PasswordRule.weakness(value).isEmpty();
    }

    private static boolean addresses(String entry) {
        try {
            new IpAddressMatcher(entry);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean folder(String value) {
        return path(value, Files::isDirectory);
    }

    private static boolean possibleFolder(String value) {
        return path(value, path -> Files.isDirectory(path) || !Files.exists(path));
    }

    private static boolean path(String value, Predicate<Path> good) {
        try {
            return good.test(Path.of(value));
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
