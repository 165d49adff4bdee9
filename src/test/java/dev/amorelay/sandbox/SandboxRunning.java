package dev.amorelay.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.amorelay.json.Json;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.http.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.autoconfigure.jackson.JacksonAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.DispatcherServletAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.ServletWebServerFactoryAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.WebMvcAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

/** The sandbox alone, on a real database and a real port, with a receiver for its webhooks. */
final class SandboxRunning implements AutoCloseable {

    /** One webhook that came. */
    record Hook(String body, String userAgent, String contentType) {
    }

    private final String[] settings;
    private final EmbeddedPostgres database;
    private final HttpServer receiver;
    private final List<Hook> hooks = new CopyOnWriteArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private volatile int answer = 204;
    private ConfigurableApplicationContext context;

    /** @param settings like {@code sandbox.own-hooks=false} */
    SandboxRunning(String... settings) throws IOException {
        this.settings = settings;
        database = EmbeddedPostgres.start();
        receiver = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        receiver.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            hooks.add(new Hook(body, exchange.getRequestHeaders().getFirst("user-agent"),
                    exchange.getRequestHeaders().getFirst("content-type")));
            exchange.sendResponseHeaders(answer, -1);
            exchange.close();
        });
        receiver.start();
        start();
    }

    private void start() {
        DataSource dataSource = database.getPostgresDatabase();
        context = new SpringApplicationBuilder(Alone.class).profiles("sandbox")
                .initializers(fresh -> fresh.getBeanFactory().registerSingleton("dataSource", dataSource))
                // as arguments: default properties would give way to the profile's file
                .run(arguments());
    }

    private String[] arguments() {
        Map<String, String> all = new LinkedHashMap<>(Map.of("server.port", "0", "sandbox.smtp-port", "0",
                "sandbox.rate-limits", "none", "relay.webhook-key", "secret-part", "sandbox.hook-retries", "100ms,100ms",
                "spring.main.banner-mode", "off"));
        for (String setting : settings) {
            String[] parts = setting.split("=", 2);
            all.put(parts[0], parts[1]);
        }
        return all.entrySet().stream().map(setting -> "--" + setting.getKey() + "=" + setting.getValue()).toArray(String[]::new);
    }

    /** Stops the sandbox and starts it again on the same database, on another port. */
    void restart() {
        context.close();
        start();
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    String receiver() {
        return "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook";
    }

    List<Hook> hooks() {
        return hooks;
    }

    void answerHooks(int status) {
        answer = status;
    }

    int port() {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    /** A call to the CRM with the token that always works. */
    Answer crm(String method, String path, String body) {
        return call(method, "/sandbox/amocrm" + path, body, "Bearer sandbox");
    }

    Answer call(String method, String path, String body, String authorization, String... headers) {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                    .method(method, body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
            if (body != null) {
                request.header("content-type", "application/json");
            }
            if (authorization != null) {
                request.header("authorization", authorization);
            }
            if (headers.length > 0) {
                request.headers(headers);
            }
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.headers().firstValue("content-type").orElse(""), response.body());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        context.close();
        receiver.stop(0);
        database.close();
    }

    /** An answer and its body as a tree. */
    record Answer(int status, String type, String body) {
        JsonNode json() {
            return Json.read(body);
        }

        JsonNode at(String pointer) {
            return json().at(pointer);
        }
    }

    /** No stereotype: the component scan of a test of the whole relay must not find it. */
    @Import(SandboxConfiguration.class)
    @ImportAutoConfiguration({ServletWebServerFactoryAutoConfiguration.class, DispatcherServletAutoConfiguration.class,
        WebMvcAutoConfiguration.class, HttpMessageConvertersAutoConfiguration.class, JacksonAutoConfiguration.class})
    static class Alone {
    }
}
