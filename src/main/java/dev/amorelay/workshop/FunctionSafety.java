package dev.amorelay.workshop;

import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The functions of Camel's simple language that a flow may use, <code>${…}</code>, and what may follow them: properties, a few methods
 * that only read, never the way to a class, a loader or a context.
 */
final class FunctionSafety {

    private static final Set<String> FUNCTIONS = words("""
            body bodyOneLine bodyAs mandatoryBodyAs header headers variable variables exchangeProperty exception null empty val
            routeId fromRouteId routeGroup exchangeId id date date-with-timezone random uuid hash
            length size trim normalizeWhitespace uppercase lowercase capitalize concat join split substring substringBefore substringAfter
            substringBetween replace pad quote unquote safeQuote isEmpty isAlpha isAlphaNumeric isNumeric contains not iif
            abs ceil floor min max sum average range distinct reverse sort skip""");
    private static final Set<String> METHODS = words("""
            size isEmpty length get getOrDefault contains containsKey containsValue keySet values entrySet getKey getValue indexOf
            trim strip isBlank toString toLowerCase toUpperCase startsWith endsWith equals equalsIgnoreCase substring replace split
            getMessage intValue longValue""");
    private static final Pattern HEAD = Pattern.compile("[A-Za-z][A-Za-z-]*");
    private static final Pattern BEAN = Pattern.compile("bean:([\\w-]+)(?:\\?method=|\\.|::)(\\w+)(?:\\(.*\\))?", Pattern.DOTALL);
    private static final Pattern METHOD = Pattern.compile("\\.\\s*(\\w+)\\s*\\(");
    private static final Pattern BODY_AS = Pattern.compile("(?:mandatoryB|b)odyAs\\(\\s*(?:String|java\\.lang\\.String)\\s*\\)");
    /** Roads from any object to all of the virtual machine, as properties, methods or keys; and what Camel keeps in headers. */
    private static final Pattern ROAD_OUT = Pattern.compile("(?i)\\b(?:get)?(?:class|declaringclass|classloader|contextclassloader|camelcontext"
            + "|exchange|unitofwork|registry|applicationcontext|servletcontext|servletrequest|fromendpoint|protectiondomain)\\b"
            + "|camelhttpservlet|camelbean");

    private FunctionSafety() {
    }

    /** Looks at all functions of a text. */
    static void check(YamlNode node, Allowances allowed, Consumer<Finding> findings) {
        check(node.text(), node, allowed, findings);
    }

    private static void check(String text, YamlNode node, Allowances allowed, Consumer<Finding> findings) {
        int at = 0;
        while (true) {
            int brace = start(text, at);
            if (brace < 0) {
                return;
            }
            int end = end(text, brace);
            String inner = text.substring(brace, end).strip();
            if (end == text.length()) {
                findings.accept(node.finding("a function without its end: add }"));
            }
            if (inner.contains("{{")) {
                findings.accept(node.finding("no {{…}} within ${…}: what fills it could be a function of its own"));
            }
            function(inner, node, allowed, findings);
            check(inner, node, allowed, findings);
            at = end;
        }
    }

    /** @return where the next function's text begins, after <code>${</code> or <code>$simple{</code>; -1 when there is none */
    static int start(String text, int from) {
        int plain = text.indexOf("${", from);
        int named = text.indexOf("$simple{", from);
        if (plain < 0 && named < 0) {
            return -1;
        }
        return plain >= 0 && (named < 0 || plain < named) ? plain + 2 : named + "$simple{".length();
    }

    static int end(String text, int brace) {
        int depth = 1;
        for (int i = brace; i < text.length(); i++) {
            depth += text.charAt(i) == '{' ? 1 : text.charAt(i) == '}' ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        return text.length();
    }

    private static void function(String inner, YamlNode node, Allowances allowed, Consumer<Finding> findings) {
        if (inner.startsWith("bean:")) {
            Matcher bean = BEAN.matcher(inner);
            if (!bean.matches()) {
                findings.accept(node.finding("a bean is called as ${bean:name?method=what}"));
            } else if (!allowed.mayCall(bean.group(1), bean.group(2))) {
                SafetyRule.refuse(bean.group(1), bean.group(2), node, allowed, findings);
            }
            return;
        }
        // what stands between ' is text
        String code = inner.replaceAll("'[^']*'", "''");
        Matcher head = HEAD.matcher(code);
        String function = head.lookingAt() ? head.group() : "";
        if (!FUNCTIONS.contains(function) || function.endsWith("odyAs") && !BODY_AS.matcher(code).lookingAt()) {
            findings.accept(node.finding("${" + (function.isEmpty() ? "…" : function) + "} is no function that flows may use"
                    + Nearest.hint(function, FUNCTIONS, ": use one like body, header, variable, exchangeProperty or date")));
            return;
        }
        Matcher method = METHOD.matcher(code);
        while (method.find()) {
            if (!METHODS.contains(method.group(1))) {
                findings.accept(node.finding("flows may not call " + method.group(1) + "() in ${…}: call a bean with 'method:'"));
            }
        }
        Matcher road = ROAD_OUT.matcher(inner);
        if (road.find()) {
            findings.accept(node.finding("flows may not reach " + road.group() + " in ${…}"));
        }
    }

    private static Set<String> words(String text) {
        return Stream.of(text.split("\\s+")).collect(Collectors.toUnmodifiableSet());
    }
}
