package dev.amorelay.road;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.amorelay.database.EmbeddedDatabase;
import dev.amorelay.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What can be reached through Jolokia in a running relay: all of it is looked at, none of it is assumed. */
class JolokiaIT extends RunningRelay {

    private static final Map<String, Set<String>> ALLOWED = Map.of(
            "org.apache.camel:context", Set.of("reset()", "reset(boolean)", "dumpRoutesAsXml()", "dumpRoutesStatsAsXml(boolean,boolean)"),
            "org.apache.camel:routes", Set.of("start()", "stop()", "stop(long)", "restart()", "restart(long)", "suspend()", "suspend(long)",
                    "resume()", "reset()", "reset(boolean)", "dumpRouteAsXml()", "dumpRouteStatsAsXml(boolean,boolean)"),
            "org.apache.camel:routegroups", Set.of("reset()"),
            "org.apache.camel:processors", Set.of("reset()"));
    private static final Set<String> READABLE = Set.of("org.apache.camel:context", "org.apache.camel:routes", "org.apache.camel:routegroups",
            "org.apache.camel:processors", "org.apache.camel:endpoints", "org.apache.camel:consumers", "org.apache.camel:producers",
            "org.apache.camel:components", "org.apache.camel:services", "org.apache.camel:threadpools", "org.apache.camel:health",
            "java.lang:Memory", "java.lang:MemoryPool", "java.lang:GarbageCollector", "java.lang:Threading", "java.lang:OperatingSystem",
            "java.lang:ClassLoading", "java.lang:Runtime", "java.nio:BufferPool", "com.zaxxer.hikari:HikariDataSource");
    /** The process has them once, and another relay in it that has ended takes them along. */
    private static final Set<String> READABLE_WHERE_THERE = Set.of("hawtio:About", "hawtio:TreeWatcher", "hawtio:Registry");

    private final Jolokia jolokia = new Jolokia();

