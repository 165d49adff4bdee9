package dev.amorelay.road;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import dev.amorelay.contract.Contract;
import dev.amorelay.json.Json;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The running relay does what the contract says: every answer that can be provoked here, and every example. */
class ContractIT extends RunningRelay {

    private static final JsonNode DOCUMENT = Contract.read();
    private static final String BOUNDARY = "part-of-the-form";

    /** Answers that need other settings, a broken database or a broken CRM, and the tests that see them. */
    private static final Set<String> ELSEWHERE = new TreeSet<>(List.of(
            // SecurityIT: an allowed address, a password that is asked for outside of the sandbox
            "POST /webhook/amocrm 403", "POST /webhook/amocrm/{key} 403", "POST /api/amocrm/webhook 403", "POST /api/amocrm/webhook/{key} 403",
            "POST /amocrm 403", "POST /amocrm/{key} 403", "POST /amocrm/process-webhook 403", "POST /amocrm/process-webhook/{key} 403",
            "GET /ingest/test-crm 401", "GET /api/ingest/test-crm 401",
            // ForeignPageFilterTest, SandboxSecurityIT
            "GET /ingest/test-crm 403", "GET /api/ingest/test-crm 403",
            // TwoAccountsIT, the flow tests: a key
            "POST /webhook/amocrm 404", "POST /webhook/amocrm/{key} 404", "POST /api/amocrm/webhook 404", "POST /api/amocrm/webhook/{key} 404",
            "POST /amocrm 404", "POST /amocrm/{key} 404", "POST /amocrm/process-webhook 404", "POST /amocrm/process-webhook/{key} 404",
            // OAuthRoadIT: an account that uses OAuth
            "GET /webhook/amocrm 502", "GET /api/admin/oauth/link 200", "POST /api/admin/oauth/code 200", "POST /api/admin/oauth/code 502",
            // MyParkIT, ParkLinkIT
            "GET /api/park/machines/{id} 200", "POST /api/park/link 200", "POST /api/park/link 403", "POST /api/park/link 409", "POST /api/park/link 410",
            "POST /api/park/confirm 200",
            // InvitationDoorTest: without the Mini App's link
            "POST /api/admin/invitations 409",
            // ReconciliationIT, the flow tests: a CRM that fails, an address that is not known
            "GET /ingest/test-crm 502", "GET /api/ingest/test-crm 502", "GET /api/admin/crm-setup 502", "POST /api/admin/crm-setup 502",
            "POST /api/admin/webhooks 409", "POST /api/admin/webhooks 502",
            // ServiceRequestIT: machines, engineers and a Telegram that refuses
            "POST /api/service-requests 201", "POST /api/service-requests 409",
            "POST /api/service-requests/photos 200", "POST /api/service-requests/photos 422",
            "POST /api/service-requests/{id}/take 200", "POST /api/service-requests/{id}/take 409", "POST /api/service-requests/{id}/take 422",
            "POST /api/service-requests/{id}/done 200", "POST /api/service-requests/{id}/done 409",
            "POST /api/service-requests/{id}/cancel 200", "POST /api/service-requests/{id}/cancel 409", "POST /api/service-requests/{id}/cancel 422",
            // MaintenanceDatesIT, WonDealIT: a registered machine
            "PUT /api/admin/next-maintenance 200", "PUT /api/admin/machine-sale 200", "PUT /api/admin/machine-sale 422"));
    /** DatabaseOutageIT and GracefulStopIT; LoginThrottleIT; SecurityIT. */
    private static final Set<String> EVERYWHERE = Set.of("503", "429", "413");

    /** A request that has no example in the document, and the answer that it gets. */
    private record Call(String method, String path, String query, String type, String body, boolean password, int status) {

        /** With the admin's password and no body. */
        static Call admin(String method, String path, String query, int status) {
            return new Call(method, path, query, null, null, true, status);
        }

        /** As a user of the Mini App. */
        static Call signedIn(String method, String path, int status) {
            return new Call(method, path, "", null, null, true, status);
        }

        static Call json(String path, String body, int status) {
            return new Call("POST", path, "", "application/json", body, path.startsWith("/api/admin") || isMiniApp(path), status);
        }

        static Call form(String path, String body, int status) {
            return new Call("POST", path, "", "application/x-www-form-urlencoded", body, false, status);
        }

