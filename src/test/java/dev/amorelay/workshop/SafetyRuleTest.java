package dev.amorelay.workshop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a flow may do is a list; everything else is told with its place, whatever way it takes. */
class SafetyRuleTest {

    private static List<String> found(Map<String, String> files) {
        Set<Finding> findings = new TreeSet<>();
        Flows flows = Flows.read(new Edition(files), findings::add);
        new SafetyRule(new Invented()).check(flows, findings::add);
        return findings.stream().map(Finding::toString).toList();
    }

    /** A route with these lines among its steps. */
    private static List<String> step(String lines) {
        return found(Map.of("a.camel.yaml", """
                - route:
                    id: leads.test.a
                    description: Does something
                    from:
                      uri: direct:leads.test.a
                      steps:
                """ + lines.strip().indent(8)));
    }

    private static List<String> to(String uri) {
        return step("- to:\n    uri: " + uri);
    }

    private static List<String> body(String expression) {
        return step("- setBody:\n    " + expression);
    }

    @ParameterizedTest
    @ValueSource(strings = {"exec:rm", "file:/etc", "file:/srv/exchange/../../etc", "file:/srv/exchange-2", "ftp:example.com/in", "class:java.lang.Runtime?method=exec",
            "bean:java.lang.Runtime?method=getRuntime", "bean:accounts?method=all", "bean:desk?method=hidden", "bean:desk", "language:simple:x", "docker:run",
            "ref:telegram", "script:x", "xslt:file:/x.xsl", "velocity:x", "freemarker:file:/x.ftl", "mock:x", "stub:x", "ssh:host", "controlbus:route?action=stop",
            "sql:select * from oauth_tokens", "'sql:delete from outbox'", "sql:classpath:db/migration/V1__queue.sql", "sql:classpath:sql/../secret/x.sql",
            "sql:file:/tmp/x.sql", "sql:classpath:sql/health/can-store.sql?dataSource=#other", "sql:classpath:sql/health/can-store.sql?useMessageBodyForSql=true",
            "sql:classpath:sql/health/can-store.sql?dataSource=%23class:org.example.Evil", "http:example.com", "https:example.com", "https:api.example.com@example.com/x?bridgeEndpoint=true",
            "https:api.example.com", "https:api.example.com.evil.example/x?bridgeEndpoint=true", "https://api.example.com/x?bridgeEndpoint=true&proxyHost=evil.example",
            "smtp:evil.example", "smtp:orders?javaMailSender=#mailSender&host=evil.example", "telegram:bots?baseUri=https://evil.example", "telegram:bots?authorizationToken=1:t",
            "telegram:updates", "kamelet:do-it?location=file:/tmp", "kamelet:do-it?to=#class:java.lang.Runtime", "log:x?exchangeFormatter=#class:org.example.Evil", "\"{{to}}\"",
            "\"direct:x?timeout=1&timeout=2\"", "quartz:a/b?customCalendar=#desk", "platform-http:/x?headerFilterStrategy=#desk"})
    void noComponentThatReachesFurther(String uri) {
        assertThat(to(uri)).isNotEmpty().allMatch(finding -> finding.startsWith("a.camel.yaml:8:"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"direct:leads.test.b", "kamelet:do-it?to=x", "log:x", "sql:classpath:sql/health/can-store.sql", "file:/srv/exchange/out?fileName=a.csv",
            "https://api.example.com/v1/orders?bridgeEndpoint=true", "smtp:orders?javaMailSender=#mailSender&to=a@example.com", "telegram:bots", "seda:further",
            "bean:desk?method=stamp"})
    void whatIsOnTheListPasses(String uri) {
        assertThat(to(uri)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../x", "a/../../x", "..", "/etc/passwd", "%2e%2e/x", "..%2Fx", "RAW(../x)", "'..\\x'", "${date:now:yyyy}/../../x"})
    void aFileNameStaysInItsFolder(String name) {
        assertThat(step("- to:\n    uri: file:/srv/exchange\n    parameters:\n      fileName: \"" + name.replace("\\", "\\\\") + "\"")).singleElement()
                .asString().startsWith("a.camel.yaml:10:").contains("does not lead out of its folder");
        if (!name.contains("'")) {
            assertThat(to("\"file:/srv/exchange?fileName=" + name + "\"")).isNotEmpty();
        }
        assertThat(step("- to:\n    uri: file:/srv/exchange\n    parameters:\n      fileName: \"orders/${date:now:yyyy}.csv\"")).isEmpty();
        assertThat(step("- poll:\n    uri: file:/srv/exchange\n    parameters:\n      fileName: \"${body}\"")).isNotEmpty();
        assertThat(step("- setHeader:\n    name: CamelFileName\n    constant: ../x")).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sql:classpath:sql/${body}.sql", "telegram:bots?chatId=${body}", "https:${header.host}/x", "${body}", "${body}:x", "log:x+language:groovy:1"})
    void anAddressOfTheMomentGoesToOtherFlowsOnly(String uri) {
        assertThat(step("- toD:\n    uri: " + uri)).isNotEmpty();
        assertThat(step("- toD:\n    uri: direct:leads.${body}")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"groovy", "spel", "ognl", "mvel", "java", "joor", "js", "python", "csimple", "xpath", "jsonpath", "xquery", "language", "datasonnet", "wasm"})
    void noLanguageThatRunsPrograms(String language) {
        assertThat(body(language + ": T(java.lang.Runtime).getRuntime()")).singleElement().asString()
                .startsWith("a.camel.yaml:8:13: '" + language + "' is not among what flows may use");
        assertThat(body("expression:\n      " + language + ":\n        expression: 1")).hasSize(1);
    }

    static Stream<String> steps() {
        return Stream.of("- script:\n    groovy: 1", "- process:\n    ref: desk", "- bean:\n    beanType: java.lang.Runtime\n    method: getRuntime",
                "- bean:\n    ref: accounts\n    method: all", "- bean:\n    ref: desk\n    method: hidden", "- bean:\n    ref: desk", "- bean:\n    ref: \"{{relay.x}}\"\n    method: stamp",
                "- bean:\n    ref: desk\n    method: stamp\n    ref: accounts", "- bean: desk", "- enrich:\n    constant: file:/etc/passwd", "- pollEnrich:\n    constant: file:/etc",
                "- poll:\n    uri: file:/etc", "- recipientList:\n    simple: ${body}", "- routingSlip:\n    simple: ${body}", "- dynamicRouter:\n    simple: ${body}",
                "- wireTap:\n    uri: direct:x", "- loadBalance:\n    customLoadBalancer:\n      ref: desk", "- saga:\n    sagaService: desk", "- unmarshal:\n    custom:\n      ref: desk",
                "- unmarshal:\n    json:\n      unmarshalType: java.lang.Runtime", "- sort:\n    comparator: '#desk'", "- convertBodyTo:\n    type: java.io.File",
                "- split:\n    simple: ${body}\n    aggregationStrategy: '#class:org.example.Evil'", "- split:\n    simple: ${body}\n    executorService: '#desk'",
                "- throwException:\n    exceptionType: java.lang.Runtime", "- idempotentConsumer:\n    simple: ${body}", "- setBody:\n    ref:\n      expression: desk",
                "- setHeader:\n    name: CamelSqlQuery\n    constant: delete from leads", "- setHeader:\n    name: camelHttpUri\n    constant: https://evil.example",
                "- setHeader:\n    name: CamelBeanMethodName\n    constant: hidden", "- setHeader:\n    name: ${body}\n    constant: x",
                "- setHeaders:\n    headers:\n      - name: CamelSqlQuery\n        constant: x", "- setVariable:\n    name: header:x.CamelSqlQuery\n    constant: x",
                "- setBody:\n    constant: resource:file:/etc/passwd", "- setBody:\n    simple:\n      expression: ${body}\n      resultType: java.lang.Runtime",
                "- setBody:\n    jq: $ENV.RELAY_ADMIN_PASSWORD", "- setBody:\n    jq:\n      expression: env | .PATH", "- transacted:\n    ref: desk",
                "- to:\n    uri: direct:x\n    variableReceive: header:CamelSqlQuery", "- toD:\n    uri: direct:x\n    variableSend: global:x",
                "- setBody:\n    method:\n      ref: accounts\n      method: all", "- log:\n    message: x\n    logger: '#desk'");
    }

    @ParameterizedTest
    @MethodSource("steps")
    void noStepThatTakesCodeOrGoesElsewhere(String lines) {
        assertThat(step(lines)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"${body.class}", "${body.getClass().forName('java.lang.Runtime')}", "${body['class'].classLoader}", "${type:java.lang.Runtime.getRuntime}",
            "${sysenv.PATH}", "${env.RELAY_ADMIN_PASSWORD}", "${sys.user.home}", "${camelContext.registry}", "${exchange.context}", "${exception.exchange.context}",
            "${properties:relay.admin-password}", "${ref:desk}", "${bean:accounts?method=all}", "${bean:type:java.lang.Runtime?method=getRuntime}", "${function:x}",
            "${body.trim().concat(${sysenv.PATH})}", "$simple{sysenv.PATH}", "${bodyAs(java.io.File)}", "${body.delete()}", "${body", "${body{{relay.mail.from}}}",
            "${header.CamelHttpServletRequest}", "${bean:desk?method=hidden}", "${header.a} > 1 && ${camelContext} != null"})
    void noFunctionThatLeavesTheMessage(String text) {
        assertThat(body("simple: '" + text.replace("'", "''") + "'")).isNotEmpty();
        assertThat(step("- log:\n    message: '" + text.replace("'", "''") + "'")).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"${body}", "${body[fields][serial]}", "${body.size()} > 0", "${variable.effect.payload[chat]}", "${exception.message}", "${header.Content-Type}",
            "${date:now:yyyy-MM-dd}", "${bodyAs(String)}", "${bean:desk?method=stamp}", "${exchangeProperty.x} == ${null}", "${body.get('name').trim()}"})
    void whatReadsTheMessagePasses(String text) {
        assertThat(body("simple: \"" + text + "\"")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"relay.admin-password", "relay.amocrm.access-token", "relay.amocrm.client-secret", "relay.telegram.bot-token", "relay.smtp.password", "relay.webhook-key",
            "relay.telegram.proxy", "relay.accounts.b.access-token", "spring.datasource.password", "camel.component.telegram.authorization-token", "RELAY_ADMIN_PASSWORD",
            "AMOCRM_ACCESS_TOKEN", "DATABASE_URL", "AWS_SECRET_ACCESS_KEY", "HOME", "env:RELAY_ADMIN_PASSWORD", "sys:user.home", "bean:desk.stamp", "?relay.smtp.password",
            "relay.none:{{relay.smtp.password}}", "relay.none:$"})
    void noSecretAndNothingOfTheProcess(String key) {
        assertThat(body("constant: '{{" + key + "}}'")).isNotEmpty();
        assertThat(step("- log:\n    message: '{{" + key + "}}'")).isNotEmpty();
        assertThat(step("- to:\n    uri: direct:x\n    parameters:\n      '{{" + key + "}}': 1")).isNotEmpty();
        assertThat(body("constant: '{{relay.mail.from}} {{AMOCRM_PIPELINE_ID}}'")).isEmpty();
    }

    @Test
    void aFileRunsTheStatementsThatItWasGiven() {
        assertThat(to("sql:classpath:sql/housekeeping/forget.sql")).singleElement().asString()
                .contains("this file is not given the statement housekeeping/forget.sql", "this one health/can-store.sql");
        String flow = "- route:\n    id: a.b.c\n    from:\n      uri: direct:a.b.c\n      steps:\n        - to:\n            uri: ";
        assertThat(found(Map.of("folder/a.camel.yaml", flow + "sql:classpath:sql/health/can-store.sql\n"))).singleElement().asString()
                .contains("this one none");
    }

    @Test
    void aConnectorIsNoWayAround() {
        String connector = """
                apiVersion: camel.apache.org/v1
                kind: Kamelet
                metadata:
                  name: do-it
                spec:
                  definition:
                    title: Do it
                    properties:
                      to:
                        title: To
                        default: x
                  template:
                    from:
                      uri: kamelet:source
                      steps:
                        - log:
                            message: "{{to}}"
                """;
        assertThat(found(Map.of("kamelets/do-it.kamelet.yaml", connector))).isEmpty();
        assertThat(found(Map.of("kamelets/do-it.kamelet.yaml", connector.replace("        default: x\n", "")))).singleElement().asString().contains("neither required");
        assertThat(found(Map.of("kamelets/do-it.kamelet.yaml", connector.replace("    from:\n", "    beans:\n      - name: evil\n        type: java.lang.Runtime\n    from:\n"))))
                .singleElement().asString().contains("'beans' is not among what flows may use");
        assertThat(found(Map.of("kamelets/do-it.kamelet.yaml", connector.replace("  definition:\n", "  dependencies:\n    - mvn:org.example:evil\n  definition:\n"))))
                .singleElement().asString().contains("'dependencies' does not belong");
        assertThat(found(Map.of("kamelets/do-it.kamelet.yaml", connector.replace("default: x", "default: \"{{relay.admin-password}}\"")))).hasSize(1);
        assertThat(step("- to:\n    uri: kamelet:do-it\n    parameters:\n      to: a$")).singleElement().asString().contains("a value may not end with $");
    }

    @ParameterizedTest
    @ValueSource(strings = {"- beans:\n    - name: evil\n      type: java.lang.Runtime\n", "- rest:\n    get: []\n", "- restConfiguration:\n    component: x\n",
            "- routeTemplate:\n    id: x\n    beans: []\n", "- from:\n    uri: file:/etc\n"})
    void nothingElseStandsAtTheTop(String text) {
        assertThat(found(Map.of("a.camel.yaml", text))).isNotEmpty();
    }

    @Test
    void whatIsShippedIsOnTheList() {
        Set<Finding> findings = new TreeSet<>();
        Flows flows = Flows.read(Edition.of(Path.of("routes")), findings::add);
        new SafetyRule(new Invented() {
            @Override
            public Allowances allowances() {
                return Allowances.of(key -> Optional.empty());
            }
        }).check(flows, findings::add);
        assertThat(findings).isEmpty();
        assertThat(flows.items()).hasSizeGreaterThan(100);
        Set<String> run = new TreeSet<>();
        flows.items().forEach(item -> Address.in(item).stream().filter(address -> address.is("sql"))
                .forEach(address -> run.add(item.file() + " " + address.path().replace("classpath:sql/", ""))));
        Set<String> given = new TreeSet<>();
        Allowances.of(key -> Optional.empty()).statements().forEach((file, statements) -> statements.forEach(one -> given.add(file + " " + one)));
        assertThat(given).as("statements that a file is given, and runs").isEqualTo(run);
    }

    @ParameterizedTest
    @ValueSource(strings = {"delay:\n    constant: 86400000", "delay:\n    expression:\n      constant:\n        expression: 61000", "delay:\n    simple: ${body}", "delay:\n    constant: -1",
            "delay:\n    simple:\n      expression: ${header.wait}", "loop:\n    constant: 10001\n    steps: []", "loop:\n    simple:\n      expression: 999999999999\n    steps: []",
            "throttle:\n    constant: 0", "throttle:\n    constant: 1\n    timePeriodMillis: 86400000", "throttle:\n    simple: ${body}", "split:\n    simple: ${body}\n    timeout: 600000\n    steps: []",
            "circuitBreaker:\n    resilience4jConfiguration:\n      timeoutDuration: 3600000\n    steps: []", "to:\n    uri: direct:x\n    parameters:\n      timeout: 9999999", "to:\n    uri: direct:x?timeout=9999999",
            "to:\n    uri: https://api.example.com/x?bridgeEndpoint=true&responseTimeout=0", "to:\n    uri: https://api.example.com/x?bridgeEndpoint=true&responseTimeout=3600000",
            "split:\n    tokenize:\n      token: (a+)+b\n      regex: true\n    steps: []", "split:\n    tokenize:\n      token: .*,.*\n      regex: \"true\"\n    steps: []",
            "filter:\n    simple: ${body} regex '(a+)+b'\n    steps: []", "filter:\n    simple: ${body} not regex \"(a|aa)*b\"\n    steps: []", "filter:\n    simple: ${body} regex ${header.pattern}\n    steps: []",
            "filter:\n    simple:\n      expression: ${body} regex '(.*)x\\1'\n    steps: []", "choice:\n    when:\n      - simple: ${body} regex '(x{1,30}){30}y'\n        steps: []",
            "setBody:\n    simple: \"${body.split('(a+)+b')}\"", "setBody:\n    simple: ${body.split(.*.*)}", "setBody:\n    simple: ${body.split(${header.by})}", "setBody:\n    simple: ${range(1,999999999)}"})
    void nothingThatHoldsAWorkerForEver(String step) {
        assertThat(step("- " + step)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"delay:\n    constant: 500", "delay:\n    expression:\n      constant:\n        expression: 60000", "delay:\n    constant: \"{{relay.pause}}\"", "loop:\n    constant: 3\n    steps: []",
            "loop:\n    simple: ${body.size()} < 3\n    doWhile: true\n    steps: []", "throttle:\n    constant: 5\n    timePeriodMillis: 1000", "to:\n    uri: kamelet:do-it\n    parameters:\n      timeout: 5m",
            "to:\n    uri: https://api.example.com/x?bridgeEndpoint=true&responseTimeout=20000", "filter:\n    simple: ${body} regex '[A-Z]{2}-\\d+'\n    steps: []",
            "filter:\n    simple: ${body} regex '^(lead|deal)s?/[^/]+$'\n    steps: []", "split:\n    tokenize:\n      token: \",\"\n    steps: []", "setBody:\n    simple: \"${body.split(',')}\"",
            "setBody:\n    simple: \"${body.split(';', 2)}\"", "log:\n    message: no regex here"})
    void whatEndsByItselfPasses(String step) {
        assertThat(step("- " + step)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[range(0;1e12)]", "repeat(.)", "[while(true;.)]", "last(until(false;.))", "def f: f; f", "reduce .[] as $x (\"a\"; . + .)", "recurse(.)",
            "foreach .[] as $x (0; 1)", "test(\"(a+)+b\")", ".a | gsub(\"(a+)+b\"; \"\")", ".[1000000000] = 1", "\"x\" * 1000000000", "1000000000 * \"x\"", "\"\\(range(1e12))\"", "[limit(1e9; repeat(1))]"})
    void jqWithoutAnEnd(String jq) {
        assertThat(step("- setBody:\n    jq: '" + jq + "'")).hasSize(1);
        assertThat(step("- setBody:\n    expression:\n      jq:\n        expression: '" + jq + "'")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {".range", "{test: .a, limit: .b.match}", ".a * 100", "[.[] | {name, \"repeat\": .price}]", "map(select(.a > 1)) | add", ".. | .id?", ".a // \"while\""})
    void jqThatPicksAndMapsPasses(String jq) {
        assertThat(step("- setBody:\n    jq: '" + jq + "'")).isEmpty();
    }

    @Test
    void redeliveriesHaveAnEnd() {
        assertThat(redelivery("maximumRedeliveries: -1")).hasSize(1);
        assertThat(redelivery("maximumRedeliveries: 3\nredeliveryDelay: 86400000")).hasSize(1);
        assertThat(redelivery("maximumRedeliveries: 3\ndelayPattern: 1:1000;5:9000000")).hasSize(1);
        assertThat(redelivery("maximumRedeliveries: 3\nredeliveryDelay: 1000\nlogHandled: true")).isEmpty();
    }

    private static List<String> redelivery(String lines) {
        return found(Map.of("errors/a.camel.yaml", """
                - routeConfiguration:
                    id: a
                    onException:
                      - onException:
                          exception:
                            - java.lang.Exception
                          redeliveryPolicy:
                """ + lines.indent(12)));
    }
}
