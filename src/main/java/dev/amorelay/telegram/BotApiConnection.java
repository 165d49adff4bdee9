package dev.amorelay.telegram;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SchemePortResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.routing.SystemDefaultRoutePlanner;
import org.apache.hc.client5.http.io.HttpClientConnectionOperator;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.RegistryBuilder;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** The way to Telegram, through a proxy where one is set. It repeats nothing, and knows whether a request has left. */
final class BotApiConnection {

    /** For the connection, the proxy's part and TLS, each: a network that blocks Telegram is silent in any of them. */
    private static final Timeout CONNECT = Timeout.ofSeconds(5);
    private static final String LEFT = "the request has left";
    private static final int MOST_AT_ONCE = 20;

    private final CloseableHttpClient client;
    private final Duration limit;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "telegram-limit");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * What came back.
     *
     * @param status HTTP status
     * @param body all of it; empty for none
     */
    record Answer(int status, byte[] body) {
    }

    /** The request has not left: whatever was to be sent was not. */
    static final class NotSent extends IOException {

        NotSent(Throwable cause) {
            super("not sent", cause);
        }
    }

    /**
     * @param proxy where connections begin; null for none but what the JVM's own settings name
     * @param limit how long a request may take
     */
    BotApiConnection(@Nullable TelegramProxy proxy, Duration limit) {
        this.limit = limit;
        HttpClientBuilder builder = HttpClientBuilder.create()
                .setConnectionManager(new Connections(proxy)
                        .setMaxConnTotal(MOST_AT_ONCE).setMaxConnPerRoute(MOST_AT_ONCE)
                        .setDnsResolver(proxy == null ? SystemDefaultDnsResolver.INSTANCE : new Unresolved())
                        .setDefaultTlsConfig(TlsConfig.custom().setHandshakeTimeout(CONNECT).build())
                        .setDefaultConnectionConfig(ConnectionConfig.custom().setConnectTimeout(CONNECT)
                                .setSocketTimeout(Timeout.of(limit)).setValidateAfterInactivity(TimeValue.ofMilliseconds(500))
                                .setTimeToLive(TimeValue.ofMinutes(1)).build())
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom().setConnectionRequestTimeout(Timeout.of(limit)).setResponseTimeout(Timeout.of(limit)).build())
                .setRequestExecutor(new Departures())
                .disableAutomaticRetries().disableRedirectHandling().disableCookieManagement().disableAuthCaching().disableContentCompression();
        if (proxy == null) {
            builder.setRoutePlanner(new SystemDefaultRoutePlanner(ProxySelector.getDefault()));
        }
        this.client = builder.build();
    }

    /**
     * Asks, and waits for the answer.
     *
     * @param method HTTP method
     * @param address with the bot's token in it: never to be told
     * @param headers of the request; those that the connection makes itself are left out
     * @param body of the request; empty for none
     * @return the answer, whatever its status
     * @throws NotSent when the request has surely not left
     * @throws IOException when there was no answer, and it may have arrived
     */
    Answer ask(String method, URI address, Map<String, List<String>> headers, byte[] body) throws IOException {
        HttpUriRequestBase request = new HttpUriRequestBase(method, address);
        headers.forEach((name, values) -> values.forEach(value -> request.addHeader(name, value)));
        if (body.length > 0) {
            request.setEntity(new ByteArrayEntity(body, null));
        }
        HttpClientContext context = HttpClientContext.create();
        ScheduledFuture<?> end = clock.schedule(request::cancel, limit.toMillis(), TimeUnit.MILLISECONDS);
        try {
            return client.execute(request, context, response -> new Answer(response.getCode(),
                    response.getEntity() == null ? new byte[0] : EntityUtils.toByteArray(response.getEntity())));
        } catch (IOException | RuntimeException e) {
            if (context.getAttribute(LEFT) == null) {
                throw new NotSent(e);
            }
            throw e instanceof IOException lost ? lost : new IOException("no answer", e);
        } finally {
            end.cancel(false);
        }
    }

    /** Ends its threads and connections. */
    void close() {
        clock.shutdownNow();
        client.close(org.apache.hc.core5.io.CloseMode.IMMEDIATE);
    }

    /** Notes the moment after which a request may have arrived. */
    private static final class Departures extends HttpRequestExecutor {

        @Override
        public ClassicHttpResponse execute(ClassicHttpRequest request, HttpClientConnection connection,
                                           HttpResponseInformationCallback told, HttpContext context) throws IOException, HttpException {
            context.setAttribute(LEFT, true);
            return super.execute(request, connection, told, context);
        }
    }

    /** Connections that begin at the proxy. */
    private static final class Connections extends PoolingHttpClientConnectionManagerBuilder {

        private final TelegramProxy proxy;

        Connections(TelegramProxy proxy) {
            this.proxy = proxy;
        }

        @Override
        protected HttpClientConnectionOperator createConnectionOperator(SchemePortResolver ports, DnsResolver names, TlsSocketStrategy tls) {
            return new DefaultHttpClientConnectionOperator(any -> proxy == null ? new Socket() : new ProxySocket(proxy), ports, names,
                    RegistryBuilder.<TlsSocketStrategy>create().register("https", tls).build());
        }
    }

    /** Leaves names to the proxy: where Telegram is blocked, names are often answered wrongly. */
    private static final class Unresolved implements DnsResolver {

        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            throw new UnknownHostException("the proxy resolves names");
        }

        @Override
        public List<InetSocketAddress> resolve(String host, int port) {
            return List.of(InetSocketAddress.createUnresolved(host, port));
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }
}