        static Call stranger(String method, String path) {
            return new Call(method, path, "", method.equals("POST") ? "application/json" : null, method.equals("POST") ? "{}" : null, false, 401);
        }

        @Override
        public String toString() {
            return method + " " + path + query + " " + status;
        }
    }

    static Stream<Call> calls() {
        List<Call> calls = new ArrayList<>();
        for (String door : List.of("/api/ingest/leads", "/ingest/leads")) {
            calls.addAll(List.of(Call.json(door, "{}", 422), Call.json(door, "[1", 422), Call.json(door, "{\"phone\":\"@anna\",\"email\":\"x\"}", 200),
                    Call.form(door, "name=", 422), Call.form(door, "name=Анна", 200), Call.form(door, "test=test", 200),
                    new Call("POST", door, "", "multipart/form-data", "Анна", false, 422), Call.json(door, "{\"message\":\"" + "я".repeat(600_000) + "\"}", 413)));
        }
        for (String door : List.of("/ingest/test-crm", "/api/ingest/test-crm")) {
            calls.add(Call.admin("GET", door, "", 200));
            calls.add(Call.admin("GET", door, "?account=nobody", 404));
        }
        for (String door : List.of("/webhook/amocrm", "/api/amocrm/webhook", "/amocrm")) {
            calls.addAll(List.of(Call.form(door, "что угодно", 204), Call.json(door, "{", 204), Call.form(door, "", 204)));
            // parts without a border, and with one that never comes
            calls.add(new Call("POST", door, "", "multipart/form-data", "leads[add]", false, 204));
            calls.add(new Call("POST", door, "", "multipart/form-data; boundary=x", "leads[add]", false, 204));
            calls.add(Call.form(door + "/{key}", "leads[add][0][id]=7", 204));
        }
        calls.add(Call.json("/amocrm/process-webhook", "{\"event_type\":5", 200));
        calls.add(Call.admin("GET", "/webhook/amocrm", "", 400));
        calls.add(Call.admin("GET", "/webhook/amocrm", "?error=access_denied", 200));
        calls.add(Call.admin("GET", "/webhook/amocrm", "?client_uuid=1&account_id=2&signature=3", 403));
        calls.add(Call.admin("GET", "/health", "", 200));
        calls.add(Call.signedIn("GET", "/api/park/me", 200));
        calls.add(Call.signedIn("GET", "/api/service-requests", 200));
        calls.add(Call.json("/api/service-requests", "{}", 422));
        calls.add(Call.json("/api/service-requests", "{\"machine_id\":\"5f0c1a52-0000-4000-8000-000000000017\",\"description\":\"Шумит\"}", 404));
        calls.add(Call.json("/api/service-requests/photos", "{}", 403));
        calls.add(Call.json("/api/service-requests/{id}/take", "", 404));
        calls.add(Call.json("/api/service-requests/{id}/done", "{}", 422));
        calls.add(Call.json("/api/service-requests/{id}/done", "{\"result\":\"Готово\"}", 404));
        calls.add(Call.json("/api/service-requests/{id}/cancel", "", 404));
        calls.add(Call.signedIn("GET", "/api/park/machines", 200));
        calls.add(Call.signedIn("GET", "/api/park/machines/{id}", 404));
        calls.add(Call.json("/api/park/link", "{}", 400));
        calls.add(Call.json("/api/park/link", "{\"invitation\":\"nobodys\"}", 404));
        calls.add(Call.json("/api/park/confirm", "{}", 400));
        calls.add(Call.json("/api/park/confirm", "{\"ticket\":\"11111111111111111111111111111111\",\"code\":\"000000\"}", 403));
        calls.add(Call.json("/api/admin/invitations", "{\"staff\":true}", 200));
        calls.add(Call.json("/api/admin/invitations", "{\"deal\":5,\"account\":\"nobody\"}", 404));
        calls.add(Call.json("/api/admin/invitations", "[]", 400));
        calls.add(Call.admin("GET", "/api/admin/oauth/link", "", 409));
        calls.add(Call.admin("GET", "/api/admin/oauth/link", "?account=nobody", 404));
        calls.add(Call.json("/api/admin/oauth/code", "{}", 400));
        calls.add(Call.json("/api/admin/oauth/code", "{\"code\":\"1\"}", 409));
        calls.add(Call.json("/api/admin/oauth/code", "{\"code\":\"1\",\"account\":\"nobody\"}", 404));
        calls.add(Call.admin("GET", "/api/admin/crm-setup", "", 200));
        calls.add(Call.admin("POST", "/api/admin/crm-setup", "", 200));
        calls.add(Call.admin("POST", "/api/admin/crm-setup", "?account=nobody", 404));
        calls.add(Call.admin("GET", "/api/admin/queue", "", 200));
        calls.add(Call.admin("GET", "/api/admin/queue/dead", "?limit=5", 200));
        calls.add(Call.json("/api/admin/replay", "{\"what\":\"effects\"}", 400));
        calls.add(Call.json("/api/admin/kinds/{kind}/pause", "", 200));
        calls.add(Call.json("/api/admin/kinds/{kind}/resume", "", 200));
        calls.add(Call.json("/api/admin/kinds/nobody/pause", "", 404));
        calls.add(Call.json("/api/admin/kinds/nobody/resume", "", 404));
        calls.add(Call.json("/api/admin/reconcile", "{\"from\":\"bald\"}", 400));
        calls.add(Call.json("/api/admin/reconcile", "{\"account\":\"nobody\"}", 404));
        calls.add(Call.admin("GET", "/api/admin/reconciliations", "", 200));
        calls.add(Call.admin("GET", "/api/admin/routes", "", 200));
        calls.add(Call.admin("GET", "/api/admin/accounts", "", 200));
        calls.add(Call.admin("GET", "/api/admin/leads/set-aside", "", 200));
        calls.add(Call.admin("GET", "/api/admin/me", "", 200));
        calls.add(Call.admin("GET", "/api/admin/people", "", 200));
        String people = "/api/admin/people";
        calls.add(Call.json(people, "{\"name\":\"viktor\",\"role\":\"viewer\",\"password\":\"gentle-lathe-orbit\"}", 200));
        calls.add(Call.json(people, "{\"name\":\"viktor\",\"role\":\"viewer\",\"password\":\"viktor123\"}", 422));
        calls.add(Call.json(people, "{\"name\":\"admin\",\"role\":\"viewer\"}", 409));
        calls.add(Call.json(people, "{\"name\":\"Виктор\",\"role\":\"viewer\"}", 400));
        calls.add(Call.json(people, "[]", 400));
        calls.add(new Call("POST", people, "", "text/plain", "{}", true, 415));
        calls.add(Call.admin("DELETE", people + "/viktor", "", 200));
        calls.add(Call.admin("DELETE", people + "/nobody", "", 404));
        calls.add(Call.admin("DELETE", people + "/admin", "", 409));
        calls.add(Call.admin("GET", "/console", "", 200));
        List.of("index.html", "console.js", "console.css").forEach(file -> calls.add(Call.admin("GET", "/console/" + file, "", 200)));
        calls.add(Call.admin("GET", "/console/secret.html", "", 404));
        calls.add(Call.json("/api/admin/webhooks", "[]", 400));
        calls.add(Call.json("/api/admin/webhooks", "{\"account\":\"nobody\"}", 404));
        for (String door : List.of("/api/admin/oauth/code", "/api/admin/replay", "/api/admin/reconcile", "/api/admin/webhooks", "/api/admin/invitations")) {
            calls.add(new Call("POST", door, "", "text/plain", "{}", true, 415));
        }
        calls.addAll(ofMaintenance());
        operations().filter(operation -> operation.contains(" /api/admin/") || operation.contains(" /console")
                || isMiniApp(operation.split(" ")[1])).forEach(operation ->
                calls.add(Call.stranger(operation.split(" ")[0], operation.split(" ")[1])));
        return calls.stream();
    }

