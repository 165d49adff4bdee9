package dev.amorelay.workshop;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.springframework.util.ClassUtils;

/**
 * Flows do what is on a list and nothing else: known steps, languages, components, beans and functions, no secrets among what they
 * read. Whoever may edit a text of a flow must not thereby run programs, read files, call strangers or read a token. Needs neither
 * beans nor a class path, so that a start can ask it before Camel loads the first route.
 */
class SafetyRule implements Rule {

    private static final Set<String> WORDS_FOR_PEOPLE = Set.of("description", "note", "id", "group");
    private static final Set<String> TEXTS = Set.of("expression", "simple", "constant", "message", "pattern", "excludePattern", "delimiter", "token",
            "regex", "jq");
    private static final Set<String> BEAN_CALLS = Set.of("bean", "method");
    private static final Set<String> TYPES = Set.of("String", "java.lang.String", "byte[]", "int", "Integer", "java.lang.Integer", "long", "Long",
            "java.lang.Long", "boolean", "Boolean", "java.lang.Boolean", "double", "Double", "java.lang.Double", "java.util.List", "java.util.Map",
            "java.math.BigDecimal", "java.io.InputStream");
    private static final Pattern STRATEGY = Pattern.compile("#class:org\\.apache\\.camel\\.processor\\.aggregate\\.\\w+");
    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z][\\w.-]*");
    /** Camel's own headers steer components: the statement of sql, the address of http, the method of bean. */
    private static final Set<String> STEERING = Set.of("camelhttpresponsecode", "camelhttpmethod", "camelhttpquery", "cameltelegramchatid",
            "camelcharsetname");
    private static final Pattern JQ_OUTSIDE = Pattern.compile("\\$ENV\\b|\\$__prog|\\b(?:env|import|include|input|inputs|input_filename|modulemeta|debug|stderr)\\b");

    private final Allowances allowed;
    private final AddressSafety addresses;
    private final PlaceholderSafety placeholders;

    /** @param surroundings tells properties and what is allowed */
    SafetyRule(Surroundings surroundings) {
        this.allowed = surroundings.allowances();
        this.addresses = new AddressSafety(allowed);
        this.placeholders = new PlaceholderSafety();
    }

    @Override
    public void check(Flows flows, Consumer<Finding> findings) {
        for (FlowItem item : flows.items()) {
            placeholders.check(item, findings);
            BoundSafety.check(item, findings);
            if (item.is(FlowItem.KAMELET)) {
                kamelet(item, findings);
            } else if (item.is(FlowItem.ROUTE) || item.is(FlowItem.POLICY)) {
                words(item.body(), item.kind(), findings);
            } else {
                findings.accept(item.body().finding("'" + item.kind() + "' is not among what flows may use: begin with '- route:'"));
            }
            Address.in(item).forEach(address -> addresses.check(address, findings));
        }
    }

    private void kamelet(FlowItem item, Consumer<Finding> findings) {
        item.body().get("spec").ifPresent(spec -> spec.entries().forEach(entry -> {
            if (entry.name().equals("template")) {
                words(entry.value(), "template", findings);
            } else if (!entry.name().equals("definition")) {
                findings.accept(entry.key().finding("'" + entry.name() + "' does not belong into a connector here: leave definition and template"));
            }
        }));
    }

    private void words(YamlNode node, String parent, Consumer<Finding> findings) {
        node.items().forEach(item -> word(parent, item, parent, findings));
        Set<String> seen = new HashSet<>();
        for (YamlNode.Entry entry : node.entries()) {
            String name = entry.name();
            if (!seen.add(name)) {
                // a reader may take the first of them, and Camel the last
                findings.accept(entry.key().finding("'" + name + "' stands here twice: take one of both out"));
            }
            if (parent.equals("parameters")) {
                // names of options, which belong to the component
                word("", entry.value(), "option", findings);
            } else if (!AllowedWords.has(name)) {
                findings.accept(entry.key().finding("'" + name + "' is not among what flows may use"
                        + Nearest.hint(name, AllowedWords.all(), ": docs/live-editing.md lists it; what needs code is a bean")));
            } else {
                word(name, entry.value(), parent, findings);
            }
        }
    }

    private void word(String name, YamlNode value, String parent, Consumer<Finding> findings) {
        if (!value.isText()) {
            if (BEAN_CALLS.contains(name)) {
                call(value, findings);
            } else if (name.equals("ref")) {
                findings.accept(value.finding("'ref' as an expression is not among what flows may use: call a bean with 'method:'"));
            }
            words(value, name, findings);
            return;
        }
        String text = value.text();
        if (WORDS_FOR_PEOPLE.contains(name)) {
            return;
        }
        if (text.startsWith("resource:")) {
            findings.accept(value.finding("an expression is not read from elsewhere: write it here"));
        }
        if (text.startsWith("#") && !TEXTS.contains(name) && !STRATEGY.matcher(text).matches() && !allowed.mayName(text.replaceFirst("^#(bean:)?", ""))) {
            findings.accept(value.finding("flows may not name " + text + ": " + Allowances.LIST + " lists what they may name"));
        }
        part(name, value, parent, findings);
        FunctionSafety.check(value, allowed, findings);
    }

    private void part(String name, YamlNode value, String parent, Consumer<Finding> findings) {
        String text = value.text();
        switch (name) {
            case "ref" -> {
                if (!BEAN_CALLS.contains(parent)) {
                    findings.accept(value.finding("'ref' is for 'bean:' and 'method:': leave it out here"));
                }
            }
            case "bean", "method" -> {
                if (!BEAN_CALLS.contains(parent)) {
                    findings.accept(value.finding("a bean is called with 'ref:' and 'method:' below '" + name + ":'"));
                }
            }
            case "type", "resultType" -> {
                if (!TYPES.contains(text)) {
                    findings.accept(value.finding("flows may not name the type " + text + ": use one like String, byte[], Long or java.util.Map"));
                }
            }
            case "exception", "exceptionType" -> exception(value, findings);
            case "name" -> name(value, parent, findings);
            // header:CamelSqlQuery is a variable, too
            case "variableReceive", "variableSend" -> plain(value, findings);
            default -> {
                if (JQ_OUTSIDE.matcher(text).find() && (name.equals("jq") || name.equals("expression") && parent.equals("jq"))) {
                    findings.accept(value.finding("jq reads the message only: take env, $ENV, import and input out"));
                }
            }
        }
    }

    private static boolean plain(YamlNode value, Consumer<Finding> findings) {
        boolean plain = PLAIN_NAME.matcher(value.text()).matches();
        if (!plain) {
            findings.accept(value.finding("a plain name is wanted here, of letters, digits, '.', '-' and '_'"));
        }
        return plain;
    }

    private static void name(YamlNode value, String parent, Consumer<Finding> findings) {
        String name = value.text();
        if (plain(value, findings) && name.toLowerCase(Locale.ROOT).startsWith("camel") && !parent.startsWith("remove")
                && !STEERING.contains(name.toLowerCase(Locale.ROOT))) {
            findings.accept(value.finding(name + " steers Camel itself: flows may set " + String.join(", ",
                    "CamelHttpResponseCode", "CamelHttpMethod", "CamelHttpQuery", "CamelTelegramChatId")));
        }
    }

    private void call(YamlNode step, Consumer<Finding> findings) {
        YamlNode ref = step.get("ref").orElse(step);
        String bean = step.text("ref");
        String method = step.text("method").replaceFirst("(?s)^(\\w+)(?:\\s*\\(.*\\))?$", "$1");
        if (!bean.isEmpty() && !allowed.mayCall(bean, method)) {
            refuse(bean, method, ref, allowed, findings);
        }
    }

    /** Says what may be called in place of it. */
    static void refuse(String bean, String method, YamlNode place, Allowances allowed, Consumer<Finding> findings) {
        Set<String> methods = allowed.beans().getOrDefault(bean, Set.of());
        findings.accept(place.finding(methods.isEmpty() ? "flows may not call bean " + bean + ": " + Allowances.LIST + " lists those that they may call"
                : "flows may not call " + bean + "." + method + ": they may call " + String.join(", ", methods) + " of it"));
    }

    private static void exception(YamlNode type, Consumer<Finding> findings) {
        ClassLoader loader = SafetyRule.class.getClassLoader();
        if (ClassUtils.isPresent(type.text(), loader) && !Throwable.class.isAssignableFrom(ClassUtils.resolveClassName(type.text(), loader))) {
            findings.accept(type.finding(type.text() + " is no exception: name one, like java.lang.Exception"));
        }
    }
}
