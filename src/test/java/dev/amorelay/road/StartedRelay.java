package dev.amorelay.road;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.AmoRelayApplication;
import dev.amorelay.database.EmbeddedDatabase;
import dev.amorelay.database.TemplateDatabase;
import dev.amorelay.delivery.StartupWork;
import dev.amorelay.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** A relay of a test's own: a first node with sandbox and database, or a further node on those of the first. */
final class StartedRelay implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Map<String, String> PRODUCTION_IDS = Map.of("pipeline-id", "10226282", "status-id", "80953554",
            "responsible-user-id", "12380450", "pipeline-parts-id", "10245926", "field.serial-id", "712629",
            "field.model-id", "712631", "field.telegram-id", "712633", "field.lead-uuid-id", "712641");

    private final ConfigurableApplicationContext context;
    private final int port;
    private final int smtp;
    private final JdbcTemplate jdbc;
    private final Map<String, String> settings;

    private StartedRelay(int port, int smtp, Map<String, String> settings) {
        this.port = port;
        this.smtp = smtp;
        this.settings = settings;
        settings.putIfAbsent("server.port", String.valueOf(port));
        StillClocks.SETTINGS.forEach(settings::putIfAbsent);
        // only those who edit routes watch them
        settings.putIfAbsent("relay.routes.live", "false");
        settings.putIfAbsent("management.server.port", String.valueOf(Ports.free()));
        // several in one process cannot all be told apart by JMX
        settings.put("spring.jmx.enabled", "false");
        context = new SpringApplicationBuilder(AmoRelayApplication.class)
                .run(settings.entrySet().stream().map(one -> "--" + one.getKey() + "=" + one.getValue()).toArray(String[]::new));
        jdbc = context.getBean(JdbcTemplate.class);
    }

    /**
     * Starts a relay with its sandbox on an empty database.
     *
     * @param limits windows of the calls, the sandbox's too
     */
    static StartedRelay first(String limits) throws IOException {
        return first(limits, Map.of());
    }

    /** The same with settings of its own. */
    static StartedRelay first(String limits, Map<String, String> own) throws IOException {
        Map<String, String> settings = new LinkedHashMap<>(own);
        settings.put("relay.amocrm.rate-limits", limits);
        return new StartedRelay(Ports.free(), Ports.free(), settings, true).started();
    }

    /** Starts a relay with its sandbox on a database server that the test can break. */
    static StartedRelay onDatabase(EmbeddedDatabase database, String limits) throws IOException {
        Map<String, String> settings = new LinkedHashMap<>(Map.of("relay.amocrm.rate-limits", limits));
        settings.put("spring.datasource.url", database.jdbcUrl());
        settings.put("spring.datasource.username", database.user());
        settings.put("spring.datasource.password", database.password());
        return new StartedRelay(Ports.free(), Ports.free(), settings, true).started();
    }

    /** The same with the sandbox's second account, that takes the leads of {@code b_site}. */
    static StartedRelay withAccountB(String limits) throws IOException {
        int port = Ports.free();
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("relay.amocrm.rate-limits", limits);
        settings.put("relay.webhook-key", "key-of-all");
        settings.put("relay.accounts.b.base-url", "http://127.0.0.1:" + port + "/sandbox/amocrm-b");
        settings.put("relay.accounts.b.access-token", "sandbox");
        settings.put("relay.accounts.b.rate-limits", limits);
        settings.put("relay.accounts.b.webhook-key", "key-of-b");
        settings.put("relay.accounts.b.sources[0]", "b_site");
        PRODUCTION_IDS.forEach((name, id) -> settings.put("relay.accounts.b." + name, id));
        return new StartedRelay(port, Ports.free(), settings, true).started();
    }

    private StartedRelay(int port, int smtp, Map<String, String> settings, boolean sandbox) throws IOException {
        this(port, smtp, sandbox ? onItsOwn(settings, smtp) : settings);
    }

    private static Map<String, String> onItsOwn(Map<String, String> settings, int smtp) throws IOException {
        settings.putIfAbsent("sandbox.smtp-port", String.valueOf(smtp));
        settings.put("relay.data-dir", TemplateDatabase.directory().toString());
        return settings;
    }

    /** Waits until what the start does by itself is over. */
    private StartedRelay started() {
        StillClocks.await(bean(StartupWork.class));
        return this;
    }

    /** Starts it again on its own data, once it is closed; what the start does by itself goes on. */
    StartedRelay again() {
        return new StartedRelay(port, smtp, settings);
    }

    /** Changes a setting for its next start. */
    void change(String setting, String value) {
        settings.put(setting, value);
    }

    /** The same with a setting that was changed while it was down. */
    StartedRelay again(String setting, String value) {
        change(setting, value);
        return again();
    }

    /** Starts another node: the database and the stand-ins are those of this one. */
    StartedRelay further(String limits) throws IOException {
        EmbeddedDatabase database = context.getBean(EmbeddedDatabase.class);
        Path data = Files.createTempDirectory("amo-relay-test");
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("spring.datasource.url", database.jdbcUrl());
        settings.put("spring.datasource.username", database.user());
        settings.put("spring.datasource.password", database.password());
        settings.put("relay.data-dir", data.toString());
        settings.put("relay.database-owner", "sandbox");
        settings.put("relay.mail.orders-to", "orders@example.com");
        settings.put("relay.allow-root", "true");
        settings.put("relay.amocrm.base-url", url("/sandbox/amocrm"));
        settings.put("relay.amocrm.access-token", "sandbox");
        settings.put("relay.amocrm.rate-limits", limits);
        PRODUCTION_IDS.forEach((name, id) -> settings.put("relay.amocrm." + name, id));
        settings.put("relay.admin-password", "a-password-that-is-long-enough");
        settings.put("relay.webhooks.allowed-ips", "127.0.0.1");
        for (String limit : new String[] {"per-address", "per-person", "in-all"}) {
            settings.put("relay.ingest-limits." + limit, "none");
        }
        settings.put("relay.smtp.host", "127.0.0.1");
        settings.put("relay.smtp.port", String.valueOf(smtp));
        settings.put("relay.telegram.bot-token", "1:sandbox");
        settings.put("relay.telegram.base-uri", url("/sandbox/telegram"));
        return new StartedRelay(Ports.free(), smtp, settings, false).started();
    }

    <T> T bean(Class<T> type, String name) {
        return context.getBean(name, type);
    }

    JdbcTemplate jdbc() {
        return jdbc;
    }

    int port() {
        return port;
    }

    String url(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    /** Sends JSON as the admin does. */
    JsonNode admin(String method, String path, String body) {
        try {
            return Json.read(expectOk(HTTP.send(HttpRequest.newBuilder(URI.create(url(path))).header("Content-Type", "application/json")
                    .header("Authorization", "Basic " + Base64.getEncoder().encodeToString("admin:sandbox".getBytes()))
                    .method(method, BodyPublishers.ofString(body)).build(), BodyHandlers.ofString())).body());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** @param headers names, each followed by its value */
    HttpResponse<String> get(String path, String... headers) {
        try {
            return HTTP.send(HttpRequest.newBuilder(URI.create(url(path))).headers(headers).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    HttpResponse<String> send(String method, String path, String type, String body) {
        try {
            return HTTP.send(HttpRequest.newBuilder(URI.create(url(path))).header("Content-Type", type)
                    .method(method, BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Sends JSON that must be taken. */
    JsonNode json(String method, String path, String body) {
        return Json.read(expectOk(send(method, path, "application/json", body)).body());
    }

    /** A webhook about a lead that changed; its update time makes it the newest news there is. */
    void hook(String key, long lead, String account) {
        expectOk(send("POST", "/webhook/amocrm" + (key.isEmpty() ? "" : "/" + key), "application/x-www-form-urlencoded",
                "leads[update][0][id]=" + lead + "&leads[update][0][updated_at]=1900000000"
                        + (account.isEmpty() ? "" : "&account[id]=" + account)));
    }

    /** Sends a lead that must be taken, again where the door asks for it; answers its uuid. */
    String ingest(String source, String name, String phone) {
        String body = "{\"source\":\"" + source + "\",\"name\":\"" + name + "\",\"phone\":\"" + phone
                + "\",\"message\":\"Сообщение от " + name + "\"}";
        return Json.read(expectOk(Patience.untilTaken(() -> send("POST", "/api/ingest/leads", "application/json", body))).body())
                .path("lead_id").asText();
    }

    /** Writes leads, each with a contact, into an account of the sandbox; answers the first one's id. */
    long seed(String account, int leads, int won) {
        return json("POST", "/sandbox/api/seed?account=" + account,
                "{\"leads\":" + leads + ",\"contacts\":" + leads + ",\"won\":" + won + "}").path("leads").path("from").asLong();
    }

    void fault(String account, String json) {
        json("POST", "/sandbox/api/faults?account=" + account, json);
    }

    /** Lets everything go well again, and ends pauses. */
    void mend() {
        json("DELETE", "/sandbox/api/faults", "");
        jdbc.update("UPDATE amocrm_accounts SET paused_until = NULL");
        jdbc.update("UPDATE outbox SET next_attempt_at = now() WHERE status IN ('pending', 'failed') AND locked_until IS NULL");
        jdbc.update("UPDATE amocrm_webhook_events SET next_attempt_at = now()"
                + " WHERE NOT processed AND outcome IS NULL AND locked_until IS NULL");
    }

    JsonNode limits(String account) {
        return json("GET", "/sandbox/api/limits?account=" + account, "");
    }

    long calls(String account) {
        JsonNode byKind = json("GET", "/sandbox/api/calls?account=" + account, "");
        return StreamSupport.stream(byKind.spliterator(), false).mapToLong(JsonNode::asLong).sum();
    }

    private static HttpResponse<String> expectOk(HttpResponse<String> answer) {
        if (answer.statusCode() / 100 != 2) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
        return answer;
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public void close() {
        context.close();
    }
}
