package dev.amorelay.workshop;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.doors.DoorAccess;
import dev.amorelay.json.Json;
import dev.amorelay.work.WorkEndpoint;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.catalog.EndpointValidationResult;
import org.apache.camel.catalog.impl.DefaultRuntimeCamelCatalog;
import org.springframework.beans.BeanUtils;
import org.springframework.util.StringUtils;

/** What the components on the class path take, by the descriptions that they bring along. */
class EndpointOptions implements AutoCloseable {

    /** Components that an engineer may have meant. */
    private static final Set<String> USUAL = Set.of("direct", "kamelet", "platform-http", "quartz", "timer", "sql", "smtp", "telegram",
            "http", "https", "log", "bean", "seda", "mock", "outbox", "inbox", "freemarker");

    private final DefaultRuntimeCamelCatalog catalog = new DefaultRuntimeCamelCatalog();
    private final Surroundings surroundings;
    private final Map<String, Boolean> known = new HashMap<>();

    /**
     * @param camel knows the class path; need not be started
     * @param surroundings knows the options that are set for a component as a whole
     */
    EndpointOptions(CamelContext camel, Surroundings surroundings) {
        this.surroundings = surroundings;
        catalog.setCamelContext(camel);
        catalog.start();
    }

    boolean knows(String scheme) {
        return known.computeIfAbsent(scheme, name -> catalog.componentJSonSchema(name) != null);
    }

    Set<String> schemes() {
        return USUAL;
    }

    /** Looks at the options of an address whose component is known. */
    void check(Address address, Consumer<Finding> findings) {
        EndpointValidationResult result = catalog.validateEndpointProperties(plain(address), false, address.isEntry(),
                !address.isEntry() && !address.role().equals("poll"));
        if (result.getUnknown() != null) {
            Set<String> there = optionsOf(address.scheme());
            // what a flow says of its own door is not Camel's
            result.getUnknown().stream().filter(option -> !address.is("platform-http") || !DoorAccess.OPTIONS.contains(option))
                    .forEach(option -> unknown(address, option, there, findings));
        }
        if (result.getRequired() != null) {
            result.getRequired().stream().filter(option -> !isSetForAll(address.scheme(), option)).forEach(option -> findings.accept(address.place().finding(
                    address.scheme() + " needs " + option + ": give it in the address, or under 'parameters:'")));
        }
        tell(address, result.getNotConsumerOnly(), "is for sending only: take it out", findings);
        tell(address, result.getNotProducerOnly(), "is for receiving only: take it out", findings);
        if (result.getInvalidEnum() != null) {
            result.getInvalidEnum().forEach((option, value) -> tell(address, Set.of(option), "cannot be '" + value + "': use one of "
                    + String.join(", ", result.getInvalidEnumChoices() == null || result.getInvalidEnumChoices().get(option) == null
                    ? new String[] {"those of the component's page"} : result.getInvalidEnumChoices().get(option)), findings));
        }
        wrong(address, result.getInvalidBoolean(), "true or false", findings);
        wrong(address, result.getInvalidInteger(), "a whole number", findings);
        wrong(address, result.getInvalidNumber(), "a number", findings);
        wrong(address, result.getInvalidDuration(), "a duration, like 500 or 5s", findings);
    }

    /** Looks at the options of an address of the inbox or the outbox. */
    void ofWork(Address address, Consumer<Finding> findings) {
        Map<String, Class<?>> there = Arrays.stream(BeanUtils.getPropertyDescriptors(WorkEndpoint.class))
                .filter(property -> property.getWriteMethod() != null && property.getWriteMethod().getDeclaringClass() == WorkEndpoint.class)
                .collect(Collectors.toMap(property -> property.getName(), property -> property.getPropertyType()));
        if (!address.isEntry()) {
            findings.accept(address.place().finding("nothing is sent to " + address.scheme()
                    + ": work is owed by the commit that causes it, with Outbox.owe or in SQL"));
        }
        if (!StringUtils.hasText(address.path())) {
            findings.accept(address.place().finding(address.scheme() + " needs a kind, like outbox:crm.lead"));
        }
        address.options().keySet().forEach(option -> {
            String value = address.option(option);
            if (!there.containsKey(option)) {
                unknown(address, option, new TreeSet<>(there.keySet()), findings);
            } else if (there.get(option) != String.class && !value.startsWith("{{") && !value.matches(there.get(option) == boolean.class ? "true|false" : "\\d+")) {
                tell(address, Set.of(option), "cannot be '" + value + "': use "
                        + (there.get(option) == boolean.class ? "true or false" : "a whole number"), findings);
            }
        });
    }

    /** As {@code camel.component.telegram.authorization-token}. */
    private boolean isSetForAll(String scheme, String option) {
        String property = "camel.component." + scheme + "." + option.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
        return surroundings.property(property).isPresent();
    }

    private static void unknown(Address address, String option, Set<String> there, Consumer<Finding> findings) {
        tell(address, Set.of(option), "is no option of " + address.scheme()
                + Nearest.hint(option, there, there.size() > 12 ? ": see the component's page" : ": it takes " + String.join(", ", there)), findings);
    }

    private static void wrong(Address address, Map<String, String> options, String right, Consumer<Finding> findings) {
        if (options != null) {
            options.forEach((option, value) -> tell(address, Set.of(option), "cannot be '" + value + "': use " + right, findings));
        }
    }

    private static void tell(Address address, Set<String> options, String what, Consumer<Finding> findings) {
        if (options != null) {
            options.forEach(option -> findings.accept(address.options().getOrDefault(option, address.place()).finding("option " + option + " " + what)));
        }
    }

    private Set<String> optionsOf(String scheme) {
        Set<String> names = new TreeSet<>();
        JsonNode component = Json.read(catalog.componentJSonSchema(scheme));
        component.path("properties").fieldNames().forEachRemaining(names::add);
        if (scheme.equals("platform-http")) {
            names.addAll(DoorAccess.OPTIONS);
        }
        return names;
    }

    /** What is known only later stands as a placeholder, which the catalog lets pass. */
    private static String plain(Address address) {
        StringBuilder uri = new StringBuilder(address.scheme()).append(':').append(address.path().contains("${") ? "{{later}}" : address.path());
        char sign = '?';
        for (String option : address.options().keySet()) {
            String value = address.option(option);
            String safe = value.contains("${") || value.contains("{{") ? "{{later}}" : URLEncoder.encode(value, StandardCharsets.UTF_8);
            uri.append(sign).append(option).append('=').append(safe);
            sign = '&';
        }
        return uri.toString();
    }

    @Override
    public void close() {
        catalog.stop();
    }
}
