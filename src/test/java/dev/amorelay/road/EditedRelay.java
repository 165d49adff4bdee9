package dev.amorelay.road;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.json.Json;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.camel.CamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteTemplateDefinition;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.springframework.boot.actuate.health.HealthIndicator;

/** A relay with a routes folder of its own, which is edited while it runs. */
final class EditedRelay implements AutoCloseable {

    /** An edit takes effect within this: three seconds in {@code bench/edits}, more where tests share the machine with others. */
    static final Duration SOON = Duration.ofSeconds(Integer.getInteger("edits.soon", 90));

    /** The sandbox's admin. */
    static final String ADMIN = "Basic " + Base64.getEncoder().encodeToString("admin:sandbox".getBytes(StandardCharsets.UTF_8));

    final StartedRelay relay;
    private final Path folder;
    private final int management = Ports.free();
    private final Map<String, String> shipped = new TreeMap<>();
    private final HttpClient http = HttpClient.newHttpClient();

    private EditedRelay(Path folder, String limits, boolean tested) throws IOException {
        this.folder = folder;
        try (Stream<Path> files = Files.walk(Path.of("routes"))) {
            for (Path file : files.filter(path -> path.toString().matches(".*\\.(yaml|ftlh?)")).toList()) {
                shipped.put(Path.of("routes").relativize(file).toString(), Files.readString(file));
            }
        }
        for (Map.Entry<String, String> file : shipped.entrySet()) {
            write(file.getKey(), file.getValue());
        }
        Map<String, String> own = new HashMap<>(Map.of("relay.routes-dir", folder.toString(), "management.server.port", String.valueOf(management),
                "relay.gate.look-up-after", "1s", "relay.routes.live", "true", "relay.routes.tests", String.valueOf(tested),
                "management.prometheus.metrics.export.enabled", "true"));
        relay = StartedRelay.first(limits, own);
        ready().until(() -> health().path("state").asText().equals("RUNNING"));
    }

    static EditedRelay start() throws IOException {
        return new EditedRelay(Files.createTempDirectory("amo-relay-routes"), "1000/1s,60000/1m", false);
    }

    /** One that plays the tests of the flows that an edit touches. */
    static EditedRelay tested() throws IOException {
        return new EditedRelay(Files.createTempDirectory("amo-relay-routes"), "1000/1s,60000/1m", true);
    }

    /** Waits for what takes its time on a busy machine. */
    static ConditionFactory ready() {
        return Awaitility.await().atMost(Duration.ofSeconds(120)).pollInterval(Duration.ofMillis(50));
    }

    /** Waits for an edit to take effect. */
    static ConditionFactory soon() {
        return Awaitility.await().atMost(SOON).pollInterval(Duration.ofMillis(50));
    }

    CamelContext camel() {
        return relay.bean(CamelContext.class);
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    String text(String name) {
        return shipped.get(name);
    }

    void write(String name, String text) {
        try {
            Files.createDirectories(file(name).getParent());
            Files.writeString(file(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void delete(String name) {
        try {
            Files.delete(file(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a shipped file with a part of it changed. */
    void edit(String name, String from, String to) {
        if (!text(name).contains(from)) {
            throw new AssertionError(name + " does not contain " + from);
        }
        write(name, text(name).replace(from, to));
    }

    /** Puts all shipped files back, removes all others, and waits until that is in effect. */
    void restore() throws IOException {
        double taken = edits("taken");
        if (replaceBy(Map.of())) {
            ready().until(() -> edits("taken") > taken && health().path("state").asText().equals("RUNNING"));
        }
    }

    /** Makes the folder the shipped one but for some files; tells whether that changes anything. */
    boolean replaceBy(Map<String, String> own) throws IOException {
        boolean changed = false;
        Map<String, String> wanted = new TreeMap<>(shipped);
        wanted.putAll(own);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (!wanted.containsKey(folder.relativize(file).toString())) {
                    Files.delete(file);
                    changed = true;
                }
            }
        }
        // written only where it differs: an editor does not touch the others either
        for (Map.Entry<String, String> file : wanted.entrySet()) {
            if (!Files.exists(file(file.getKey())) || !Files.readString(file(file.getKey())).equals(file.getValue())) {
                write(file.getKey(), file.getValue());
                changed = true;
            }
        }
        return changed;
    }

    /** What the management port tells about edits. */
    JsonNode health() {
        // not over HTTP: a test asks often, and each look at the password costs the processor a tenth of a second
        return Json.MAPPER.valueToTree(relay.bean(HealthIndicator.class, "routesHealthIndicator").health().getDetails().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, detail -> String.valueOf(detail.getValue()))));
    }

    /** What the management port tells from outside. */
    JsonNode told() {
        return management("/actuator/health");
    }

    List<String> findings() {
        return StreamSupport.stream(((Iterable<?>) relay.bean(HealthIndicator.class, "routesHealthIndicator").health().getDetails().get("findings"))
                .spliterator(), false).map(String::valueOf).toList();
    }

    /** The id of the first step of a connector that runs. */
    String firstStep(String kamelet) {
        RouteTemplateDefinition running = ((ModelCamelContext) camel()).getRouteTemplateDefinition(kamelet);
        return running == null ? null : running.getRoute().getOutputs().get(0).getId();
    }

    /** How many edits ended so: taken, refused or failed. */
    double edits(String result) {
        return relay.bean(MeterRegistry.class).counter("relay.routes.edits", "result", result).count();
    }

    private JsonNode management(String path) {
        try {
            return Json.read(http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + management + path)).header("Authorization",
                    ADMIN).build(), BodyHandlers.ofString()).body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        relay.close();
    }
}
