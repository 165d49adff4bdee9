package dev.amorelay.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/**
 * The HTTP client that camel-telegram sends with. camel-telegram 4.17 has no time limit and lets an error answer
 * pass as success (its callback runs before its exception): here a request ends within {@link #LIMIT}, and an
 * answer other than 2xx fails it with what Telegram said, so that {@code retry_after} and a closed chat are seen.
 * While Telegram is out of reach, nothing was sent, and the message waits.
 */
public class BotApiClient extends HttpClient {

    /** Time for one request. */
    public static final Duration LIMIT = Duration.ofSeconds(20);

    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(5)).followRedirects(Redirect.NEVER).version(Version.HTTP_1_1).build();
    private final Duration limit;

    /** A client that gives each request {@link #LIMIT}. */
    public BotApiClient() {
        this(LIMIT);
    }

    BotApiClient(Duration limit) {
        this.limit = limit;
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, BodyHandler<T> handler) {
        return client.sendAsync(limited(request), handler).handle((response, failure) -> {
            if (failure != null) {
                throw BotApiRefusal.silence(failure);
            }
            return judged(response);
        });
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, BodyHandler<T> handler,
                                                            PushPromiseHandler<T> push) {
        return sendAsync(request, handler);
    }

    @Override
    public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler) throws InterruptedException {
        try {
            return judged(client.send(limited(request), handler));
        } catch (IOException failure) {
            throw BotApiRefusal.silence(failure);
        }
    }

    private HttpRequest limited(HttpRequest request) {
        return HttpRequest.newBuilder(request, (name, value) -> true).timeout(limit).build();
    }

    private static <T> HttpResponse<T> judged(HttpResponse<T> response) {
        if (response.statusCode() / 100 == 2) {
            return response;
        }
        throw BotApiRefusal.of(response.statusCode(), told(response.body()));
    }

    private static JsonNode told(Object body) {
        try {
            byte[] text = body instanceof InputStream stream ? stream.readAllBytes() : String.valueOf(body).getBytes();
            return Json.MAPPER.readTree(text);
        } catch (IOException e) {
            return Json.object();
        }
    }

    @Override
    public Optional<CookieHandler> cookieHandler() {
        return client.cookieHandler();
    }

    @Override
    public Optional<Duration> connectTimeout() {
        return client.connectTimeout();
    }

    @Override
    public Redirect followRedirects() {
        return client.followRedirects();
    }

    @Override
    public Optional<ProxySelector> proxy() {
        return client.proxy();
    }

    @Override
    public SSLContext sslContext() {
        return client.sslContext();
    }

    @Override
    public SSLParameters sslParameters() {
        return client.sslParameters();
    }

    @Override
    public Optional<Authenticator> authenticator() {
        return client.authenticator();
    }

    @Override
    public Version version() {
        return client.version();
    }

    @Override
    public Optional<Executor> executor() {
        return client.executor();
    }
}
