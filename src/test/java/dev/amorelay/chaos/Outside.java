package dev.amorelay.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amorelay.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.springframework.jdbc.core.JdbcTemplate;

/** The harness's hand in the outside world: starts it, fills the CRM, lets things go wrong, reads what arrived. */
final class Outside implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final int MOST_IN_A_CALL = 250;
    private static final int LATENCY_MS = 150;

    private final PostgresServer database;
    private final int port;
    private final int smtp;
    private final Path log;
    private final ChildProcess process;

    /** Starts it; {@link #awaitOpen} waits until it answers. */
    Outside(Path folder, PostgresServer database, int port, int smtp, String limits, List<String> java) {
        this.database = database;
        this.port = port;
        this.smtp = smtp;
        log = folder.resolve("outside.log");
        process = ChildProcess.start("outside", folder, log,
                Map.of("CLASSPATH", System.getProperty("java.class.path"), "OUTSIDE_URL", database.url(),
                        "OUTSIDE_USER", PostgresServer.USER, "OUTSIDE_PASSWORD", database.password()),
                Node.java(java, "-Xmx384m", OutsideWorld.class.getName(), "--server.port=" + port, "--server.address=127.0.0.1",
                        "--sandbox.smtp-port=" + smtp, "--sandbox.own-hooks=false", "--sandbox.rate-limits=" + limits,
                        "--server.shutdown=immediate"));
    }

    void awaitOpen() {
        if (!Pause.until(() -> Http.answers(url("/sandbox/api/limits")) || !process.isAlive(), Duration.ofSeconds(90)) || !process.isAlive()) {
            throw new IllegalStateException("the outside world did not start, see " + log);
        }
    }

    String url(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    int smtp() {
        return smtp;
    }

    JdbcTemplate jdbc() {
        return database.jdbc();
    }

    /** Lets something go wrong, as {@code docs/sandbox.md} tells. */
    void fault(String wish) {
        send("POST", "/sandbox/api/faults", wish);
    }

    /** Lets everything go well again. */
    void mend() {
        send("DELETE", "/sandbox/api/faults", "");
    }

    /** Sets the CRM's windows, counts from nothing, and lets it answer as fast as amoCRM does. */
    void limits(String windows) {
        send("POST", "/sandbox/api/limits", Json.write(Json.object().put("rate_limits", windows).put("latency_ms", LATENCY_MS)));
        send("DELETE", "/sandbox/api/limits", "");
    }

    /** @return {@code {calls, refused, windows:[{limit, fullest}], …}} */
    JsonNode limits() {
        return send("GET", "/sandbox/api/limits", "");
    }

    void closeChat(long chat) {
        send("POST", "/sandbox/api/chats/" + chat + "/close", "{}");
    }

    /** Writes deals of last week into the CRM. */
    List<Long> deals(int count, int contacts) {
        JsonNode ranges = send("POST", "/sandbox/api/seed", Json.write(Json.object().put("leads", count).put("contacts", contacts)));
        long first = ranges.path("leads").path("from").asLong();
        long last = ranges.path("leads").path("to").asLong();
        jdbc().update("""
                UPDATE sandbox.documents SET doc = doc || jsonb_build_object('created_at', (doc ->> 'created_at')::bigint - 604800,
                    'updated_at', (doc ->> 'updated_at')::bigint - 604800)
                WHERE kind = 'lead' AND id BETWEEN ? AND ?""", first, last);
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    /** Wins deals, as a manager would, through the CRM's own API. */
    void win(List<Sale> sales) {
        for (int from = 0; from < sales.size(); from += MOST_IN_A_CALL) {
            ArrayNode changes = Json.array();
            for (Sale sale : sales.subList(from, Math.min(from + MOST_IN_A_CALL, sales.size()))) {
                ObjectNode change = changes.addObject().put("id", sale.deal()).put("status_id", 142);
                ArrayNode fields = change.putArray("custom_fields_values");
                if (sale.serial() != null) {
                    field(fields, 712629, sale.serial());
                    field(fields, 712631, "16К20");
                }
                field(fields, 712633, String.valueOf(sale.chat()));
            }
            send("PATCH", "/sandbox/amocrm/api/v4/leads", Json.write(changes));
        }
    }

    private static void field(ArrayNode fields, long id, String value) {
        fields.addObject().put("field_id", id).putArray("values").addObject().put("value", value);
    }

    private JsonNode send(String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url(path))).timeout(Duration.ofSeconds(60))
                .header("Content-Type", "application/json").header("Authorization", "Bearer sandbox")
                .method(method, BodyPublishers.ofString(body)).build();
        try {
            HttpResponse<String> answer = HTTP.send(request, BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 2) {
                throw new IllegalStateException(method + " " + path + ": " + answer.statusCode() + " " + answer.body());
            }
            return Json.read(answer.body());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.stop(Duration.ofSeconds(10));
    }
}
