package dev.amorelay.amocrm.tokens;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amorelay.json.Json;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;
import org.springframework.stereotype.Component;

/** The JDK's client: 5 s to connect, 15 s for the answer's head, 20 s for all of it. */
@Component
class JdkOAuthHttp implements OAuthHttp {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration READ = Duration.ofSeconds(15);
    private static final Duration WHOLE = Duration.ofSeconds(20);

    private final Duration read;
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER).build();

    JdkOAuthHttp() {
        this(READ);
    }

    /**
     * @param read how long to wait for the answer's head
     */
    JdkOAuthHttp(Duration read) {
        this.read = read;
    }

    @Override
    public Answer post(URI to, JsonNode body) {
        return send(HttpRequest.newBuilder(to).header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(Json.write(body))));
    }

    @Override
    public Answer subdomain(URI from, String refreshToken) {
        return send(HttpRequest.newBuilder(from).header("X-Refresh-Token", refreshToken).GET());
    }

    private Answer send(HttpRequest.Builder request) {
        CompletableFuture<HttpResponse<byte[]>> coming = client.sendAsync(
                request.header("Accept", "application/json").timeout(read).build(), BodyHandlers.ofByteArray());
        try {
            HttpResponse<byte[]> answer = coming.get(WHOLE.toSeconds(), TimeUnit.SECONDS);
            return new Answer(answer.statusCode(), new String(answer.body(), StandardCharsets.UTF_8));
        } catch (ExecutionException e) {
            throw told(e.getCause());
        } catch (TimeoutException e) {
            coming.cancel(true);
            throw new AnswerLost("timeout");
        } catch (InterruptedException e) {
            coming.cancel(true);
            Thread.currentThread().interrupt();
            throw new AnswerLost("interrupted");
        }
    }

    private static RuntimeException told(Throwable failure) {
        // the timeout for connecting is a ConnectException's cousin; all of these come before the request
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException
                    || cause instanceof UnresolvedAddressException || cause instanceof SSLHandshakeException) {
                return new NotSent(cause.getClass().getSimpleName());
            }
        }
        return new AnswerLost(failure.getClass().getSimpleName());
    }
}
