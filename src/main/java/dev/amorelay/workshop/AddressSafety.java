package dev.amorelay.workshop;

import dev.amorelay.doors.DoorAccess;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The components that flows may use, how far each of them reaches, and the options that keep it there. */
class AddressSafety {

    private static final Map<String, Set<String>> OPTIONS = Map.ofEntries(
            Map.entry("direct", Set.of("block", "failIfNoConsumers", "timeout", "synchronous")),
            Map.entry("log", Set.of("level", "marker", "plain", "multiline", "maxChars", "showBody", "showBodyType", "showHeaders", "showProperties",
                    "showVariables", "groupSize", "groupInterval", "groupDelay")),
            Map.entry("platform-http", Set.of("httpMethodRestrict", "matchOnUriPrefix", "consumes", "produces", "muteException", "returnHttpRequestHeaders",
                    DoorAccess.ACCESS, DoorAccess.KEY_HASH, DoorAccess.HEADERS)),
            Map.entry("quartz", Set.of("cron", "stateful", "durableJob", "recoverableJob", "deleteJob", "pauseJob", "fireNow", "triggerStartDelay",
                    "trigger.timeZone", "trigger.repeatCount", "trigger.repeatInterval", "trigger.misfireInstruction")),
            Map.entry("timer", Set.of("delay", "period", "repeatCount", "fixedRate", "includeMetadata", "time", "pattern")),
            Map.entry("sql", Set.of("dataSource", "outputType", "outputHeader", "batch", "noop", "separator", "allowNamedParameters", "alwaysPopulateStatement")),
            Map.entry("smtp", Set.of("javaMailSender", "from", "to", "cc", "bcc", "replyTo", "subject", "contentType")),
            Map.entry("telegram", Set.of("chatId")),
            Map.entry("freemarker", Set.of()),
            Map.entry("https", Set.of("bridgeEndpoint", "httpMethod", "connectTimeout", "responseTimeout", "throwExceptionOnFailure", "okStatusCodeRange",
                    "copyHeaders", "skipRequestHeaders", "skipResponseHeaders", "disableStreamCache")),
            Map.entry("file", Set.of("fileName", "charset", "fileExist", "appendChars", "delete", "noop", "include", "exclude", "recursive", "delay",
                    "initialDelay", "maxMessagesPerPoll", "readLock", "idempotent")));
    /** Their options are those of connectors and of work, which other rules know. */
    private static final Set<String> WITHIN = Set.of("kamelet", "inbox", "outbox");
    /** Only these may have an address that is made when a message comes by: they go to other flows. */
    private static final Set<String> TO_FLOWS = Set.of("direct", "kamelet");
    private static final Set<String> NAMED_BY_PARAMETERS = Set.of("direct", "kamelet", "inbox", "outbox", "log", "timer", "quartz", "platform-http", "bean");
    private static final Pattern STATEMENT = Pattern.compile("classpath:sql/([a-z][a-z0-9-]*/[a-z][a-z0-9-]*\\.sql)");
    private static final Pattern HOST = Pattern.compile("([^/?#@\\\\]+)(?:/|$)");
    /** What stands behind it would become a function with it. */
    private static final Pattern OPEN_END = Pattern.compile("\\$[a-z]*$");

    private final Allowances allowed;

    AddressSafety(Allowances allowed) {
        this.allowed = allowed;
    }

    void check(Address address, Consumer<Finding> findings) {
        String scheme = address.scheme();
        if (isOpen(scheme)) {
            refuse(address, "the component of an address is written out: begin with a word like direct: or kamelet:", findings);
            return;
        }
        boolean opened = allowed.components().contains(scheme.toLowerCase(Locale.ROOT));
        if (!opened && !OPTIONS.containsKey(scheme) && !WITHIN.contains(scheme) && !scheme.equals("bean")) {
            Set<String> there = new TreeSet<>(OPTIONS.keySet());
            there.addAll(WITHIN);
            refuse(address, "component " + scheme + " is not among what flows may use" + Nearest.hint(scheme, there,
                    ": use one of " + String.join(", ", there) + ", or open it with RELAY_ROUTES_COMPONENTS"), findings);
            return;
        }
        if (address.role().equals("toD") && !TO_FLOWS.contains(scheme) && isOpen(address.place().text())) {
            refuse(address, "an address that is made of a message may go to other flows only, direct: or kamelet:", findings);
        }
        if (isOpen(address.path()) && !NAMED_BY_PARAMETERS.contains(scheme)) {
            refuse(address, "what follows " + scheme + ": is written out: no ${…} and no {{…}} in it", findings);
            return;
        }
        if (address.place().text().contains("language:")) {
            refuse(address, "an address is written out, without a language", findings);
        }
        if (opened) {
            return;
        }
        options(address, findings);
        switch (scheme) {
            case "sql" -> statement(address, findings);
            case "smtp" -> only(address, "javaMailSender", "#mailSender", "mail goes out by the relay's own mail server", findings);
            case "https" -> host(address, findings);
            case "file" -> folder(address, findings);
            case "bean" -> bean(address, findings);
            case "freemarker" -> {
                if (!DataRule.TEXT.matcher(address.path()).matches()) {
                    refuse(address, "a text is written from a file of this folder, like freemarker:lead/mail-copy.ftl", findings);
                }
            }
            case "telegram" -> {
                if (address.isEntry() || !address.path().equals("bots")) {
                    refuse(address, "the relay's bot sends as telegram:bots, and its updates are read elsewhere", findings);
                }
            }
            default -> {
                // goes to other flows, or to clocks and doors, which have options only
            }
        }
    }