    private static List<Call> ofMaintenance() {
        String date = "/api/admin/next-maintenance";
        String consumables = "/api/admin/consumables";
        List<Call> calls = new ArrayList<>();
        calls.add(put(date, "application/json", "{\"serial\":\"SN-404\",\"date\":\"2027-03-01\"}", 404));
        calls.add(put(date, "application/json", "{\"serial\":\"SN-404\",\"date\":\"1.3.2027\"}", 422));
        calls.add(put(date, "application/json", "{", 400));
        calls.add(put(date, "text/plain", "{}", 415));
        String sale = "/api/admin/machine-sale";
        calls.add(put(sale, "application/json", "{\"serial\":\"105\",\"deal\":404}", 404));
        calls.add(put(sale, "application/json", "{", 400));
        calls.add(put(sale, "text/plain", "{}", 415));
        keys(document("PUT " + consumables).path("requestBody").path("content")).forEach(type -> {
            JsonNode example = document("PUT " + consumables).at("/requestBody/content").path(type).at("/examples/one/value");
            calls.add(put(consumables, type, example.isTextual() ? example.asText() : Json.write(example), 200));
        });
        calls.add(put(consumables, "text/csv", "Модель\n", 422));
        calls.add(put(consumables, "application/json", "{", 400));
        calls.add(put(consumables, "text/plain", "{}", 415));
        calls.add(Call.admin("GET", consumables, "", 200));
        calls.add(Call.admin("GET", consumables, "?format=csv", 200));
        calls.add(Call.admin("GET", "/api/admin/deals", "?metadata.rentprog_booking_id=4711", 200));
        calls.add(Call.admin("GET", "/api/admin/deals", "", 422));
        return calls;
    }