    @Autowired
    private EmbeddedDatabase database;

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/jolokia", "/actuator/jolokia/version", "/actuator/jolokia/list", "/actuator/hawtio",
            "/actuator/hawtio/", "/actuator/hawtio/index.html", "/actuator/hawtio/plugin", "/actuator/hawtio/user", "/hawtio", "/jolokia"})
    void nothingWithoutALogin(String path) {
        assertThat(send(HttpRequest.newBuilder(URI.create(management(path))).build()).statusCode()).isEqualTo(401);
        assertThat(get(path).statusCode()).as("at the doors").isEqualTo(404);
    }

    @Test
    void aForbiddenOperationIsRefusedWith403() {
        assertThat(Jolokia.get("/exec/java.lang:type=Memory/gc").statusCode()).isEqualTo(403);
        assertThat(Jolokia.get("/?p=exec/java.lang:type=Memory/gc").statusCode()).isEqualTo(403);
        // what is allowed by POST is refused by GET too: it carries no token
        assertThat(Jolokia.get("/EXEC/org.apache.camel:context=amo-relay,name=!%22health.check.answer!%22,type=routes/reset()").statusCode())
                .isEqualTo(403);
        assertThat(jolokia.post(Jolokia.exec("java.lang:type=Memory", "gc")).statusCode()).isEqualTo(403);
        assertThat(jolokia.post(Jolokia.exec(Jolokia.route("health.check.answer"), "updateRouteFromXml(java.lang.String)")).statusCode()).isEqualTo(403);
        assertThat(jolokia.post(Jolokia.exec(Jolokia.route("health.check.answer"), "reset()")).statusCode()).isEqualTo(200);
    }

    @Test
    void onlyTheListedOperationsAreReachable() {
        Map<String, JsonNode> tries = new LinkedHashMap<>();
        everyMbean((name, kind, bean) -> operations(bean).forEach(operation -> {
            // the policy looks at the name before anybody looks for the route: what is allowed fails, but stops nothing
            String target = kind.equals("org.apache.camel:routes") ? Jolokia.route("no.such.route") : name;
            tries.putIfAbsent(kind + " " + operation, Jolokia.exec(target, operation).set("arguments", Json.array()));
        }));
        assertThat(tries).hasSizeGreaterThan(400).containsKeys("com.sun.management:HotSpotDiagnostic dumpHeap(java.lang.String,boolean)",
                "org.apache.camel:routes updateRouteFromXml(java.lang.String)", "org.apache.camel:context sendBody(java.lang.String,java.lang.Object)",
                "java.util.logging:Logging setLoggerLevel(java.lang.String,java.lang.String)");
        Map<String, Set<String>> reached = new TreeMap<>();
        notRefused(tries).forEach(operation ->
                reached.computeIfAbsent(operation.split(" ")[0], kind -> new TreeSet<>()).add(operation.split(" ")[1]));
        assertThat(reached).isEqualTo(ALLOWED);
    }

    @Test
    void onlyTheListedAttributesAreReadableAndNoneIsWritable() {
        Set<String> readable = new TreeSet<>();
        List<String> writes = new ArrayList<>();
        Set<String> seen = new TreeSet<>();
        everyMbean((name, kind, bean) -> {
            ArrayNode tries = Json.array();
            bean.path("attr").properties().stream().filter(attribute -> seen.add(kind + " " + attribute.getKey())).forEach(attribute -> {
                tries.add(Json.object().put("type", "read").put("mbean", name).put("attribute", attribute.getKey()));
                if (attribute.getValue().path("rw").asBoolean()) {
                    tries.add(Json.object().put("type", "write").put("mbean", name).put("attribute", attribute.getKey()).put("value", "1"));
                    writes.add(kind);
                }
            });
            if (tries.isEmpty()) {
                return;
            }
            jolokia.ask(tries).forEach(answer -> {
                boolean refused = answer.path("status").asInt() == 403;
                assertThat(refused || answer.path("request").path("type").asText().equals("read")).as(answer.toString()).isTrue();
                if (!refused) {
                    readable.add(kind);
                }
            });
        });
        assertThat(writes).hasSizeGreaterThan(20);
        readable.removeAll(READABLE_WHERE_THERE);
        assertThat(readable).isEqualTo(new TreeSet<>(READABLE));
        for (String secret : List.of("SystemProperties", "InputArguments", "ClassPath", "LibraryPath")) {
            assertThat(jolokia.ask(Json.object().put("type", "read").put("mbean", "java.lang:type=Runtime").put("attribute", secret))
                    .path("status").asInt()).as(secret).isEqualTo(403);
        }
    }

    @Test
    void itIsNoProxy() throws IOException {
        try (ServerSocket elsewhere = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var request = Jolokia.read("java.lang:type=Memory");
            request.putObject("target").put("url", "service:jmx:rmi:///jndi/rmi://127.0.0.1:" + elsewhere.getLocalPort() + "/jmxrmi");
            jolokia.ask(request);
            elsewhere.setSoTimeout(1000);
            assertThat(catchThrowable(elsewhere::accept)).isInstanceOf(SocketTimeoutException.class);
        }
        assertThat(send(HttpRequest.newBuilder(URI.create(management("/actuator/hawtio/proxy/enabled"))).header("Authorization", Jolokia.ADMIN)
                .build()).body().strip()).isEqualTo("false");
    }

    @Test
    void noOtherSitesPageReadsAnAnswer() {
        assertThat(Jolokia.get("/version", "Origin", "http://example.com").headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    void nothingSecretOrPersonalIsReadable() {
        System.setProperty("marker.of.the.test", "Geheimnis-of-the-process");
        try {
            ingest("""
                    {"source":"site","name":"Маркер Именной","phone":"+7 (999) 765-11-22","email":"marker@example.com",
                     "message":"Маркер сообщения","meta":{"telegram_user":{"id":700100302,"username":"marker_nick"}}}""");
            postJson("/api/ingest/leads?phone=79997651122", "Маркер, который не заявка");
            postForm("/webhook/amocrm/marker-of-a-key", "leads[status][0][id]=9001&leads[status][0][name]=Маркер&account[id]=31000001");
            get("/webhook/amocrm?code=marker-of-a-code&referer=example.amocrm.ru&state=marker-of-a-state");
            inboxEmpty();
            StringBuilder all = new StringBuilder();
            ArrayNode reads = Json.array();
            reads.add(Jolokia.read("*:*"));
            reads.add(Json.object().put("type", "list"));
            reads.add(Json.object().put("type", "search").put("mbean", "*:*"));
            reads.add(Jolokia.exec("org.apache.camel:context=amo-relay,name=\"amo-relay\",type=context", "dumpRoutesAsXml()"));
            jolokia.ask(reads).forEach(answer -> all.append(answer));
            assertThat(all).as("much was read").hasSizeGreaterThan(200_000).contains("leads.ingest.receive", "HeapMemoryUsage");
            assertThat(all.toString()).doesNotContain("Geheimnis-of-the-process").doesNotContain(database.password())
                    .doesNotContain(RunningRelay.CLIENT_SECRET).doesNotContain(RunningRelay.BOT_TOKEN)
                    .doesNotContain("Маркер", "marker@", "marker_nick", "7651122", "765-11-22", "marker-of-a-");
        } finally {
            System.clearProperty("marker.of.the.test");
        }
    }

    @Test
    void routesShowWithGroupAndDescriptionConnectorsToo() {
        JsonNode routes = jolokia.ask(Jolokia.read("org.apache.camel:type=routes,*")).path("value");
        assertThat(routes.size()).isEqualTo(camel.getRoutes().size());
        List<String> bare = new ArrayList<>();
        Map<String, String> groups = new LinkedHashMap<>();
        routes.forEach(route -> {
            if (route.path("Description").asText("").isBlank() || route.path("RouteGroup").asText("").isBlank()) {
                bare.add(route.path("RouteId").asText());
            }
            groups.put(route.path("RouteId").asText().replaceFirst("-\\d+$", ""), route.path("RouteGroup").asText());
        });
        assertThat(bare).isEmpty();
        assertThat(groups).containsEntry("leads.ingest.receive", "leads").containsEntry("telegram-send", "kamelets")
                .containsEntry("amocrm-read-leads", "kamelets");
    }

    /** In bulks, since each request has its password checked; where one of a bulk breaks the answer, one by one. */
    private List<String> notRefused(Map<String, JsonNode> tries) {
        List<String> names = List.copyOf(tries.keySet());
        List<String> passed = new ArrayList<>();
        for (int from = 0; from < names.size(); from += 50) {
            List<String> some = names.subList(from, Math.min(from + 50, names.size()));
            ArrayNode bulk = Json.array();
            some.forEach(name -> bulk.add(tries.get(name)));
            JsonNode answers = parsed(jolokia.post(bulk).body());
            for (int i = 0; i < some.size(); i++) {
                boolean refused = answers.size() == some.size() ? answers.path(i).path("status").asInt() == 403
                        : jolokia.post(tries.get(some.get(i))).statusCode() == 403;
                if (!refused) {
                    passed.add(some.get(i));
                }
            }
        }
        return passed;
    }

    private static JsonNode parsed(String body) {
        try {
            return Json.read(body);
        } catch (IllegalArgumentException e) {
            return Json.MAPPER.missingNode();
        }
    }

    private interface Look {

        void at(String name, String kind, JsonNode bean);
    }

    /** All MBeans, with their kind, {@code domain:type}. */
    private void everyMbean(Look look) {
        jolokia.ask(Json.object().put("type", "list")).path("value").properties().forEach(domain -> domain.getValue().properties().forEach(bean -> {
            String type = (bean.getKey() + ",").replaceFirst(".*?\\btype=([^,]*),.*", "$1");
            look.at(domain.getKey() + ":" + bean.getKey(), domain.getKey() + ":" + type, bean.getValue());
        }));
    }

    private static List<String> operations(JsonNode bean) {
        List<String> operations = new ArrayList<>();
        bean.path("op").properties().forEach(operation -> {
            for (JsonNode one : operation.getValue().isArray() ? operation.getValue() : Json.array().add(operation.getValue())) {
                List<String> types = new ArrayList<>();
                one.path("args").forEach(argument -> types.add(argument.path("type").asText()));
                operations.add(operation.getKey() + "(" + String.join(",", types) + ")");
            }
        });
        return operations;
    }
}
