package dev.amorelay.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.json.Json;
import dev.amorelay.telegram.BotApiConnection.Answer;
import dev.amorelay.telegram.BotApiConnection.NotSent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * The one HTTP client for all that goes to Telegram, camel-telegram's sends too. camel-telegram 4.17 has no time limit and lets an
 * error answer pass as success (its callback runs before its exception): here a request ends within {@link #LIMIT}, and an answer that
 * is not Telegram's yes fails it with what Telegram said, so that {@code retry_after} and a closed chat are seen. While Telegram is
 * out of reach, nothing is sent, and the message waits; the way there may lead through a proxy, which java.net.http knows by half.
 */
public class BotApiClient extends HttpClient {

    /** Time for one request. */
    public static final Duration LIMIT = Duration.ofSeconds(20);

    private final BotApiConnection connection;
    private final Reach reach;

    /** A client without a proxy, which tells nobody what is wrong. */
    public BotApiClient() {
        this(LIMIT);
    }

    BotApiClient(Duration limit) {
        this(null, Reach.UNWATCHED, limit);
    }

    /**
     * @param proxy the way to Telegram; null for the direct one
     * @param reach told whether Telegram is there
     * @param limit time for one request
     */
    BotApiClient(@Nullable TelegramProxy proxy, Reach reach, Duration limit) {
        this.connection = new BotApiConnection(proxy, limit);
        this.reach = reach;
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, BodyHandler<T> handler) {
        try {
            return CompletableFuture.completedFuture(send(request, handler));
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, BodyHandler<T> handler,
                                                            PushPromiseHandler<T> push) {
        return sendAsync(request, handler);
    }

    @Override
    public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler) {
        byte[] body = Bytes.of(request);
        if (reach.isLost() && !request.uri().getPath().endsWith("/getMe")) {
            throw new Unreachable("Telegram is out of reach");
        }
        Answer answer = answer(request, body);
        return new Given<>(request, answer.status(), Bytes.to(handler, answer.status(), answer.body()));
    }

    private Answer answer(HttpRequest request, byte[] body) {
        Answer answer;
        try {
            answer = connection.ask(request.method(), request.uri(), request.headers().map(), body);
        } catch (NotSent e) {
            reach.lost(e);
            throw new Unreachable("Telegram is out of reach");
        } catch (IOException e) {
            reach.silent(e);
            throw new SendUnknown();
        }
        JsonNode told = told(answer.body());
        if (answer.status() / 100 == 2 && told.path("ok").asBoolean(false)) {
            return answer;
        }
        RuntimeException refusal = BotApiRefusal.of(answer.status(), told, chat(body));
        reach.answered(refusal);
        throw refusal;
    }

    private static long chat(byte[] body) {
        // a form's first byte is a dash
        return body.length > 0 && body[0] == '{' ? told(body).path("chat_id").asLong(0) : 0;
    }

    private static JsonNode told(byte[] body) {
        try {
            JsonNode tree = Json.MAPPER.readTree(body);
            return tree != null && tree.isObject() ? tree : Json.object();
        } catch (IOException e) {
            return Json.object();
        }
    }

    /** Ends its threads and connections. */
    public void close() {
        connection.close();
    }

    @Override
    public Optional<CookieHandler> cookieHandler() {
        return Optional.empty();
    }

    @Override
    public Optional<Duration> connectTimeout() {
        return Optional.empty();
    }

    @Override
    public Redirect followRedirects() {
        return Redirect.NEVER;
    }

    @Override
    public Optional<ProxySelector> proxy() {
        return Optional.empty();
    }

    @Override
    public SSLContext sslContext() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }

    @Override
    public SSLParameters sslParameters() {
        return sslContext().getDefaultSSLParameters();
    }

    @Override
    public Optional<Authenticator> authenticator() {
        return Optional.empty();
    }

    @Override
    public Version version() {
        return Version.HTTP_1_1;
    }

    @Override
    public Optional<Executor> executor() {
        return Optional.empty();
    }

    /** An answer as java.net.http tells it. */
    private record Given<T>(HttpRequest request, int statusCode, T body) implements HttpResponse<T> {

        @Override
        public Optional<HttpResponse<T>> previousResponse() {
            return Optional.empty();
        }

        @Override
        public HttpHeaders headers() {
            return HttpHeaders.of(Map.of("Content-Type", List.of("application/json")), (name, value) -> true);
        }

        @Override
        public Optional<javax.net.ssl.SSLSession> sslSession() {
            return Optional.empty();
        }

        @Override
        public URI uri() {
            return request.uri();
        }

        @Override
        public Version version() {
            return Version.HTTP_1_1;
        }
    }
}