    private void options(Address address, Consumer<Finding> findings) {
        Set<String> seen = new HashSet<>();
        given(address).forEach(option -> {
            String name = option.split("=", 2)[0];
            if (!seen.add(name)) {
                findings.accept(address.place().finding("option " + name + " is given twice: take one of both out"));
            }
            reference(option.substring(Math.min(option.length(), name.length() + 1)), address.place(), findings);
        });
        address.options().forEach((option, place) -> {
            if (place != address.place() && seen.contains(option)) {
                findings.accept(place.finding("option " + option + " is given twice: take one of both out"));
            }
            if (address.is("kamelet") && place != address.place() && OPEN_END.matcher(place.text()).find()) {
                findings.accept(place.finding("a value may not end with $"));
            }
        });
        Set<String> there = OPTIONS.get(address.scheme());
        if (there != null) {
            address.options().forEach((option, place) -> {
                if (!there.contains(option)) {
                    findings.accept(place.finding("flows may not set option " + option + " of " + address.scheme() + ": they may set "
                            + String.join(", ", new TreeSet<>(there))));
                }
            });
        } else if (address.is("kamelet") && address.options().containsKey("location")) {
            findings.accept(address.options().get("location").finding("connectors come from kamelets/ only: take the option location out"));
        }
    }

    /** @return the options in the address itself, as they stand there */
    private static List<String> given(Address address) {
        String text = address.place().text();
        int question = text.indexOf('?');
        return question < 0 ? List.of() : List.of(text.substring(question + 1).split("&"));
    }

    /** An object of the registry, or of any class, also where its sign is percent-encoded. */
    private void reference(String raw, YamlNode place, Consumer<Finding> findings) {
        String value = raw.replaceFirst("^RAW[({]", "").replaceFirst("(?i)^%23", "#");
        if (value.startsWith("#") && !allowed.mayName(value.replaceFirst("^#(bean:)?", ""))) {
            findings.accept(place.finding("flows may not name " + value + ": " + Allowances.LIST + " lists what they may name"));
        }
    }

    private static void only(Address address, String option, String value, String why, Consumer<Finding> findings) {
        if (!address.option(option).equals(value)) {
            findings.accept(address.options().getOrDefault(option, address.place()).finding(why + ": set " + option + " to '" + value + "'"));
        }
    }

    /** What stands in the relay's tables is changed by statements that were reviewed with the relay. */
    private void statement(Address address, Consumer<Finding> findings) {
        Matcher statement = STATEMENT.matcher(address.path());
        String file = address.item().file();
        if (!statement.matches() || address.isEntry()) {
            refuse(address, "flows run statements of src/main/resources/sql only, as sql:classpath:sql/…/….sql: put it there", findings);
        } else if (!allowed.mayRun(file, statement.group(1))) {
            Set<String> given = allowed.statements().getOrDefault(file, Set.of());
            refuse(address, "this file is not given the statement " + statement.group(1) + ": " + Allowances.STATEMENTS + " says which statements a file runs, "
                    + (given.isEmpty() ? "this one none" : "this one " + String.join(", ", given)), findings);
        } else if (address.options().containsKey("dataSource")) {
            only(address, "dataSource", "#doorDataSource", "statements run in the relay's own database", findings);
        }
    }

    private void host(Address address, Consumer<Finding> findings) {
        Matcher host = HOST.matcher(address.path());
        if (!host.lookingAt() || !allowed.hosts().contains(host.group(1).toLowerCase(Locale.ROOT))) {
            refuse(address, "flows call no host that RELAY_ROUTES_HOSTS does not list", findings);
        }
        only(address, "bridgeEndpoint", "true", "a header of the message must not replace the address", findings);
    }

    private void folder(Address address, Consumer<Finding> findings) {
        try {
            Path path = Path.of(address.path()).toAbsolutePath().normalize();
            if (allowed.files().isEmpty() || !path.startsWith(allowed.files().get().toAbsolutePath().normalize())) {
                refuse(address, "flows read and write files below RELAY_ROUTES_FILES only"
                        + (allowed.files().isEmpty() ? ", which is not set" : ""), findings);
            }
        } catch (InvalidPathException e) {
            refuse(address, "no folder can have this name", findings);
        }
        String name = address.option("fileName");
        String plain = name.replaceFirst("^RAW[({]", "").replaceAll("(?i)%2e", ".").replaceAll("(?i)%2f", "/").replaceAll("(?i)%5c", "/").replace('\\', '/');
        if (plain.contains("..") || plain.startsWith("/")) {
            // Camel keeps to the folder where it writes, and not where it reads
            findings.accept(address.options().get("fileName").finding("a file's name does not lead out of its folder: take '..' and a '/' at its"
                    + " beginning out"));
        } else if (isOpen(plain) && !address.role().equals("to")) {
            findings.accept(address.options().get("fileName").finding("the name of a file that is read is written out: no ${…} and no {{…}} in it"));
        }
    }

    private void bean(Address address, Consumer<Finding> findings) {
        String method = address.option("method").replaceFirst("(?s)^(\\w+)(?:\\(.*\\))?$", "$1");
        if (!allowed.mayCall(address.path(), method)) {
            SafetyRule.refuse(address.path(), method, address.place(), allowed, findings);
        }
    }

    private static boolean isOpen(String text) {
        return text.contains("$simple{") || text.contains("${") || text.contains("{{");
    }

    private static void refuse(Address address, String why, Consumer<Finding> findings) {
        findings.accept(address.place().finding(why));
    }
}
