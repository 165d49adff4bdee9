package dev.amorelay.road;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.json.Json;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Base64;

/** The admin's program at the management port. */
final class Jolokia {

    static final String ADMIN = "Basic " + Base64.getEncoder().encodeToString("admin:sandbox".getBytes());
    private static final String PATH = "/actuator/jolokia";

    private String token;

    /** A test's fields are made before its relay runs. */
    private String token() {
        if (token == null) {
            token = get("/version").headers().firstValue("Set-Cookie").orElseThrow().replaceFirst("XSRF-TOKEN=([^;]*).*", "$1");
        }
        return token;
    }

    static HttpResponse<String> get(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(RunningRelay.management(PATH + path))).header("Authorization", ADMIN);
        return RunningRelay.send((headers.length == 0 ? request : request.headers(headers)).build());
    }

    HttpResponse<String> post(JsonNode request) {
        return RunningRelay.send(HttpRequest.newBuilder(URI.create(RunningRelay.management(PATH))).header("Authorization", ADMIN)
                .header("Cookie", "XSRF-TOKEN=" + token()).header("X-XSRF-TOKEN", token()).header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(request.toString())).build());
    }

    JsonNode ask(JsonNode request) {
        return Json.read(post(request).body());
    }

    static ObjectNode read(String mbean) {
        ObjectNode request = Json.object().put("type", "read").put("mbean", mbean);
        request.putObject("config").put("ignoreErrors", true);
        return request;
    }

    static ObjectNode exec(String mbean, String operation) {
        return Json.object().put("type", "exec").put("mbean", mbean).put("operation", operation);
    }

    static String route(String id) {
        return "org.apache.camel:context=amo-relay,name=\"" + id + "\",type=routes";
    }
}