    private static Call put(String path, String type, String body, int status) {
        return new Call("PUT", path, "", type, body, true, status);
    }

    /** A request of the document. */
    private record Example(String path, String type, String name, JsonNode value) {

        @Override
        public String toString() {
            return path + " " + type + " " + name;
        }
    }

    static Stream<Example> examples() {
        List<Example> examples = new ArrayList<>();
        operations().map(operation -> operation.split(" ")[1]).forEach(path -> resolved(DOCUMENT.path("paths").path(path).path("post").path("requestBody"))
                .path("content").properties().forEach(media -> media.getValue().path("examples").properties().forEach(example ->
                        examples.add(new Example(path, media.getKey(), example.getKey(), example.getValue().path("value"))))));
        return examples.stream().distinct();
    }

    @AfterEach
    void nothingStaysPaused() {
        jdbc.update("DELETE FROM paused_kinds");
    }

    @ParameterizedTest
    @MethodSource("calls")
    void anAnswerIsAsTheContractSays(Call call) {
        HttpResponse<String> answer = sent(call);
        assertThat(answer.statusCode()).isEqualTo(call.status());
        conforms(call.method(), templateOf(call), answer);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void anExampleIsTaken(Example example) {
        String type = example.type().startsWith("multipart") ? example.type() + "; boundary=" + BOUNDARY : example.type();
        HttpResponse<String> answer = sent(new Call("POST", example.path(), "", type, body(example), example.path().startsWith("/api/admin"), 0));
        assertThat(answer.statusCode() / 100).as(answer.body()).isEqualTo(2);
        conforms("POST", example.path(), answer);
        if (example.path().endsWith("/leads")) {
            String remarks = jdbc.queryForObject("SELECT remarks::text FROM leads WHERE id = ?::uuid", String.class,
                    Json.read(answer.body()).path("lead_id").asText());
            assertThat(remarks).isEqualTo(example.name().equals("botOrder") ? "[\"Телефон не распознан: «N/A»\"]" : "[]");
        }
    }

    @Test
    void whatIsNotProvokedHereIsKnown() {
        Set<String> open = operations().flatMap(operation -> keys(document(operation).path("responses")).map(status -> operation + " " + status))
                .filter(one -> !EVERYWHERE.contains(one.substring(one.lastIndexOf(' ') + 1))).collect(Collectors.toCollection(TreeSet::new));
        calls().forEach(call -> open.remove(call.method() + " " + templateOf(call) + " " + call.status()));
        examples().forEach(example -> open.removeAll(List.of("POST " + example.path() + " 200", "POST " + example.path() + " 202", "POST " + example.path() + " 204")));
        assertThat(open).isEqualTo(ELSEWHERE);
    }

    @Test
    void theDocumentIsServedOnBothPorts() {
        for (HttpResponse<String> answer : List.of(get("/sandbox/openapi/openapi.json"), managed("/actuator/openapi"), managed("/actuator/openapi/openapi.json"))) {
            assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
            assertThat(Json.read(answer.body())).isEqualTo(Json.read(Json.write(DOCUMENT)));
        }
        assertThat(get("/sandbox/openapi/openapi.yaml").body()).contains("openapi: 3.1");
        assertThat(managed("/actuator/openapi/index.html").body()).contains("swagger-ui-bundle.js").doesNotContain("http://", "https://");
        assertThat(managed("/actuator/openapi/application.yaml").statusCode()).isEqualTo(404);
        assertThat(get("/sandbox/openapi/application.yaml").statusCode()).isEqualTo(404);
        for (String path : List.of("/actuator/openapi", "/actuator/openapi/index.html", "/actuator/openapi/openapi.yaml")) {
            assertThat(send(HttpRequest.newBuilder(URI.create(management(path))).build()).statusCode()).as(path).isEqualTo(401);
            assertThat(get(path).statusCode()).as(path).isEqualTo(404);
        }
        assertThat(get("/webjars/swagger-ui/index.html").statusCode()).isEqualTo(404);
    }

    private static HttpResponse<String> managed(String path) {
        return send(HttpRequest.newBuilder(URI.create(management(path))).header("Authorization", Jolokia.ADMIN).build());
    }

    private static HttpResponse<String> sent(Call call) {
        String path = call.path().replace("{key}", "any-key").replace("{kind}", "crm.contacts-page").replace("{file}", "console.js").replace("{name}", "anna")
                .replace("{id}", "00000000-0000-4000-8000-00000000beef");
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url(path + call.query())))
                .method(call.method(), call.body() == null ? BodyPublishers.noBody() : BodyPublishers.ofString(call.body()));
        if (call.type() != null) {
            request.header("Content-Type", call.type());
        }
        if (call.password()) {
            request.header("Authorization", isMiniApp(call.path()) ? "tma " + get("/sandbox/park/init-data").body() : Jolokia.ADMIN);
        }
        return send(request.build());
    }

    private static boolean isMiniApp(String path) {
        return path.startsWith("/api/park/") || path.startsWith("/api/service-requests");
    }

    private static String templateOf(Call call) {
        return call.path().replaceFirst("/people/[^{].*", "/people/{name}").replace("/kinds/nobody/", "/kinds/{kind}/").replaceFirst("^/console/[^{].*", "/console/{file}");
    }

    private static void conforms(String method, String path, HttpResponse<String> answer) {
        JsonNode responses = document(method + " " + path).path("responses");
        assertThat(responses.has(String.valueOf(answer.statusCode()))).as("%s %s documents %s", method, path, answer.statusCode()).isTrue();
        JsonNode content = resolved(responses.path(String.valueOf(answer.statusCode()))).path("content");
        if (answer.statusCode() == 204) {
            assertThat(answer.body()).isEmpty();
        }
        if (content.isMissingNode()) {
            return;
        }
        String type = answer.headers().firstValue("Content-Type").orElse("").replaceFirst(";.*", "");
        assertThat(keys(content)).as("content types").contains(type);
        JsonNode body = type.endsWith("json") ? Json.read(answer.body()) : Json.object().textNode(answer.body());
        assertThat(complaints(content.path(type).path("schema"), body)).as(answer.body()).isEmpty();
    }

    private static Set<ValidationMessage> complaints(JsonNode schema, JsonNode body) {
        ObjectNode whole = Json.object();
        whole.set("components", DOCUMENT.path("components"));
        whole.set("allOf", Json.array().add(schema));
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(whole)
                .validate(body, context -> context.getExecutionConfig().setFormatAssertionsEnabled(true));
    }

    private static String body(Example example) {
        if (example.type().endsWith("json")) {
            return Json.write(example.value());
        }
        if (example.type().startsWith("multipart")) {
            return example.value().properties().stream().map(field -> "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + field.getKey()
                    + "\"\r\n\r\n" + field.getValue().asText() + "\r\n").collect(Collectors.joining()) + "--" + BOUNDARY + "--\r\n";
        }
        return example.value().properties().stream().map(field -> URLEncoder.encode(field.getKey(), StandardCharsets.UTF_8) + "="
                + URLEncoder.encode(field.getValue().asText(), StandardCharsets.UTF_8)).collect(Collectors.joining("&"));
    }

    private static Stream<String> operations() {
        return keys(DOCUMENT.path("paths")).flatMap(path -> keys(DOCUMENT.path("paths").path(path)).map(method -> method.toUpperCase(Locale.ROOT) + " " + path));
    }

    private static JsonNode document(String operation) {
        return DOCUMENT.path("paths").path(operation.split(" ")[1]).path(operation.split(" ")[0].toLowerCase(Locale.ROOT));
    }

    private static JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? DOCUMENT.at(node.path("$ref").asText().substring(1)) : node;
    }

    private static Stream<String> keys(JsonNode node) {
        List<String> keys = new ArrayList<>();
        node.fieldNames().forEachRemaining(keys::add);
        return keys.stream();
    }
}
